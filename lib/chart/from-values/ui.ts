// The UI from values.
import type { Chart } from 'cdk8s';
import { RegistryUIAccess } from '../../ui/access';
import type { RegistryUISettings, RegistryUITagOrder, RegistryUITheme } from '../../ui/settings';
import type { RegistryUIOptions } from '../../ui/ui';
import type { ChartValues } from '../values/reader';
import { existingSecret } from './objects';
import { imageFromValues, networkFromValues, podFromValues, userFromValues } from './pods';

/** The UI, if it is enabled. */
export function uiFromValues(chart: Chart, values: ChartValues): RegistryUIOptions | undefined {
  if (!values.boolean('ui.enabled')) return undefined;
  return {
    access: access(chart, values),
    login: values.boolean('ui.login'),
    loginSecret: existingSecret(chart, values, 'ui.loginSecret'),
    image: imageFromValues(values, 'ui.image'),
    ...settings(values),
    userId: userFromValues(values, 'ui.'),
    networkPolicy: networkFromValues(values, 'ui.'),
    ...podFromValues(chart, values, 'ui.'),
  };
}

function access(chart: Chart, values: ChartValues): RegistryUIAccess {
  const host = values.string('ui.host');
  if (host === undefined) return RegistryUIAccess.path({ path: values.string('ui.path') });
  const options = {
    tlsSecret: existingSecret(chart, values, 'ui.tlsSecret'),
    sectionName: values.string('ui.sectionName'),
  };
  if (values.boolean('ui.cors')) return RegistryUIAccess.hostWithCors(host, options);
  const secret = existingSecret(chart, values, 'ui.registryCaSecret');
  return RegistryUIAccess.host(host, { ...options, registryCaSecret: secret && { secret } });
}

function settings(values: ChartValues): RegistryUISettings {
  return {
    title: values.string('ui.title'),
    headerTitle: values.string('ui.headerTitle'),
    theme: values.enum<RegistryUITheme>('ui.theme'),
    deleteImages: values.boolean('ui.deleteImages'),
    showContentDigest: values.boolean('ui.showContentDigest'),
    showTagHistory: values.boolean('ui.showTagHistory'),
    historyCustomLabels: values.list('ui.historyCustomLabels'),
    catalogElementsLimit: values.integer('ui.catalogElementsLimit'),
    showCatalogTagCount: values.boolean('ui.showCatalogTagCount'),
    catalogDefaultExpanded: values.boolean('ui.catalogDefaultExpanded'),
    catalogMaxBranches: values.integer('ui.catalogMaxBranches'),
    tagOrder: values.enum<RegistryUITagOrder>('ui.tagOrder'),
    tagPageSize: values.integer('ui.tagPageSize'),
    pullAddress: values.string('ui.pullAddress'),
    useControlCacheHeader: values.boolean('ui.useControlCacheHeader'),
    versionNotification: values.boolean('ui.versionNotification'),
    registries: values.list('ui.registries'),
    readOnlyRegistries: values.boolean('ui.readOnlyRegistries') || undefined,
  };
}
