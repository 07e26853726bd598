// What the web page shows: the settings of joxit/docker-registry-ui 2.6, with types. registry-ui-variables.ts makes of them what the image reads.

/** Light or dark. */
export enum RegistryUITheme {
  /** As the reader's system has it, with a switch on the page. */
  AUTO = 'auto',
  /** Dark text on white. */
  LIGHT = 'light',
  /** Light text on dark. */
  DARK = 'dark',
}

/** In which order an image's tags stand. Numbers and words in a tag are compared apart, so that 1.10 comes after 1.9. */
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

/** Colours of the page, as CSS writes them: `#25313b`, `rgb(37 49 59)`, `teal`. They hold in light and dark alike. */
export interface RegistryUIThemeColors {
  /**
   * Text.
   *
   * @default - "#25313b", in dark "#98a8bd"
   */
  readonly primaryText?: string;
  /**
   * Text that stands back.
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
   * Background of what the mouse is on.
   *
   * @default - "#eeeeee", in dark "#343a4b"
   */
  readonly hoverBackground?: string;
  /**
   * Text that stands out, and symbols.
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
   * Text in the header that stands out.
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
   * Text in the footer that stands back.
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
 * What the page shows. The image's start script writes texts into the page by sed, so the characters `~`, `&`, `\`, `"` and line breaks would break it, and
 * are refused.
 */
export interface RegistryUISettings {
  /**
   * The registry's name above the list of its repositories.
   *
   * @default - the registry's host; with `registries`, the address of the one that is shown
   */
  readonly title?: string;

  /**
   * The title in the page's header.
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
   * Colours of your own.
   *
   * @default - those of the theme
   */
  readonly themeColors?: RegistryUIThemeColors;

  /**
   * May images be deleted on the page? Needs `storage: { deletion: true }` on the registry, and that it is not read-only. Deleting a tag deletes all tags
   * that have the same digest.
   *
   * @default false
   */
  readonly deleteImages?: boolean;

  /**
   * Show each tag's digest in the list?
   *
   * @default false
   */
  readonly showContentDigest?: boolean;

  /**
   * Lead from each tag to its history: layers, commands, labels?
   *
   * @default true
   */
  readonly showTagHistory?: boolean;

  /**
   * Labels of images that the history shows by themselves, as it does with `maintainer`. Needs `showTagHistory`.
   *
   * @default - none
   */
  readonly historyCustomLabels?: string[];

  /**
   * How many repositories the catalog shows at most, from 1 to 100000. The registry itself answers no more than 1000 at a time, and with an error where
   * more are asked for: it is told to allow as many.
   *
   * @default 1000
   */
  readonly catalogElementsLimit?: number;

  /**
   * Show in the catalog how many tags each repository has, and leave those out that have none? Costs a request for each repository.
   *
   * @default false
   */
  readonly showCatalogTagCount?: boolean;

  /**
   * Unfold all branches of the catalog from the start?
   *
   * @default false
   */
  readonly catalogDefaultExpanded?: boolean;

  /**
   * How many segments of a repository's name make a branch of the catalog at least, from 0 to 100; 0 in both this and `catalogMaxBranches` lists all names flat.
   *
   * @default 1
   */
  readonly catalogMinBranches?: number;

  /**
   * How many segments of a repository's name make a branch of the catalog at most, from 0 to 100; not below `catalogMinBranches`.
   *
   * @default 1
   */
  readonly catalogMaxBranches?: number;

  /**
   * In which order tags stand.
   *
   * @default RegistryUITagOrder.ALPHA_ASC_NUM_DESC
   */
  readonly tagOrder?: RegistryUITagOrder;

  /**
   * How many tags stand on one page of the list, from 1 to 10000.
   *
   * @default 100
   */
  readonly tagPageSize?: number;

  /**
   * What stands before an image's name in the pull command that the page copies: `host` or `host:port`.
   *
   * @default - the registry's pull address; with `registries`, the address of the one that is shown
   */
  readonly pullAddress?: string;

  /**
   * Ask for manifests past the browser's cache (`Cache-Control: no-store, no-cache`)? Helps where an image for several platforms shows old contents.
   * Other registries, of `registries`, must allow that header by CORS.
   *
   * @default false
   */
  readonly useControlCacheHeader?: boolean;

  /**
   * Ask GitHub once a week whether there is a newer page, and say so? The reader's browser does it.
   *
   * @default false
   */
  readonly versionNotification?: boolean;

  /**
   * URLs of other registries that can be chosen on the page. This registry is the first. Each must answer browsers with CORS headers for the page's
   * origin, and without a login, or stand behind something that does.
   *
   * @default - this registry alone
   */
  readonly registries?: string[];

  /**
   * Keep readers from adding and removing registries? Needs `registries`.
   *
   * @default false
   */
  readonly readOnlyRegistries?: boolean;
}
