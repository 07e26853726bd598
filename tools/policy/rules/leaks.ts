// Secret material stays in Secrets: no private key, no password hash and no value of a Secret of the set
// anywhere else.
import { type Manifest, type ManifestSet, whereOf } from './manifest-set';
import { type Rule, setRule } from './rule';

const PRIVATE_KEY = /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/;
const BCRYPT = /\$2[abxy]\$\d\d\$/;
/** Keys of Secrets whose values are confidential in themselves; certificates and user names are not. */
const CONFIDENTIAL_KEY = /pass|secret|token|key|htpasswd/i;
/** Shorter values could stand elsewhere by chance. */
const SHORTEST = 12;

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

/** Every string of an object with its place, except those that a Secret is there to hold. */
function strings(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') {
    return [[path, value]];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]: [string, unknown]) =>
        strings(child, path === '' ? key : `${path}.${key}`),
      )
    : [];
}

function openStrings(manifest: Manifest): [string, string][] {
  const { data, stringData, ...rest } = manifest as Manifest & { data?: unknown; stringData?: unknown };
  const { binaryData } = manifest as { binaryData?: Record<string, string> };
  const encoded = Object.entries(binaryData ?? {}).map(([key, value]): [string, string] => [
    `binaryData.${key}`,
    decoded(value),
  ]);
  return [...strings(manifest.kind === 'Secret' ? rest : manifest, ''), ...encoded];
}

function confidentialValues(set: ManifestSet): { from: string; value: string }[] {
  return set
    .of<{ data?: Record<string, string>; stringData?: Record<string, string> }>('Secret')
    .flatMap((secret) => {
      const data = Object.entries(secret.data ?? {}).map(([key, value]): [string, string] => [
        key,
        decoded(value),
      ]);
      return [...data, ...Object.entries(secret.stringData ?? {})]
        .filter(([key, value]) => CONFIDENTIAL_KEY.test(key) && value.trim().length >= SHORTEST)
        .map(([key, value]) => ({ from: `${whereOf(secret)}, key ${key}`, value: value.trim() }));
    });
}

function overStrings(find: (text: string) => string | undefined): Rule['check'] {
  return (set) =>
    set.manifests.flatMap((manifest) =>
      openStrings(manifest).flatMap(([path, text]) => {
        const found = find(text);
        return found === undefined
          ? []
          : [`${whereOf(manifest)}: ${path} holds ${found}: it belongs in a Secret`];
      }),
    );
}

export const LEAK_RULES: readonly Rule[] = [
  setRule(
    'private-key',
    overStrings((text) => (PRIVATE_KEY.test(text) ? 'a private key' : undefined)),
  ),
  setRule(
    'password-hash',
    overStrings((text) => (BCRYPT.test(text) ? 'a bcrypt hash' : undefined)),
  ),
  setRule('secret-value', (set) => {
    const values = confidentialValues(set);
    return overStrings((text) => {
      const leak = values.find(
        ({ value }) => text.includes(value) || text.includes(Buffer.from(value).toString('base64')),
      );
      return leak && `the value of ${leak.from}`;
    })(set);
  }),
];
