// Wrong UIs: what they show.
import { type Row } from './row';

export const UIS: readonly Row[] = [
  {
    name: 'a UI without an ingress',
    props: { ui: {} },
    says: [
      '[chart/registry] ui: needs a route to be served on; add ingress: {}, ingressRoute: {...} or httpRoute: {...}, or leave ui out',
    ],
  },
  {
    name: 'a UI that deletes where the registry refuses to',
    props: { ingress: {}, ui: { deleteImages: true } },
    says: [
      '[chart/registry/ui] ui.deleteImages: true, but the registry refuses deletion; add storage: { deletion: true }, or leave ui.deleteImages out',
    ],
  },
  {
    name: 'a text for deleteImages',
    props: { ingress: {}, storage: { deletion: true }, ui: { deleteImages: 'yes' } },
    says: ['[chart/registry/ui] ui.deleteImages: "yes" is not a boolean; write true or false'],
  },
  {
    name: 'a UI image tagged latest',
    props: { ingress: {}, ui: { image: 'joxit/docker-registry-ui:latest' } },
    says: [
      '[chart/registry/ui] ui.image: "joxit/docker-registry-ui:latest" is tagged "latest", which is not a fixed version; write e.g. "joxit/docker-registry-ui:2.6.0"',
    ],
  },
  {
    name: 'UI memory as text',
    props: { ingress: {}, ui: { resources: { memory: { limit: '64Mi' } } } },
    says: [
      '[chart/registry/ui] ui.resources.memory.limit: "64Mi" is not a Size; write e.g. Size.mebibytes(512)',
    ],
  },
  {
    name: 'a UI variable of the library',
    props: { ingress: {}, ui: { env: [{ name: 'REGISTRY_URL', value: 'http://x' }] } },
    says: [
      '[chart/registry/ui] ui.env[0].name: "REGISTRY_URL" is already used in this pod; choose another name',
    ],
  },
  {
    name: 'a UI volume of the library',
    props: { ingress: {}, ui: { volumes: [{ name: 'tmp', emptyDir: {} }] } },
    says: ['[chart/registry/ui] ui.volumes[0].name: "tmp" is already used in this pod; choose another name'],
  },
  {
    name: 'a UI network policy that is a boolean',
    props: { ingress: {}, ui: { networkPolicy: false } },
    says: ['[chart/registry/ui] ui.networkPolicy: false is not an object; write e.g. ui.networkPolicy: {}'],
  },
];

const at = '[chart/registry/ui]';
const breaks = "which breaks the image's start script or the UI";

/** A row for a UI beside an Ingress, with deletion, whose messages are the UI's own. */
export function ui(name: string, props: object, ...says: string[]): Row {
  return {
    name,
    props: { ingress: {}, storage: { deletion: true }, ui: props },
    says: says.map((message) => `${at} ${message}`),
  };
}

export const UI_TEXTS: readonly Row[] = [
  {
    name: 'a title with a tilde',
    props: { ingress: {}, ui: { title: '~ registry ~' } },
    says: [
      '[chart/registry/ui] ui.title: "~ registry ~" has the character ~, which breaks the image\'s start script or the UI; write e.g. "Our images"',
    ],
  },
  {
    name: 'a title with an ampersand',
    props: { ingress: {}, ui: { title: 'Tom & Jerry' } },
    says: [
      '[chart/registry/ui] ui.title: "Tom & Jerry" has the character &, which breaks the image\'s start script or the UI; write e.g. "Our images"',
    ],
  },
  {
    name: 'a title with a backslash',
    props: { ingress: {}, ui: { title: 'C:\\images' } },
    says: [
      '[chart/registry/ui] ui.title: "C:\\\\images" has the character \\, which breaks the image\'s start script or the UI; write e.g. "Our images"',
    ],
  },
  {
    name: 'a title of two lines',
    props: { ingress: {}, ui: { title: 'Our\nimages' } },
    says: [
      '[chart/registry/ui] ui.title: "Our\\nimages" has a line break, which breaks the image\'s start script or the UI; write e.g. "Our images"',
    ],
  },
  {
    name: 'an empty title',
    props: { ingress: {}, ui: { title: '' } },
    says: ['[chart/registry/ui] ui.title: "" is empty; write e.g. "Our images"'],
  },
  ui(
    'a title with a quotation mark',
    { title: 'Our "images"' },
    `ui.title: "Our \\"images\\"" has the character ", ${breaks}; write e.g. "Our images"`,
  ),
  ui(
    'a title with a bell',
    { title: 'Ring\u0007' },
    `ui.title: "Ring\\u0007" has a control character, ${breaks}; write e.g. "Our images"`,
  ),
  ui('a title that is a number', { title: 7 }, 'ui.title: 7 is not a string; write e.g. "Our images"'),
  ui(
    'a header with an ampersand',
    { headerTitle: 'R&D' },
    `ui.headerTitle: "R&D" has the character &, ${breaks}; write e.g. "Our images"`,
  ),
  ui(
    'a label with a comma',
    { historyCustomLabels: ['team,owner'] },
    `ui.historyCustomLabels[0]: "team,owner" has the character ,, ${breaks}; write e.g. "org.opencontainers.image.source"`,
  ),
  ui(
    'a label that is null',
    { historyCustomLabels: [null] },
    'ui.historyCustomLabels[0]: null is not a string; write e.g. "org.opencontainers.image.source"',
  ),
  ui(
    'a variable of the UI with a tilde',
    { env: [{ name: 'REGISTRY_TITLE_2', value: 'a~b' }] },
    `ui.env[0].value: "a~b" has the character ~, ${breaks}; leave it out`,
  ),
  ui(
    'a header of the proxy with a caret',
    { env: [{ name: 'NGINX_PROXY_HEADER_X_Team', value: 'a^b' }] },
    `ui.env[0].value: "a^b" has the character ^, ${breaks}; leave it out`,
  ),
  ui(
    'a resolver with a comma',
    { env: [{ name: 'NGINX_RESOLVER', value: '10.0.0.1,10.0.0.2' }] },
    `ui.env[0].value: "10.0.0.1,10.0.0.2" has the character ,, ${breaks}; leave it out`,
  ),
];

