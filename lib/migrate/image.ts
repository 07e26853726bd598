// The image: the version of the registry that runs, and how it is pulled.

import { STRINGS } from '../chart/values/formats';
import { RegistryVersion, Version } from '../distribution/version';
import {
  DEFAULT_REGISTRY_IMAGE,
  DEFAULT_VERSION,
  VERSION_NAMES,
  versionOf,
  versionOfTag,
} from '../distribution/versions';
import { lost, OldKeys, used } from './old-keys';
import { Translation } from './translation';

export const IMAGE_KEYS: OldKeys = {
  'image.repository': used('string'),
  'image.tag': used('string'),
  'image.pullPolicy': lost(
    'string',
    'an image that is pinned by its tag need not be pulled each time, and this chart does not',
    'IfNotPresent',
  ),
  imagePullSecrets: used('list'),
  configPath: lost(
    'string',
    'each image reads config.yml from its own path',
    '/etc/distribution',
    '/etc/docker/registry',
    '/etc/docker/registry/',
  ),
};

/** The version of the registry that will run. */
export function versionThatRuns({ old, values }: Translation): Version {
  const tag = values.get('image.tag');
  const named = values.get('image.version') as RegistryVersion | undefined;
  const tagged =
    tag !== undefined && old.string('image.tag') !== undefined ? versionOfTag(String(tag)) : undefined;
  return versionOf((tag === undefined ? undefined : named) ?? tagged ?? DEFAULT_VERSION);
}

/** A tag, and the digest that tools such as Renovate append to it. */
function pinned(text: string | undefined): [tag: string | undefined, digest: string | undefined] {
  const at = text?.indexOf('@') ?? -1;
  return at < 0 ? [text, undefined] : [text?.slice(0, at), text?.slice(at + 1)];
}

export function translateImage(translation: Translation): void {
  const { old } = translation;
  const repository = old.string('image.repository');
  const [tag, digest] = pinned(old.string('image.tag'));
  if (repository !== 'registry')
    translation.carry('image.repository', repository, 'image.repository', STRINGS.repository);
  const secrets = old.list('imagePullSecrets');
  if (secrets.length > 0) translation.set('imagePullSecrets', secrets);
  if (tag === undefined) {
    translation.different(
      'image.tag',
      `not given: this chart runs ${DEFAULT_REGISTRY_IMAGE}, where the old ones ran 2.6.2 to 3.0.0, each version its own. Images stay as they are; \`helm get values --all\` has the tag`,
    );
    return;
  }
  if (digest !== undefined) translation.carry('image.tag', digest, 'image.digest', STRINGS.digest);
  if (!translation.carry('image.tag', tag, 'image.tag', STRINGS.tag)) return;
  const tagged = versionOfTag(tag);
  if (tagged !== undefined) {
    const { maintained, major } = versionOf(tagged);
    if (maintained) return;
    translation.different(
      'image.tag',
      `${tag} stays, but ${major}.x is no longer rebuilt and keeps its known vulnerabilities: leave image.tag out for ${DEFAULT_REGISTRY_IMAGE}, once the rest has moved`,
    );
    return;
  }
  const configPath = old.string('configPath') ?? '';
  const version =
    VERSION_NAMES.find((name) => configPath.startsWith(versionOf(name).configFolder)) ?? DEFAULT_VERSION;
  translation.set('image.version', version);
  translation.guessed(
    'image.tag',
    `"${tag}" does not say which major version it is; image.version: ${version} says so`,
  );
}
