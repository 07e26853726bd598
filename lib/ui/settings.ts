// Appearance of the UI: the settings of joxit/docker-registry-ui 2.6, with types. variables.ts turns them
// into the image's environment variables.

/** Light or dark. */
export enum RegistryUITheme {
  /** Follows the system's setting, with a switch in the UI. */
  AUTO = 'auto',
  /** Dark text on white. */
  LIGHT = 'light',
  /** Light text on dark. */
  DARK = 'dark',
}

/**
 * The order of an image's tags. Numbers and words in a tag are compared separately, so that 1.10 comes after
 * 1.9.
 */
export enum RegistryUITagOrder {
  /** Tags that begin with a word first, words from A to Z, high numbers first. */
  ALPHA_ASC_NUM_DESC = 'alpha-asc;num-desc',
  /** Tags that begin with a word first, words from A to Z, low numbers first. */
  ALPHA_ASC_NUM_ASC = 'alpha-asc;num-asc',
  /** Tags that begin with a word first, words from Z to A, high numbers first. */
  ALPHA_DESC_NUM_DESC = 'alpha-desc;num-desc',
  /** Tags that begin with a word first, words from Z to A, low numbers first. */
  ALPHA_DESC_NUM_ASC = 'alpha-desc;num-asc',
  /** Tags that begin with a number first, low numbers first, words from A to Z. */
  NUM_ASC_ALPHA_ASC = 'num-asc;alpha-asc',
  /** Tags that begin with a number first, low numbers first, words from Z to A. */
  NUM_ASC_ALPHA_DESC = 'num-asc;alpha-desc',
  /** Tags that begin with a number first, high numbers first, words from A to Z. */
  NUM_DESC_ALPHA_ASC = 'num-desc;alpha-asc',
  /** Tags that begin with a number first, high numbers first, words from Z to A. */
  NUM_DESC_ALPHA_DESC = 'num-desc;alpha-desc',
}

/**
 * Colours of the UI, in CSS notation: `#25313b`, `rgb(37 49 59)`, `teal`. They apply to light and dark alike.
 */
export interface RegistryUIThemeColors {
  /**
   * Text.
   *
   * @default - "#25313b", in dark "#98a8bd"
   */
  readonly primaryText?: string;
  /**
   * Secondary text.
   *
   * @default - "#777777", in dark "#6d7fab"
   */
  readonly neutralText?: string;
  /**
   * Background.
   *
   * @default - "#ffffff", in dark "#22272e"
   */
  readonly background?: string;
  /**
   * Background of the element under the mouse.
   *
   * @default - "#eeeeee", in dark "#343a4b"
   */
  readonly hoverBackground?: string;
  /**
   * Highlighted text, and icons.
   *
   * @default - "#5f7796", in dark "#5c88ff"
   */
  readonly accentText?: string;
  /**
   * Text in the header.
   *
   * @default "#ffffff"
   */
  readonly headerText?: string;
  /**
   * Highlighted text in the header.
   *
   * @default - "#7b9ac2", in dark "#7ea1ff"
   */
  readonly headerAccentText?: string;
  /**
   * Background of the header.
   *
   * @default - "#25313b", in dark "#333a45"
   */
  readonly headerBackground?: string;
  /**
   * Text in the footer.
   *
   * @default "#ffffff"
   */
  readonly footerText?: string;
  /**
   * Secondary text in the footer.
   *
   * @default - "#adbacd", in dark "#98afcf"
   */
  readonly footerNeutralText?: string;
  /**
   * Background of the footer.
   *
   * @default "#344251"
   */
  readonly footerBackground?: string;
}

/**
 * Appearance and texts of the UI. The image's start script inserts strings into the HTML with sed, so the
 * characters `~`, `&`, `\`, `"` and line breaks would break it, and are not allowed.
 */
export interface RegistryUISettings {
  /**
   * The registry's name above the list of its repositories.
   *
   * @default - the registry's host; with `registries`, the address of the one shown
   */
  readonly title?: string;

  /**
   * The title in the UI's header.
   *
   * @default "Docker Registry UI"
   */
  readonly headerTitle?: string;

  /**
   * Light or dark.
   *
   * @default RegistryUITheme.AUTO
   */
  readonly theme?: RegistryUITheme;

  /**
   * Custom colours.
   *
   * @default - those of the theme
   */
  readonly themeColors?: RegistryUIThemeColors;

  /**
   * Whether images can be deleted in the UI. Needs `storage: { deletion: true }` on the registry, which must
   * not be read-only. Deleting a tag deletes all tags with the same digest.
   *
   * @default false
   */
  readonly deleteImages?: boolean;

  /**
   * Whether the list shows each tag's digest.
   *
   * @default false
   */
  readonly showContentDigest?: boolean;

  /**
   * Whether each tag links to its history: layers, commands, labels.
   *
   * @default true
   */
  readonly showTagHistory?: boolean;

  /**
   * Image labels that the history shows separately, as it does with `maintainer`. Needs `showTagHistory`.
   *
   * @default - none
   */
  readonly historyCustomLabels?: string[];

  /**
   * Maximum number of repositories in the catalog, from 1 to 100000. By default the registry returns at most
   * 1000 at a time, and an error where more are requested: its limit is raised to match.
   *
   * @default 1000
   */
  readonly catalogElementsLimit?: number;

  /**
   * Whether the catalog shows how many tags each repository has, and omits those without tags. Costs a
   * request per repository.
   *
   * @default false
   */
  readonly showCatalogTagCount?: boolean;

  /**
   * Whether all branches of the catalog are expanded at the start.
   *
   * @default false
   */
  readonly catalogDefaultExpanded?: boolean;

  /**
   * Minimum number of segments of a repository's name that form a branch of the catalog, from 0 to 100; 0 in
   * both this and `catalogMaxBranches` lists all names flat.
   *
   * @default 1
   */
  readonly catalogMinBranches?: number;

  /**
   * Maximum number of segments of a repository's name that form a branch of the catalog, from 0 to 100; not
   * below `catalogMinBranches`.
   *
   * @default 1
   */
  readonly catalogMaxBranches?: number;

  /**
   * The order of tags.
   *
   * @default RegistryUITagOrder.ALPHA_ASC_NUM_DESC
   */
  readonly tagOrder?: RegistryUITagOrder;

  /**
   * Number of tags per page of the list, from 1 to 10000.
   *
   * @default 100
   */
  readonly tagPageSize?: number;

  /**
   * The prefix of image names in the pull command that the UI copies: `host` or `host:port`.
   *
   * @default - the registry's pull address; with `registries`, the address of the one shown
   */
  readonly pullAddress?: string;

  /**
   * Whether manifests are requested with `Cache-Control: no-store, no-cache`. Helps where a multi-platform
   * image shows outdated contents. Other registries, in `registries`, must allow that header by CORS.
   *
   * @default false
   */
  readonly useControlCacheHeader?: boolean;

  /**
   * Whether to check GitHub once a week for a newer version of the UI and say so. The user's browser sends
   * the request.
   *
   * @default false
   */
  readonly versionNotification?: boolean;

  /**
   * URLs of other registries that can be selected in the UI. This registry is the first. Each must answer
   * browsers with CORS headers for the UI's origin, and without a login, or behind a proxy that does.
   *
   * @default - this registry only
   */
  readonly registries?: string[];

  /**
   * Whether users are kept from adding and removing registries. Needs `registries`.
   *
   * @default false
   */
  readonly readOnlyRegistries?: boolean;
}