export const UI_SETTINGS: readonly Row[] = [
  ui(
    'a theme that is not there',
    { theme: 'blue' },
    'ui.theme: "blue" is not supported; write one of auto, light, dark',
  ),
  ui(
    'a colour that is none',
    { themeColors: { primaryText: 'dark-ish' } },
    'ui.themeColors.primaryText: "dark-ish" is not a CSS color; write e.g. "#25313b" or "teal"',
  ),
  ui(
    'a colour of five digits',
    { themeColors: { background: '#12345' } },
    'ui.themeColors.background: "#12345" is not a CSS color; write e.g. "#25313b" or "teal"',
  ),
  ui(
    'a color that the UI does not have',
    { themeColors: { link: 'teal' } },
    'ui.themeColors.link: is not a color of the UI; write one of primaryText, neutralText, background, hoverBackground, accentText, headerText, headerAccentText, headerBackground, footerText, footerNeutralText, footerBackground',
  ),
  ui(
    'colours as a text',
    { themeColors: 'teal' },
    'ui.themeColors: "teal" is not an object; write e.g. ui.themeColors: {}',
  ),
  ui(
    'an order that is not there',
    { tagOrder: 'newest' },
    'ui.tagOrder: "newest" is not supported; write one of alpha-asc;num-desc, alpha-asc;num-asc, alpha-desc;num-desc, alpha-desc;num-asc, num-asc;alpha-asc, num-asc;alpha-desc, num-desc;alpha-asc, num-desc;alpha-desc',
  ),
  ui(
    'a UI page of no tags',
    { tagPageSize: 0 },
    'ui.tagPageSize: 0 is not a whole number from 1 to 10000; write e.g. 1',
  ),
  ui(
    'a catalog of nothing',
    { catalogElementsLimit: 0 },
    'ui.catalogElementsLimit: 0 is not a whole number from 1 to 100000; write e.g. 1',
  ),
  ui(
    'fewer branches at most than at least',
    { catalogMinBranches: 3, catalogMaxBranches: 2 },
    'ui.catalogMinBranches: 3 is above catalogMaxBranches: 2; write catalogMaxBranches: 3, or less here',
  ),
  ui(
    'more branches at least than there are by default',
    { catalogMinBranches: 2 },
    'ui.catalogMinBranches: 2 is above catalogMaxBranches: 1; write catalogMaxBranches: 2, or less here',
  ),
  ui(
    'less than no branches',
    { catalogMaxBranches: -1 },
    'ui.catalogMaxBranches: -1 is not a whole number from 0 to 100; write e.g. 0',
  ),
  ui(
    'labels in a history that is hidden',
    { showTagHistory: false, historyCustomLabels: ['team'] },
    'ui.historyCustomLabels: are shown in the history, which showTagHistory: false hides; leave one of them out',
  ),
  ui(
    'a pull address with a scheme',
    { pullAddress: 'https://registry.example.com' },
    'ui.pullAddress: "https://registry.example.com" is not a host or host:port; write e.g. "registry.example.com" or "127.0.0.1:30500"',
  ),
  ui(
    'a pull address for several registries',
    { pullAddress: 'registry.example.com', registries: ['https://other.example.com'] },
    'ui.pullAddress: would prefix the images of every registry in ui.registries; leave one of them out',
  ),
  ui(
    'a registry with a comma',
    { registries: ['https://a.example.com,https://b.example.com'] },
    'ui.registries[0]: is not the URL of a registry: a scheme, a host, and at most a port and a path of less than 200 characters; write e.g. "https://other.example.com"',
  ),
  ui(
    'a registry without a scheme',
    { registries: ['other.example.com'] },
    'ui.registries[0]: is not the URL of a registry: a scheme, a host, and at most a port and a path of less than 200 characters; write e.g. "https://other.example.com"',
  ),
  ui(
    'a registry that is not encrypted on a UI that is',
    { registries: ['http://other.example.com'] },
    'ui.registries[0]: "http://other.example.com" is not encrypted, and browsers block that on an HTTPS page; write one with https://',
  ),
  ui(
    'the same registry twice',
    { registries: ['https://registry.localhost', 'https://other.example.com', 'https://other.example.com'] },
    'ui.registries: "https://registry.localhost" is listed twice, or is this registry, which is always first; leave it out',
    'ui.registries: "https://other.example.com" is listed twice, or is this registry, which is always first; leave it out',
  ),
  ui(
    'one registry that may not be changed',
    { readOnlyRegistries: true },
    'ui.readOnlyRegistries: true, but there is one registry only; add registries: ["https://other.example.com"], or leave it out',
  ),
  {
    name: 'a UI that deletes from a registry that is read-only',
    props: { ingress: {}, storage: { deletion: true, readOnly: true }, ui: { deleteImages: true } },
    says: [
      `${at} ui.deleteImages: true, but the registry is read-only and refuses deletion; leave it out while storage.readOnly is true`,
    ],
  },
];
