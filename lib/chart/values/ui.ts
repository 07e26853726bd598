// Values of the UI.

import { DEFAULT_UI_IMAGE } from '../../ui/image';
import { DEFAULT_UI_RESOURCES, NGINX_USER, UI_TIMINGS } from '../../ui/pod';
import { RegistryUITagOrder, RegistryUITheme } from '../../ui/settings';
import { STRINGS } from './formats';
import { imageValues, networkValues, podValues, securityValues } from './pods';
import { probeValues } from './probes';
import type { ChartEntry } from './value';

const ACCESS = [
  {
    path: 'ui.enabled',
    type: 'boolean',
    default: false,
    description: 'Whether there is a UI beside the registry. It needs one of the routes.',
  },
  {
    path: 'ui.host',
    type: 'string',
    default: '',
    description:
      "A host of its own for the UI. By default: the UI is on the registry's host, under `ui.path`.",
    schema: STRINGS.host,
  },
  {
    path: 'ui.path',
    type: 'string',
    default: '/ui',
    description:
      "Where the UI is on the registry's host: a slash and one segment of lower-case letters, digits and `-`, not `/v2`.",
    schema: { pattern: '^/[a-z0-9]([-a-z0-9]*[a-z0-9])?$' },
  },
  {
    path: 'ui.tlsSecret',
    type: 'string',
    default: '',
    member: 'RegistryUIHostOptions.tlsSecret',
    schema: STRINGS.name,
  },
  {
    path: 'ui.sectionName',
    type: 'string',
    default: '',
    member: 'RegistryUIHostOptions.sectionName',
    description:
      "Name of the listener for the UI's host, for an HTTPRoute on an existing Gateway. By default: `httpRoute.gateway.sectionName`.",
    schema: STRINGS.name,
  },
  {
    path: 'ui.cors',
    type: 'boolean',
    default: false,
    description:
      "Whether the browser goes from the UI's host to the registry's by CORS. Only for a registry without a login. By default the UI's nginx passes requests on, and logins work.",
  },
  {
    path: 'ui.registryCaSecret',
    type: 'string',
    default: '',
    member: 'RegistryUIHostOptions.registryCaSecret',
    description:
      "Name of a Secret that exists in the release's namespace, with the CA that the UI's nginx verifies the registry's pod against, in the key `ca.crt`. By default: the CA in the registry's own Secret where it has one; else the public CAs.",
    schema: STRINGS.name,
  },
  { path: 'ui.login', type: 'boolean', default: false, member: 'RegistryUIOptions.login' },
  {
    path: 'ui.loginSecret',
    type: 'string',
    default: '',
    member: 'RegistryUIOptions.loginSecret',
    schema: STRINGS.name,
  },
] as const satisfies readonly ChartEntry[];

/** Characters that the UI's start script doesn't break on. */
const TITLE = { pattern: '^[^~&\\\\"\\x00-\\x1f\\x7f]+$' };

const SETTINGS = [
  {
    path: 'ui.title',
    type: 'string',
    default: '',
    member: 'RegistryUISettings.title',
    description: "The registry's name above the list of its repositories. By default: the registry's host.",
    schema: TITLE,
  },
  {
    path: 'ui.headerTitle',
    type: 'string',
    default: '',
    member: 'RegistryUISettings.headerTitle',
    schema: TITLE,
  },
  {
    path: 'ui.theme',
    type: 'string',
    default: '',
    member: 'RegistryUISettings.theme',
    choices: Object.values(RegistryUITheme),
  },
  { path: 'ui.deleteImages', type: 'boolean', default: false, member: 'RegistryUISettings.deleteImages' },
  {
    path: 'ui.showContentDigest',
    type: 'boolean',
    default: null,
    member: 'RegistryUISettings.showContentDigest',
  },
  { path: 'ui.showTagHistory', type: 'boolean', default: null, member: 'RegistryUISettings.showTagHistory' },
  {
    path: 'ui.historyCustomLabels',
    type: 'array',
    default: [],
    member: 'RegistryUISettings.historyCustomLabels',
    schema: { items: { type: 'string', pattern: '^[^~&\\\\",\\x00-\\x1f\\x7f]+$' } },
  },
  {
    path: 'ui.catalogElementsLimit',
    type: 'integer',
    default: null,
    member: 'RegistryUISettings.catalogElementsLimit',
    schema: { minimum: 1, maximum: 100_000 },
  },
  {
    path: 'ui.showCatalogTagCount',
    type: 'boolean',
    default: null,
    member: 'RegistryUISettings.showCatalogTagCount',
  },
  {
    path: 'ui.catalogDefaultExpanded',
    type: 'boolean',
    default: null,
    member: 'RegistryUISettings.catalogDefaultExpanded',
  },
  {
    path: 'ui.catalogMaxBranches',
    type: 'integer',
    default: null,
    member: 'RegistryUISettings.catalogMaxBranches',
    description:
      "Maximum number of segments of a repository's name that form a branch of the catalog, from 1 to 100. By default: 1.",
    schema: { minimum: 1, maximum: 100 },
  },
  {
    path: 'ui.tagOrder',
    type: 'string',
    default: '',
    member: 'RegistryUISettings.tagOrder',
    choices: Object.values(RegistryUITagOrder),
  },
  {
    path: 'ui.tagPageSize',
    type: 'integer',
    default: null,
    member: 'RegistryUISettings.tagPageSize',
    schema: { minimum: 1, maximum: 10_000 },
  },
  {
    path: 'ui.pullAddress',
    type: 'string',
    default: '',
    member: 'RegistryUISettings.pullAddress',
    description:
      "The prefix of image names in the pull command that the UI copies: `host` or `host:port`. By default: the registry's pull address.",
    schema: STRINGS.pullAddress,
  },
  {
    path: 'ui.useControlCacheHeader',
    type: 'boolean',
    default: null,
    member: 'RegistryUISettings.useControlCacheHeader',
    description:
      'Whether manifests are requested with `Cache-Control: no-store, no-cache`. Helps where a multi-platform image shows outdated contents. By default: false.',
  },
  {
    path: 'ui.versionNotification',
    type: 'boolean',
    default: false,
    member: 'RegistryUISettings.versionNotification',
  },
  {
    path: 'ui.registries',
    type: 'array',
    default: [],
    member: 'RegistryUISettings.registries',
    // The chart's rules check the URLs: messages of the schema would show a password in them.
    schema: { items: { type: 'string' } },
  },
  {
    path: 'ui.readOnlyRegistries',
    type: 'boolean',
    default: false,
    member: 'RegistryUISettings.readOnlyRegistries',
    description: 'Whether users are kept from adding and removing registries. Needs `ui.registries`.',
  },
] as const satisfies readonly ChartEntry[];

export const UI_VALUES = [
  { path: 'ui', type: 'group', description: 'The UI.' },
  ...ACCESS,
  ...SETTINGS,
  { path: 'ui.image', type: 'group', description: "The UI's image." },
  ...imageValues('ui.image', DEFAULT_UI_IMAGE),
  {
    path: 'ui.networkPolicy',
    type: 'group',
    description: "Who may reach the UI's pods, and what they may reach.",
  },
  ...networkValues('ui.'),
  { path: 'ui.resources', type: 'group', description: "CPU and memory of the UI's container." },
  ...securityValues('ui.', { id: NGINX_USER, member: 'RegistryUIOptions.userId' }),
  ...podValues('ui.', DEFAULT_UI_RESOURCES),
  ...probeValues('ui.', UI_TIMINGS),
] as const satisfies readonly ChartEntry[];
