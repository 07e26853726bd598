// docs/api/values.md: each prop of Registry with its value in the Helm chart and its key in config.yml. Which
// key a value sets is seen by what changes in config.yml, and in the variables that are read in its place,
// when the value does.
import { ApiObject, App, Chart } from 'cdk8s';
import { parse } from 'yaml';
import { FixedStore } from '../../lib';
import { registryFromValues } from '../../lib/chart/from-values';
import { CHART_VALUES } from '../../lib/chart/values';
import { NAME_VALUES } from '../../lib/chart/values/names';
import type { ChartValue } from '../../lib/chart/values/value';
import { SINGLE_VALUES } from '../../test/chart/single-values';
import type { Values } from '../../test/chart/value-sets/value-set';
import { Assembly } from './assembly';
import { propertyOf } from './index-page';
import { anchorOf, folderOf, generated, table } from './pages';

/**
 * Props of values that are no prop by themselves: they choose or make a part of one. The longest beginning
 * that fits counts.
 */
const PARTS: Readonly<Record<string, string>> = {
  'access.administrators': 'RegistryAccessOptions.administrators',
  'access.groups': 'RegistryAccessOptions.groups',
  'access.rules': 'RegistryProps.access',
  'auth.': 'RegistryAuthOptions.credentials',
  'configuration.extra': 'RegistryConfigurationOptions.extra',
  extraEnv: 'PodOptions.env',
  'front.enabled': 'RegistryProps.front',
  'front.image.': 'RegistryFrontOptions.image',
  'front.resources.': 'RegistryFrontOptions.resources',
  'global.imageRegistry': 'RegistryDeploymentOptions.imageRegistry',
  'httpRoute.enabled': 'RegistryProps.httpRoute',
  'httpRoute.gateway.name': 'ExistingGatewayOptions.name',
  'httpSecret.existingSecretKey': 'SecretKeyRef.key',
  'image.': 'RegistryDeploymentOptions.image',
  'ingress.enabled': 'RegistryProps.ingress',
  'ingressRoute.enabled': 'RegistryProps.ingressRoute',
  'metrics.enabled': 'RegistryProps.metrics',
  'metrics.serviceMonitor.enabled': 'RegistryMetricsOptions.serviceMonitor',
  'networkPolicy.allowTo': 'NetworkPolicyOptions.allowTo',
  'persistence.': 'RegistryStorageOptions.backend',
  'persistence.accessMode': 'NewClaimOptions.accessMode',
  'persistence.claimName': 'NewClaimOptions.claimName',
  'persistence.snapshot': 'NewClaimOptions.snapshot',
  'persistence.hostPath.': 'HostPathOptions.path',
  'persistence.hostPath.fixOwner': 'HostPathOptions.fixOwner',
  'persistence.hostPath.volumeName': 'HostPathOptions.volumeName',
  'persistence.storageClass': 'NewClaimOptions.storageClassName',
  'resources.': 'PodOptions.resources',
  'storage.descriptorCache.': 'RegistryStorageOptions.descriptorCache',
  'storage.descriptorCache.database': 'RedisOptions.database',
  'storage.descriptorCache.image.': 'ValkeyOptions.image',
  'storage.descriptorCache.memory': 'ValkeyOptions.memory',
  'storage.descriptorCache.nodeSelector': 'ValkeyOptions.nodeSelector',
  'storage.descriptorCache.tolerations': 'ValkeyOptions.tolerations',
  'storage.descriptorCache.userId': 'ValkeyOptions.userId',
  'storage.descriptorCache.username': 'RedisOptions.username',
  'storage.descriptorCache.withoutTls': 'RedisOptions.withoutTls',
  'storage.type': 'RegistryStorageOptions.backend',
  'storage.azure.': 'AzureOptions.credentials',
  'storage.gcs.': 'GcsOptions.credentials',
  'storage.s3.': 'S3Options.credentials',
  'storage.swift.existingSecret': 'SwiftOptions.passwordSecret',
  'storage.swift.password': 'SwiftOptions.password',
  'storage.s3.existingSecret': 'S3SecretKeys.secret',
  'tls.': 'RegistryTlsOptions.certificate',
  'tls.certManager.issuer.': 'CertManagerOptions.issuer',
  'ui.': 'RegistryUIOptions.access',
  'ui.enabled': 'RegistryProps.ui',
  'ui.extraEnv': 'PodOptions.env',
  'ui.image.': 'RegistryUIOptions.image',
  'ui.networkPolicy.allowTo': 'NetworkPolicyOptions.allowTo',
  'ui.resources.': 'PodOptions.resources',
};

