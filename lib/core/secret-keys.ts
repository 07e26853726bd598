// Secrets where everyone who reads manifests would see them: in raw keys of config.yml, and in plain values of
// environment variables.

/** A secret among raw keys of config.yml. */
export interface RawSecret {
  /** E.g. `redis.password`. */
  readonly path: string;
  /** The variable that sets the same key, or the list that holds it. */
  readonly variable: string;
}

/** Which raw keys hold secrets: strings and numbers under such a name, and URLs with a password. */
export function secretsIn(tree: unknown): RawSecret[] {
  // `http.secret` has a prop of its own.
  return walk(tree, '', { path: '', variable: 'REGISTRY', isWhole: false }).filter(
    ({ path }) => path !== 'http.secret',
  );
}

/** Is the value of a variable a secret? `$(A)` stands for another variable, which may be from a Secret. */
export function isPlainSecret(name: unknown, value: unknown): boolean {
  if (typeof name !== 'string' || typeof value !== 'string' || value.includes('$(')) return false;
  const isNamedSecret = OF_THE_REGISTRY.test(name) || OF_ANY_PROGRAM.test(name);
  return (isNamedSecret && value !== '') || hasPassword(value);
}

/** Is it a URL with a password? */
export function hasPassword(url: string): boolean {
  return URL_WITH_PASSWORD.test(url);
}

/** Names of keys, in lower case and without `_` and `-`. */
const KEY =
  /(password|passwd|secret|secretkey|accesskey|accountkey|apikey|licensekey)$|^(authorization|privatekey)$/;
const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/@\s]*:[^/@\s]+@/i;
const OF_THE_REGISTRY = /^REGISTRY_.*(PASSWORD|SECRET|SECRETKEY|ACCESSKEY|ACCOUNTKEY|APIKEY|LICENSEKEY)$/;
const OF_ANY_PROGRAM = /(^|_)(PASSWORD|SECRET_KEY|SECRET_ACCESS_KEY)$/;

interface Place extends RawSecret {
  /** Variables name no entries of lists, and no keys with `_`. */
  readonly isWhole: boolean;
}

function walk(value: unknown, key: string, place: Place): RawSecret[] {
  const { path, variable, isWhole } = place;
  if (Array.isArray(value))
    return value.flatMap((one, index) =>
      walk(one, key, { path: `${path}[${index}]`, variable, isWhole: true }),
    );
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inside]) => {
      const named = !isWhole && /^[A-Za-z0-9]+$/.test(name);
      return walk(inside, name, {
        path: path === '' ? name : `${path}.${name}`,
        variable: named ? `${variable}_${name.toUpperCase()}` : variable,
        isWhole: !named,
      });
    });
  return isSecret(key, value) ? [{ path, variable }] : [];
}

function isSecret(key: string, value: unknown): boolean {
  if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return false;
  const name = key.toLowerCase().replace(/[_-]/g, '');
  // Some private keys are paths of files.
  if (name === 'privatekey' && String(value).startsWith('/')) return false;
  return KEY.test(name) || URL_WITH_PASSWORD.test(String(value));
}
