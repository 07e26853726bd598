// The chart's settings of the web page.

import { RegistryUIAccess } from '../ui/access';
import { DEFAULT_UI_IMAGE } from '../ui/image';
import { DEFAULT_UI_RESOURCES } from '../ui/pod';
import { RegistryUISettings, RegistryUITagOrder, RegistryUITheme } from '../ui/settings';
import { RegistryUIOptions } from '../ui/ui';
import { networkFromValues, podOptions, wordsOf } from './chart-pods';
import { ChartPlace, existingSecret, image, listing, scalar, TEXTS } from './chart-settings';

/** Each request below each limit and the default one, so that none changes another. */
const SAMPLES = {
  cpuRequests: ['29m', '37m'],
  cpuLimits: ['1549m', '1567m'],
  memoryRequests: ['47Mi', '53Mi'],
  memoryLimits: ['1571Mi', '1579Mi'],
};

/** The web page, if it is wanted. */
export function uiFromValues(place: ChartPlace): RegistryUIOptions | undefined {
  const { values } = place;
  if (
    !values.flag('ui.enabled', {
      description: 'Show a web page beside the registry? It needs one of the ways in.',
      defaultValue: false,
    })
  )
    return undefined;
  const login = values.flag('ui.login', { property: 'RegistryUIOptions.login' });
  return {
    access: accessFromValues(place),
    login,
    loginSecret: existingSecret(place, 'ui.loginSecret', { property: 'RegistryUIOptions.loginSecret' }),
    image: image(place, 'ui.image', 'RegistryUIOptions.image', DEFAULT_UI_IMAGE),
    ...settingsFromValues(place),
    networkPolicy: networkFromValues(place, 'ui.networkPolicy'),
    ...podOptions(place, {
      prefix: 'ui.',
      go: false,
      samples: SAMPLES,
      defaults: wordsOf(DEFAULT_UI_RESOURCES),
    }),
  };
}

/** Where it stands. */
function accessFromValues(place: ChartPlace): RegistryUIAccess {
  const { values } = place;
  const host = values.text('ui.host', {
    description: "A host of its own for the page. By default it stands on the registry's, under `ui.path`.",
    samples: ['zqpage.example.com', 'zqsheet.example.com'],
    schema: TEXTS.host,
  });
  if (host === undefined) {
    return RegistryUIAccess.path({
      path: values.text(
        'ui.path',
        scalar({
          description:
            "Where the page stands on the registry's host: a slash and one segment of lower-case letters, digits and `-`, not `/v2`.",
          kinds: PATHS,
          schema: { pattern: '^/[a-z0-9]([-a-z0-9]*[a-z0-9])?$', not: { const: '/v2' } },
        }),
      ),
    });
  }
  const options = {
    tlsSecret: existingSecret(place, 'ui.tlsSecret', { property: 'RegistryUIHostOptions.tlsSecret' }),
    sectionName: values.text('ui.sectionName', {
      property: 'RegistryUIHostOptions.sectionName',
      schema: TEXTS.name,
    }),
  };
  const cors = values.flag('ui.cors', {
    description:
      "Does the browser go from the page's host to the registry's by CORS? Only for a registry without a login. By default the page's nginx passes requests on, and logins work.",
    defaultValue: false,
  });
  if (cors) return RegistryUIAccess.hostWithCors(host, options);
  const secret = existingSecret(place, 'ui.registryCaSecret', {
    property: 'RegistryUIHostOptions.registryCaSecret',
  });
  return RegistryUIAccess.host(host, { ...options, registryCaSecret: secret && { secret } });
}

/** Folders of the page itself have to make room. */
const PATHS = {
  fonts: { samples: ['/fonts'], test: (value: string) => `eq ${value} "/fonts"` },
  images: { samples: ['/images'], test: (value: string) => `eq ${value} "/images"` },
  other: {
    samples: ['/zqpagea', '/zqpageb'],
    test: (value: string) => `not (has ${value} (list "/fonts" "/images"))`,
  },
};

/** What the page's start script would not break on. */
const TEXT = { pattern: '^[^~&\\\\"\\x00-\\x1f\\x7f]+$' };

/** What it shows. */
function settingsFromValues({ values }: ChartPlace): RegistryUISettings {
  const property = (name: keyof RegistryUISettings) => ({ property: `RegistryUISettings.${name}` });
  const flag = (name: keyof RegistryUISettings) => values.flag(`ui.${name}`, property(name));
  const text = (name: keyof RegistryUISettings, options: object) =>
    values.text(`ui.${name}`, { ...property(name), ...options });
  return {
    title: text('title', { schema: TEXT }),
    headerTitle: text('headerTitle', { schema: TEXT }),
    theme: values.choice('ui.theme', Object.values(RegistryUITheme), property('theme')),
    deleteImages: flag('deleteImages'),
    showContentDigest: flag('showContentDigest'),
    showTagHistory: flag('showTagHistory'),
    historyCustomLabels: values.list(
      'ui.historyCustomLabels',
      listing({
        ...property('historyCustomLabels'),
        derivations: [JOINED],
        schema: { items: { type: 'string', pattern: '^[^~&\\\\",\\x00-\\x1f\\x7f]+$' } },
      }),
    ),
    catalogElementsLimit: values.integer(
      'ui.catalogElementsLimit',
      scalar({
        ...property('catalogElementsLimit'),
        kinds: CATALOG,
        schema: { minimum: 1, maximum: 100_000 },
      }),
    ),
    showCatalogTagCount: flag('showCatalogTagCount'),
    catalogDefaultExpanded: flag('catalogDefaultExpanded'),
    catalogMaxBranches: values.integer('ui.catalogMaxBranches', {
      ...property('catalogMaxBranches'),
      samples: [83, 89],
      schema: { minimum: 1, maximum: 100 },
    }),
    tagOrder: values.choice('ui.tagOrder', Object.values(RegistryUITagOrder), property('tagOrder')),
    tagPageSize: values.integer('ui.tagPageSize', {
      ...property('tagPageSize'),
      samples: [9007, 9011],
      schema: { minimum: 1, maximum: 10_000 },
    }),
    pullAddress: text('pullAddress', {
      samples: ['zqtake.example.com:21301', 'zqgrab.example.com:21303'],
      schema: TEXTS.pullAddress,
    }),
    useControlCacheHeader: flag('useControlCacheHeader'),
    versionNotification: flag('versionNotification'),
  };
}

/** A list as one text. */
const JOINED = {
  name: 'joined',
  apply: (all: string[]) => all.join(','),
  expression: (value: string) => `(join "," ${value})`,
};

/** Above what the registry allows by itself, it is told so too. */
const CATALOG = {
  usual: { samples: [941, 947], test: (value: string) => `le (int ${value}) 1000` },
  more: { samples: [94_007, 94_009], test: (value: string) => `gt (int ${value}) 1000` },
};
