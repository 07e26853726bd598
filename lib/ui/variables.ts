// The environment variables that the image's start script inserts into the UI, from settings that were
// checked for characters that break it.
import { k8s } from 'cdk8s-plus-27';
import { isPullAddress } from '../core/addresses';
import { Check } from '../core/check';
import { isHostName, isIpv4, isPort } from '../core/formats';
import { isCssColor } from './css-colors';
import { RegistryUISettings, RegistryUITagOrder, RegistryUITheme, RegistryUIThemeColors } from './settings';

/** Properties of the registry that the UI is configured with. */
export interface UIRegistry {
  /** The URL at which the browser reaches the registry's API, without a trailing slash. */
  readonly url: string;
  readonly host: string;
  readonly pullAddress: string;
  /** Whether the registry requires a login. */
  readonly secured: boolean;
  readonly deletion: boolean;
  readonly readOnly: boolean;
}

/**
 * The image's variables. Those of settings that were not given are omitted, so that its own defaults apply.
 */
export function uiVariables(check: Check, given: RegistryUISettings, registry: UIRegistry): k8s.EnvVar[] {
  const several = given.registries !== undefined;
  const others = checkRegistries(check, given, registry.url);
  const variables: Record<string, string | number | boolean | undefined> = {
    SINGLE_REGISTRY: !several,
    REGISTRY_TITLE:
      uiString(check, 'title', given.title, 'Our images') ?? (several ? undefined : registry.host),
    DOCKER_REGISTRY_UI_TITLE: uiString(check, 'headerTitle', given.headerTitle, 'Our images'),
    // With several registries, an empty URL means the first of the list, and the UI derives each one's pull
    // address.
    REGISTRY_URL: several ? undefined : registry.url,
    PULL_URL: checkPullAddress(check, given, several) ?? (several ? undefined : registry.pullAddress),
    DEFAULT_REGISTRIES: several ? [registry.url, ...others].join(',') : undefined,
    READ_ONLY_REGISTRIES: optionalBoolean(check, 'readOnlyRegistries', given.readOnlyRegistries),
    // Otherwise each request is tried without a login first. Other registries may have none, and allow all
    // origins: then browsers forbid sending one.
    REGISTRY_SECURED: registry.secured && !several ? true : undefined,
    DELETE_IMAGES: checkDeletion(check, given.deleteImages, registry),
    ...catalogVariables(check, given),
    ...tagVariables(check, given),
    ...themeVariables(check, given),
    ENABLE_VERSION_NOTIFICATION: check.boolean('versionNotification', given.versionNotification, false),
  };
  return Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: literal(String(value)) }],
  );
}

/** Kubernetes replaces `$(NAME)` in a variable by another one's value, and `$$` by one `$`. */
function literal(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$');
}

/** Characters in user-given variables that would break the start script, by the tool that processes them. */
export function checkUIEnv(check: Check, given: unknown): void {
  for (const [index, { name, value }] of check.objects<k8s.EnvVar>('env', given).entries()) {
    if (typeof name !== 'string' || typeof value !== 'string') continue;
    const forbidden = /^NGINX_PROXY_(PASS_)?HEADER_/.test(name)
      ? '^&\\"'
      : /^NGINX_/.test(name)
        ? ',&\\'
        : '~&\\"';
    if (READ_BY_SCRIPT.test(name)) checkCharacters(check, `env[${index}].value`, value, forbidden);
  }
}

const READ_BY_SCRIPT =
  /^(NGINX_|REGISTRY_|CATALOG_|SHOW_|TAGLIST_|THEME|(DOCKER_REGISTRY_UI_TITLE|PULL_URL|DEFAULT_REGISTRIES|HISTORY_CUSTOM_LABELS)$)/;

function catalogVariables(
  check: Check,
  given: RegistryUISettings,
): Record<string, number | boolean | undefined> {
  const [min, max] = [
    check.integer('catalogMinBranches', given.catalogMinBranches, undefined, 0, 100),
    check.integer('catalogMaxBranches', given.catalogMaxBranches, undefined, 0, 100),
  ];
  if ((min ?? 1) > (max ?? 1)) {
    check.report('branches-above-maximum', 'catalogMinBranches', { value: min ?? 1, max: max ?? 1 });
  }
  return {
    CATALOG_ELEMENTS_LIMIT: catalogLimit(check, given),
    SHOW_CATALOG_NB_TAGS: optionalBoolean(check, 'showCatalogTagCount', given.showCatalogTagCount),
    CATALOG_DEFAULT_EXPANDED: optionalBoolean(check, 'catalogDefaultExpanded', given.catalogDefaultExpanded),
    CATALOG_MIN_BRANCHES: min,
    CATALOG_MAX_BRANCHES: max,
  };
}

/** How many repositories the UI requests at once, where given. */
export function catalogLimit(check: Check, { catalogElementsLimit }: RegistryUISettings): number | undefined {
  return check.integer('catalogElementsLimit', catalogElementsLimit, undefined, 1, 100_000);
}

