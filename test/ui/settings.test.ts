// What the UI shows: each setting is the variable that the image's start script reads.
import {
  Registry,
  type RegistryProps,
  type RegistryUISettings,
  RegistryUITagOrder,
  RegistryUITheme,
} from '../../lib';
import { isCssColor } from '../../lib/ui/css-colors';
import { ALL_SETTINGS } from '../catalogue/uis';
import { manifest, newChart, problemsIn } from '../support/synth';

function envOf(ui: RegistryUISettings, props: RegistryProps = {}): Record<string, string> {
  const chart = newChart();
  new Registry(chart, 'registry', {
    host: 'registry.example.com',
    ingress: {},
    storage: { deletion: true },
    ...props,
    ui,
  });
  expect(problemsIn(chart)).toEqual([]);
  const { env } = manifest(chart, 'Deployment/registry-ui').spec.template.spec.containers[0];
  return Object.fromEntries(env.map(({ name, value }: { name: string; value: string }) => [name, value]));
}

test('all at once', () => {
  expect(envOf(ALL_SETTINGS)).toEqual({
    SINGLE_REGISTRY: 'true',
    REGISTRY_TITLE: 'Our images',
    DOCKER_REGISTRY_UI_TITLE: 'Registry of team A',
    REGISTRY_URL: 'https://registry.example.com',
    PULL_URL: '127.0.0.1:30500',
    REGISTRY_SECURED: 'true',
    DELETE_IMAGES: 'true',
    CATALOG_ELEMENTS_LIMIT: '5000',
    SHOW_CATALOG_NB_TAGS: 'true',
    CATALOG_DEFAULT_EXPANDED: 'true',
    CATALOG_MIN_BRANCHES: '1',
    CATALOG_MAX_BRANCHES: '3',
    SHOW_CONTENT_DIGEST: 'true',
    SHOW_TAG_HISTORY: 'true',
    HISTORY_CUSTOM_LABELS: 'org.opencontainers.image.source,com.example.team',
    TAGLIST_ORDER: 'num-desc;alpha-asc',
    TAGLIST_PAGE_SIZE: '50',
    USE_CONTROL_CACHE_HEADER: 'true',
    THEME: 'dark',
    THEME_PRIMARY_TEXT: '#98a8bd',
    THEME_HEADER_BACKGROUND: 'teal',
    THEME_FOOTER_NEUTRAL_TEXT: 'rgb(173 186 205 / 50%)',
    ENABLE_VERSION_NOTIFICATION: 'true',
    NGINX_LISTEN_PORT: '8080',
  });
});

test('what is switched off is said too', () => {
  const { SHOW_TAG_HISTORY, SHOW_CONTENT_DIGEST, ENABLE_VERSION_NOTIFICATION } = envOf({
    showTagHistory: false,
    showContentDigest: false,
    versionNotification: false,
  });
  expect({ SHOW_TAG_HISTORY, SHOW_CONTENT_DIGEST, ENABLE_VERSION_NOTIFICATION }).toEqual({
    SHOW_TAG_HISTORY: 'false',
    SHOW_CONTENT_DIGEST: 'false',
    ENABLE_VERSION_NOTIFICATION: 'false',
  });
});

test('the pull address is the registry’s, unless the UI has another', () => {
  const props = { pullAddress: 'registry.inside.example.com' };
  expect(envOf({}, props).PULL_URL).toBe('registry.inside.example.com');
  expect(envOf({ pullAddress: '127.0.0.1:30500' }, props).PULL_URL).toBe('127.0.0.1:30500');
});

test('several registries are a list that begins with this one, and what is one registry’s is left to the UI', () => {
  const env = envOf({
    registries: ['https://other.example.com', 'https://10.0.0.5:5000'],
    readOnlyRegistries: true,
  });
  expect(env).toMatchObject({
    SINGLE_REGISTRY: 'false',
    DEFAULT_REGISTRIES: 'https://registry.example.com,https://other.example.com,https://10.0.0.5:5000',
    READ_ONLY_REGISTRIES: 'true',
  });
  for (const name of ['REGISTRY_URL', 'PULL_URL', 'REGISTRY_TITLE', 'REGISTRY_SECURED'])
    expect(env).not.toHaveProperty(name);
});

test('an empty list lets readers add registries themselves', () => {
  expect(envOf({ registries: [] })).toMatchObject({
    SINGLE_REGISTRY: 'false',
    DEFAULT_REGISTRIES: 'https://registry.example.com',
  });
});

test.each(Object.values(RegistryUITagOrder))('the order %s', (tagOrder) => {
  expect(envOf({ tagOrder }).TAGLIST_ORDER).toBe(tagOrder);
});

test.each(Object.values(RegistryUITheme))('the theme %s', (theme) => {
  expect(envOf({ theme }).THEME).toBe(theme);
});

test('texts that the start script takes', () => {
  const title = "Häuser $PATH `id` ^1 50% <b>, 'x'; | 図";
  expect(envOf({ title }).REGISTRY_TITLE).toBe(title);
});

test('texts that Kubernetes would take for its own words', () => {
  expect(envOf({ title: '$5 $$ $(PULL_URL)' }).REGISTRY_TITLE).toBe('$5 $$$ $$(PULL_URL)');
});

test.each([
  '#fff',
  '#FFF8',
  '#25313b',
  '#25313bcc',
  'teal',
  'RebeccaPurple',
  'transparent',
  'rgb(1,2,3)',
  'rgba(1, 2, 3, 0.5)',
  'hsl(120deg 50% 20%)',
])('%s is a colour', (color) => {
  expect(isCssColor(color)).toBe(true);
});

test.each([
  '',
  '#',
  '#12',
  '#12345',
  '#1234567',
  '#ggg',
  'tea',
  'rgb(1,2)',
  'rgb(1,2,3,4,5)',
  'url(x)',
  'red;',
  'var(--x)',
  'rgb(a,b,c)',
  '#fff"',
])('%j is none', (color) => {
  expect(isCssColor(color)).toBe(false);
});
