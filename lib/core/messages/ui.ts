// Messages about the UI.
import type { Table } from './code-messages';

/** Words by code. */
export const UI_WORDS = {
  'branches-above-maximum': {
    says: '<value> is above catalogMaxBranches: <max>',
    instead: 'write catalogMaxBranches: <value>, or less here',
    why: 'The UI would show nothing.',
  },
  'cors-ui-with-login': {
    says: 'hostWithCors("<uiHost>"), but the registry has a login and answers preflight requests with 401',
    instead: 'write RegistryUIAccess.host("<uiHost>"), or RegistryUIAccess.path() for <host>/ui/',
    why: 'Browsers send preflight requests without credentials, and the registry answers 401.',
    values: {
      path: 'ui.cors',
      says: 'true, but the registry has a login and answers preflight requests with 401',
      instead: 'leave ui.cors out, or both ui.cors and ui.host for <host>/ui/',
    },
  },
  empty: {
    says: '<value> is empty',
    instead: 'write e.g. "<example>"',
    why: 'The UI would show nothing there.',
  },
  'labels-of-hidden-history': {
    says: 'are shown in the history, which showTagHistory: false hides',
    instead: 'leave one of them out',
    why: 'The labels would be shown nowhere.',
    values: { instead: 'leave ui.historyCustomLabels or ui.showTagHistory out' },
  },
  'not-a-ui-color': {
    says: 'is not a color of the UI',
    instead: 'write one of <colors>',
    why: 'The UI has no other colors.',
  },
  'not-a-css-color': {
    says: '<value> is not a CSS color',
    instead: 'write e.g. "#25313b" or "teal"',
    why: 'Browsers would ignore it.',
  },
  'not-a-registry-url': {
    says: 'is not the URL of a registry: a scheme, a host, and at most a port and a path of less than 200 characters',
    instead: 'write e.g. "https://other.example.com"',
    why: 'The UI calls registries at such URLs. The message does not show the URL, which may have a password.',
  },
  'not-a-ui-path': {
    says: '<value> is not a slash and one segment of lower-case letters, digits and "-"',
    instead: 'write e.g. "/ui"',
    why: 'Controllers match such a path without regular expressions.',
  },
  'breaks-the-ui': {
    says: "<value> has <what>, which breaks the image's start script or the UI",
    instead: 'write e.g. "<example>"',
    why: "The UI's image inserts its settings with sed.",
  },
  'variable-breaks-the-ui': {
    says: "<value> has <what>, which breaks the image's start script or the UI",
    instead: 'leave it out',
    why: "The UI's image inserts its settings with sed.",
  },
  'pull-address-of-several': {
    says: 'would prefix the images of every registry in ui.registries',
    instead: 'leave one of them out',
    why: "One address can't be that of several registries.",
    values: { instead: 'leave ui.pullAddress or ui.registries out' },
  },
  'read-only-list-of-one': {
    says: 'true, but there is one registry only',
    instead: 'add registries: ["https://other.example.com"], or leave it out',
    why: 'The setting is about the list of registries.',
    values: { instead: 'add registries: ["https://other.example.com"], or leave ui.readOnlyRegistries out' },
  },
  'registry-ca-with-cors': {
    says: 'has no effect with CORS, because browsers connect to the registry themselves',
    instead: 'leave it out',
    why: "The UI's nginx does not connect to the registry then.",
  },
  'registry-ca-without-tls': {
    says: "has no effect, because the registry's pod does not use TLS",
    instead: 'leave it out',
    why: 'The CA would not be used.',
    values: { instead: 'leave ui.registryCaSecret out' },
  },
  'registry-given-twice': {
    says: '<value> is listed twice, or is this registry, which is always first',
    instead: 'leave it out',
    why: 'The UI would show it twice.',
    values: { instead: 'leave it out of ui.registries' },
  },
  'registry-url-not-encrypted': {
    says: '<value> is not encrypted, and browsers block that on an HTTPS page',
    instead: 'write one with https://',
    why: 'Browsers block unencrypted requests from an encrypted page.',
  },
  'section-without-gateway': {
    says: '<value> is for a Gateway, but there is none',
    instead: 'leave it out',
    why: 'Only a Gateway has listeners with names.',
    values: { instead: 'leave ui.sectionName out' },
  },
  'ui-deletion-of-read-only-storage': {
    says: 'true, but the registry is read-only and refuses deletion',
    instead: 'leave it out while storage.readOnly is true',
    why: 'The registry answers 405.',
    values: { instead: 'leave ui.deleteImages out while storage.readOnly is true' },
  },
  'ui-deletion-without-deletion': {
    says: 'true, but the registry refuses deletion',
    instead: 'add storage: { deletion: true }, or leave ui.deleteImages out',
    why: 'The registry answers 405.',
  },
  'ui-host-not-covered': {
    says: 'tls.certificate covers <names>, not the host "<host>"',
    instead: 'give a certificate that covers both, or set one for the UI by tlsSecret',
    why: 'Browsers refuse a certificate that does not cover the host.',
    values: {
      path: 'ui.host',
      says: 'the certificate covers <names>, not the host "<host>"',
      instead: 'give a certificate that covers both, or set one for the UI by ui.tlsSecret',
    },
  },
  'ui-host-of-the-registry': {
    says: "<value> is the registry's own host",
    instead: 'write another one, or use RegistryUIAccess.path()',
    why: 'The registry takes all paths of its own host but one.',
    values: { instead: 'write another host, or leave ui.host out' },
  },
  'ui-path-of-the-api': {
    says: "<value> is where the registry's own API is",
    instead: 'write e.g. "/ui"',
    why: 'Clients push and pull there.',
  },
  'ui-path-of-the-registry': {
    says: '<value> is the path of the registry itself',
    instead: 'write e.g. "/ui", or give the UI its own host by RegistryUIAccess.host(...)',
    why: 'The registry answers there.',
    values: { instead: 'write e.g. "/ui", or give the UI its own host by ui.host' },
  },
  'ui-tls-without-tls': {
    says: 'sets TLS for the UI, but the registry has none',
    instead: 'give the registry a certificate too, or leave it out',
    why: 'Browsers block requests from an HTTPS page to a registry without TLS.',
    values: { instead: 'give the registry a certificate too, or leave ui.tlsSecret out' },
  },
} as const satisfies Table;