function tagVariables(
  check: Check,
  given: RegistryUISettings,
): Record<string, string | number | boolean | undefined> {
  const history = optionalBoolean(check, 'showTagHistory', given.showTagHistory);
  const labels = check
    .list<unknown>('historyCustomLabels', given.historyCustomLabels)
    .map((label, index) =>
      uiString(check, `historyCustomLabels[${index}]`, label ?? null, 'org.opencontainers.image.source', ','),
    );
  if (history === false && labels.length > 0) {
    check.report('labels-of-hidden-history', 'historyCustomLabels');
  }
  const order = given.tagOrder;
  const orders = Object.values(RegistryUITagOrder);
  return {
    SHOW_CONTENT_DIGEST: optionalBoolean(check, 'showContentDigest', given.showContentDigest),
    SHOW_TAG_HISTORY: history,
    HISTORY_CUSTOM_LABELS: labels.length > 0 ? labels.join(',') : undefined,
    TAGLIST_ORDER:
      order === undefined
        ? undefined
        : check.enum('tagOrder', order, RegistryUITagOrder.ALPHA_ASC_NUM_DESC, orders),
    TAGLIST_PAGE_SIZE: check.integer('tagPageSize', given.tagPageSize, undefined, 1, 10_000),
    USE_CONTROL_CACHE_HEADER: optionalBoolean(check, 'useControlCacheHeader', given.useControlCacheHeader),
  };
}

function themeVariables(
  check: Check,
  { theme, themeColors }: RegistryUISettings,
): Record<string, string | undefined> {
  const chosen =
    theme === undefined
      ? undefined
      : check.enum('theme', theme, RegistryUITheme.AUTO, Object.values(RegistryUITheme));
  const colors = Object.entries(check.options<RegistryUIThemeColors>('themeColors', themeColors)).flatMap(
    ([name, color]) => {
      const property = `themeColors.${name}`;
      if (!COLORS.includes(name)) check.report('not-a-ui-color', property, { colors: COLORS.join(', ') });
      else if (color !== undefined) {
        const text = check.string(property, color, '', isCssColor, 'not-a-css-color');
        return [[`THEME_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`, text]];
      }
      return [];
    },
  );
  return { THEME: chosen, ...Object.fromEntries(colors) };
}

/** One for each member of `RegistryUIThemeColors`. */
const COLORS = Object.keys({
  primaryText: true,
  neutralText: true,
  background: true,
  hoverBackground: true,
  accentText: true,
  headerText: true,
  headerAccentText: true,
  headerBackground: true,
  footerText: true,
  footerNeutralText: true,
  footerBackground: true,
} satisfies Record<keyof RegistryUIThemeColors, true>);

function checkDeletion(check: Check, given: unknown, { deletion, readOnly }: UIRegistry): boolean {
  const wanted = check.boolean('deleteImages', given, false);
  if (wanted && !deletion) {
    check.report('ui-deletion-without-deletion', 'deleteImages');
  } else if (wanted && readOnly) {
    check.report('ui-deletion-of-read-only-storage', 'deleteImages');
  }
  return wanted;
}

function checkPullAddress(
  check: Check,
  { pullAddress }: RegistryUISettings,
  several: boolean,
): string | undefined {
  if (pullAddress === undefined) return undefined;
  if (several) check.report('pull-address-of-several', 'pullAddress');
  return check.string('pullAddress', pullAddress, '', isPullAddress, 'not-a-pull-address');
}

function checkRegistries(
  check: Check,
  { registries, readOnlyRegistries }: RegistryUISettings,
  own: string,
): string[] {
  if (registries === undefined && readOnlyRegistries === true) {
    check.report('read-only-list-of-one', 'readOnlyRegistries');
  }
  const urls = check.list<unknown>('registries', registries).map((url, index) => {
    const property = `registries[${index}]`;
    const text = check.string(property, url ?? null, '', isRegistryUrl, 'not-a-registry-url');
    if (own.startsWith('https:') && text.startsWith('http:')) {
      check.report('registry-url-not-encrypted', property, { value: text });
    }
    return text;
  });
  const given = [own, ...urls];
  const twice = urls.filter((url, index) => url !== '' && given.indexOf(url) <= index);
  for (const url of new Set(twice)) check.report('registry-given-twice', 'registries', { value: url });
  return urls;
}

/**
 * A scheme and a host, with a port or a path at most: nothing that would break the start script or the UI's
 * list.
 */
function isRegistryUrl(text: string): boolean {
  const [, host = '', port, path = ''] =
    /^https?:\/\/([^/:]+)(?::(\d+))?((?:\/[-._A-Za-z0-9]+)*)$/.exec(text) ?? [];
  return (isHostName(host) || isIpv4(host)) && (port === undefined || isPort(port)) && path.length < 200;
}

function optionalBoolean(check: Check, name: keyof RegistryUISettings, value: unknown): boolean | undefined {
  return value === undefined ? undefined : check.boolean(name, value, false);
}

/** A string that the start script can insert into the UI; `also` are further forbidden characters. */
function uiString(
  check: Check,
  property: string,
  value: unknown,
  example: string,
  also = '',
): string | undefined {
  if (value === undefined) return undefined;
  const text = check.string(property, value, example, (given) => given !== '', 'empty', { example });
  return text === value && !checkCharacters(check, property, text, `~&\\"${also}`, example) ? example : text;
}

/** Names the first character of a string that would break the start script or the UI. */
function checkCharacters(
  check: Check,
  property: string,
  text: string,
  forbidden: string,
  example?: string,
): boolean {
  const found = [...text].find((character) => forbidden.includes(character) || /\p{Cc}/u.test(character));
  if (found === undefined) return true;
  const what = /[\r\n]/.test(found)
    ? 'a line break'
    : /\p{Cc}/u.test(found)
      ? 'a control character'
      : `the character ${found}`;
  if (example === undefined) check.report('variable-breaks-the-ui', property, { value: text, what });
  else check.report('breaks-the-ui', property, { value: text, what, example });
  return false;
}
