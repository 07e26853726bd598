// What the settings of the registry's chart have in common, and samples of what is more than a word.
import { Chart } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { DEFAULT_REGISTRY_IMAGE } from '../distribution/versions';
import { _KindsOptions, _MapOptions, _ScalarOptions, HelmParameterOptions, HelmValues } from './helm-values';
import { STRINGS as TEXTS } from './values/formats';

export { MAPS, NAMED, OBJECTS, STRINGS as TEXTS } from './values/formats';

/** Where settings are asked for, and where what they need besides is made. */
export interface ChartPlace {
  readonly chart: Chart;
  readonly values: HelmValues;
}

/** More about a text or a number than people who write a chart can say. */
export function scalar(options: _ScalarOptions): HelmParameterOptions {
  return options;
}

/** More about a map. */
export function mapping(options: _MapOptions): HelmParameterOptions {
  return options;
}

/** More about a list. */
export function listing(options: _KindsOptions): HelmParameterOptions {
  return options;
}

/** A Secret that exists, by its name; undefined where none is named. */
export function existingSecret(
  { chart, values }: ChartPlace,
  path: string,
  options: HelmParameterOptions,
): ISecret | undefined {
  const name = values.text(path, { ...options, schema: TEXTS.name });
  return name === undefined ? undefined : Secret.fromSecretName(chart, path, name);
}

/** What tells the registry's line by an image's tag. */
const LINES = {
  v3: { samples: ['3.8101.1', '3.8103.1'], test: (value: string) => `regexMatch "^v?3([.-]|$)" ${value}` },
  v2: { samples: ['2.8101.1', '2.8103.1'], test: (value: string) => `regexMatch "^v?2([.-]|$)" ${value}` },
  other: {
    samples: ['zqtag', 'zqmark'],
    test: (value: string) => `not (regexMatch "^v?[23]([.-]|$)" ${value})`,
  },
};

/** An image in its parts. */
export function image(
  { values }: ChartPlace,
  at: string,
  property: string,
  fallback: string,
  lines = fallback === DEFAULT_REGISTRY_IMAGE,
): string {
  const colon = fallback.lastIndexOf(':');
  const repository = values.text(`${at}.repository`, {
    description: 'Where the image is, with the registry that it is pulled from unless that is Docker Hub.',
    defaultValue: fallback.slice(0, colon),
    schema: TEXTS.repository,
  });
  const tag = values.text(
    `${at}.tag`,
    scalar({
      property,
      defaultValue: fallback.slice(colon + 1),
      schema: TEXTS.tag,
      ...(lines && { kinds: LINES }),
    }),
  );
  const digest = values.text(`${at}.digest`, {
    description: 'Digest of the image, which counts more than the tag.',
    samples: ['a', 'b'].map((last) => `sha256:${`8${at.length.toString(16)}c${last}`.repeat(16)}`),
    schema: TEXTS.digest,
  });
  return `${repository}:${tag}${digest === undefined ? '' : `@${digest}`}`;
}
