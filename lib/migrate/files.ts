// The old release's additional volumes, mounts and environment variables. Files of Secrets that the registry
// is configured to read are resolved from their paths, since this chart takes Secrets by name.

import { parse } from 'yaml';
import { isPlainSecret } from '../core/secret-keys';
import { entryOf, isMap, OldKeys, used } from './old-keys';
import { Translation } from './translation';

export const FILE_KEYS: OldKeys = {
  extraEnvVars: used('list'),
  extraVolumes: used('list'),
  extraVolumeMounts: used('list'),
};

/** A file in a Secret. */
export interface SecretFile {
  readonly secret: string;
  readonly key: string;
}

type Named = Record<string, unknown> & { readonly name: string };

/** Environment variables that the chart itself sets, and the setting to use instead. */
const TAKEN: Readonly<Record<string, string>> = {
  OTEL_TRACES_EXPORTER: 'the chart sets it to none',
  GOMEMLIMIT: 'the chart sets it by resources.limits.memory',
  GOGC: 'the chart sets it to 400, within GOMEMLIMIT',
};

const IN_A_SECRET =
  'a plain value would be readable in the pod; put it into a Secret, and set the variable by secretKeyRef in extraEnv';

/** Volumes of the chart's own pods. */
const OWN_VOLUMES = ['config', 'auth', 'tls', 'storage-ca'];
/** A mount of the volume with the images works here unchanged. */
const DATA = 'data';

/** The old release's additional volumes, mounts and environment variables. */
export class SecretFiles {
  /**
   * Whether the users are in a file that could not be found. Then there is a login, and it must not be
   * disabled.
   */
  public unknownUsers = false;

  private volumes: readonly Named[];
  private mounts: readonly Named[];
  private variables: readonly Named[];

  constructor(private readonly translation: Translation) {
    this.volumes = this.named('extraVolumes');
    this.mounts = this.named('extraVolumeMounts');
    this.variables = this.named('extraEnvVars');
  }

  /** The file of a Secret that is mounted at a path; its volume is then not translated. */
  public take(file: string): SecretFile | undefined {
    const mount = this.mounts.find(
      ({ mountPath }) => file.startsWith(`${String(mountPath).replace(/\/$/, '')}/`) || file === mountPath,
    );
    const volume = this.volumes.find(({ name }) => name === mount?.name);
    if (!mount || !isMap(volume?.secret) || typeof volume.secret.secretName !== 'string') return undefined;
    const inside =
      file === mount.mountPath
        ? String(mount.subPath ?? '')
        : file.slice(String(mount.mountPath).replace(/\/$/, '').length + 1);
    const items = Array.isArray(volume.secret.items) ? volume.secret.items.filter(isMap) : [];
    const key = items.length === 0 ? inside : items.find(({ path }) => path === inside)?.key;
    if (key === undefined || key === '' || String(key).includes('/')) return undefined;
    this.mounts = this.mounts.filter((one) => one !== mount);
    if (!this.mounts.some(({ name }) => name === mount.name))
      this.volumes = this.volumes.filter((one) => one !== volume);
    return { secret: volume.secret.secretName, key: String(key) };
  }

  /** The key of a Secret that an environment variable refers to; the variable is then not translated. */
  public takeReference(variable: string): SecretFile | undefined {
    const found = this.variables.find(({ name }) => name === variable);
    const reference =
      isMap(found?.valueFrom) && isMap(found.valueFrom.secretKeyRef)
        ? found.valueFrom.secretKeyRef
        : undefined;
    if (!reference) return undefined;
    this.variables = this.variables.filter((one) => one !== found);
    return { secret: String(reference.name), key: String(reference.key) };
  }

  /** The literal value of an environment variable; the variable is then not translated. */
  public takeText(variable: string): string | undefined {
    const found = this.variables
      .filter(({ name, valueFrom }) => name === variable && valueFrom === undefined)
      .at(-1);
    if (!found) return undefined;
    this.variables = this.variables.filter(({ name }) => name !== variable);
    return String(found.value ?? '');
  }

  /**
   * The registry's own environment variables, which override keys of config.yml: those that `accepts` takes,
   * with their values.
   */
  public takeConfiguration(
    accepts: (path: readonly string[], value: unknown) => boolean,
  ): { readonly key: string; readonly path: string[]; readonly value: unknown }[] {
    // The registry applies them in the order of their names, so that the more specific one wins.
    const sorted = [...this.variables].sort((one, other) => (one.name < other.name ? -1 : 1));
    return sorted.flatMap(({ name, value }) => {
      const path = name.startsWith('REGISTRY_')
        ? name.slice('REGISTRY_'.length).toLowerCase().split('_')
        : [];
      if (path.length === 0 || !accepts(path, parsed(String(value ?? '')))) return [];
      const text = this.takeText(name);
      return text === undefined ? [] : [{ key: `extraEnvVars.${name}`, path, value: parsed(text) }];
    });
  }

  /** The remaining environment variables. */
  public get variablesLeft(): readonly Readonly<Record<string, unknown>>[] {
    return this.variables;
  }

  /** Translates the remaining ones. */
  public finish(): void {
    const { translation } = this;
    const variables = this.variables.filter(({ name, value }) => {
      const instead = entryOf(TAKEN, name) ?? (isPlainSecret(name, value) ? IN_A_SECRET : undefined);
      if (instead !== undefined) translation.lost(`extraEnvVars.${name}`, instead);
      return instead === undefined;
    });
    const given = new Set(this.volumes.map(({ name }) => name));
    const renamed = (name: string) =>
      given.has(name) && [...OWN_VOLUMES, DATA].includes(name) ? `extra-${name}` : name;
    const rename = (list: readonly Named[]) => list.map((one) => ({ ...one, name: renamed(one.name) }));
    const mounts = this.mounts.filter(({ name }) => {
      const there = given.has(name) || name === DATA;
      if (!there)
        translation.lost(
          `extraVolumeMounts.${name}`,
          'there is no such volume in this chart; add it to extraVolumes',
        );
      return there;
    });
    const initContainers = (translation.old.list('initContainers') as Record<string, unknown>[]).map(
      (container) =>
        Array.isArray(container.volumeMounts)
          ? { ...container, volumeMounts: rename(container.volumeMounts as Named[]) }
          : container,
    );
    const lists = {
      extraEnv: variables,
      extraVolumes: rename(this.volumes),
      extraVolumeMounts: rename(mounts),
      initContainers,
    };
    for (const [path, list] of Object.entries(lists)) {
      if (list.length > 0) translation.set(path, list);
    }
    if (initContainers.length > 0) {
      translation.different(
        'initContainers',
        'they run as `userId` with a read-only root and no capabilities, unless they say otherwise themselves',
      );
    }
  }

  private named(key: string): readonly Named[] {
    return this.translation.old.list(key).filter((one): one is Named => {
      if (isMap(one) && typeof one.name === 'string') return true;
      this.translation.lost(key, 'an entry without a name');
      return false;
    });
  }
}

/** The registry parses its environment variables as YAML. */
function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return text;
  }
}