/** The page. */
export function valuesPage(assembly: Assembly): string {
  const places = assembly.places('RegistryProps');
  const group = (path: string) => path.replace(/\..*/, '');
  const members = new Map(CHART_VALUES.map(({ path, member }) => [path, member ?? partOf(path)]));
  const link = (member: string, way: string) => {
    const [type, property] = propertyOf(assembly, member);
    return `[\`${way}\`](${folderOf(type)}.md#${anchorOf(type, property.name)})`;
  };
  const rows = CHART_VALUES.map((value) => {
    const { path } = value;
    const member = members.get(path);
    const ways = (member && places.get(member)) || [];
    const way = ways.find((one) => one.startsWith(`${group(path)}.`)) ?? ways[0] ?? member;
    return [member && way ? link(member, way) : '', `\`${path}\``, configKeys(value).join(', ')];
  });
  // The chart names a Secret by the property that holds it, and has one size and one `keep` for all claims.
  const ofAllClaims = ['HostPathOptions.size', 'HostPathOptions.keepOnUninstall'];
  const used = new Set([...members.values(), 'SecretKeyRef.secret', ...ofAllClaims]);
  const others = [...places].filter(
    ([member]) => !used.has(member) && !assembly.isGroup(propertyOf(assembly, member)[1].type),
  );
  return `${generated('the comments in lib and the code of the chart')}
# Props, values, keys of config.yml

Each value of the Helm chart, the property in the props of \`Registry\` that it sets, and the keys of \`config.yml\` that change with it. Keys in capitals are variables, which the
registry reads in the place of a key. What has no key there is no setting of the registry itself, but of the objects around it.
Where the first column is empty, the chart has another form: \`enabled\` is whether the construct is there at all, a duration is a string such as \`4h\`, and an image has parts.

${table(['property of `Registry`', "the chart's value", 'key of config.yml'], rows)}

## Properties without a value

The chart has no value of their own for these (\`name\` and \`namespace\` are the release's, and a file has the texts of certificates and keys): ${others.map(([member, [way]]) => link(member, way as string)).join(', ')}.
`;
}

function partOf(path: string): string | undefined {
  const [longest] = Object.keys(PARTS)
    .filter((beginning) => path.startsWith(beginning))
    .sort((a, b) => b.length - a.length);
  return longest && PARTS[longest];
}

/** config.yml, and the variables of the registry's container, each after a `$`. */
type Tree = Readonly<Record<string, unknown>>;

/** The keys that change with a value, where it has an effect and beside the defaults alone. */
export function configKeys({ path, default: usual, choices = [] }: ChartValue): string[] {
  if (path === 'configuration.extra') return ['any'];
  if (NAME_VALUES.some((name) => name.path === path)) return [];
  const keys = path.split('.');
  const found = new Set<string>();
  for (const { after } of SINGLE_VALUES.filter((single) => single.path === path)) {
    const value = keys.reduce<any>((inside, key) => inside[key], after);
    for (const context of [after, {}]) {
      const config = configOf(replaced(context, keys, usual));
      for (const other of [value, ...choices])
        for (const key of differences(config, configOf(replaced(context, keys, other)))) found.add(key);
    }
  }
  return shown([...found].sort());
}

function replaced(values: Values, [key = '', ...keys]: readonly string[], value: unknown): Values {
  const inside = keys.length === 0 ? value : replaced((values[key] ?? {}) as Values, keys, value);
  return { ...values, [key]: inside };
}

function configOf(values: Values): Tree {
  const app = new App();
  new FixedStore().useIn(app);
  registryFromValues(new Chart(app, 'chart'), values, { name: 'registry', namespace: 'registry' });
  const objects = app.node.findAll().filter((one) => ApiObject.isApiObject(one));
  const config = objects
    .find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name?.endsWith('-config'))
    ?.toJson();
  const deployment = objects.find(({ kind }) => kind === 'Deployment')?.toJson();
  const variables = deployment.spec.template.spec.containers[0].env ?? [];
  const names = variables.map(({ name, ...value }: { name: string }) => [`$${name}`, JSON.stringify(value)]);
  return { ...parse(config.data['config.yml']), ...Object.fromEntries(names) };
}

/**
 * Keys without those inside of others, or else the variables that stand for keys.
 */
function shown(found: readonly string[]): string[] {
  const keys = found.filter((key) => !key.startsWith('$'));
  const outer = keys.filter((key) => !keys.some((other) => key.startsWith(`${other}.`)));
  if (outer.length === 0)
    return found.filter((key) => key.startsWith('$REGISTRY_')).map((key) => `\`${key.slice(1)}\``);
  return outer.map((key) => `\`${key}\``);
}

/** Keys in which two configurations differ, none of which is inside another. */
function differences(one: unknown, other: unknown, at = ''): string[] {
  if (!isMap(one) || !isMap(other)) return JSON.stringify(one) === JSON.stringify(other) ? [] : [at];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
    differences(one[key], other[key], at === '' ? key : `${at}.${key}`),
  );
}

function isMap(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
