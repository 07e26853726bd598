// The ExternalSecret API as far as the library writes it, for the schema check: the operator's own
// definitions accept the same in both versions.
import type { Model } from './schema';

type Shape = 'string' | readonly [Shape] | { readonly [field: string]: Shape } | { readonly anyKey: Shape };

const TEXTS: Shape = { anyKey: 'string' };

const OBJECT: Shape = {
  apiVersion: 'string',
  kind: 'string',
  metadata: { name: 'string', namespace: 'string', labels: TEXTS, annotations: TEXTS },
  spec: {
    refreshInterval: 'string',
    secretStoreRef: { name: 'string', kind: 'string' },
    target: {
      name: 'string',
      creationPolicy: 'string',
      template: { engineVersion: 'string', type: 'string', data: TEXTS },
    },
    data: [
      {
        secretKey: 'string',
        remoteRef: {
          key: 'string',
          property: 'string',
          version: 'string',
          conversionStrategy: 'string',
          decodingStrategy: 'string',
          metadataPolicy: 'string',
        },
      },
    ],
  },
};

const PATTERNS: Readonly<Record<string, RegExp>> = {
  '/spec/refreshInterval': /^\d+(s|m|h)$/,
  '/spec/secretStoreRef/kind': /^(Cluster)?SecretStore$/,
  '/spec/target/creationPolicy': /^(Owner|Orphan|Merge|None)$/,
  '/spec/target/template/engineVersion': /^v2$/,
};

interface Difference {
  readonly instancePath: string;
  readonly message: string;
}

/**
 * Reads every field that is known, as the schema check expects of a validator, and tells what is of another
 * type.
 */
function differences(value: unknown, shape: Shape, instancePath = ''): Difference[] {
  if (value === undefined) return [];
  if (shape === 'string') {
    const fine = typeof value === 'string' && (PATTERNS[instancePath] ?? /./).test(value);
    return fine ? [] : [{ instancePath, message: 'is not such a text' }];
  }
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [{ instancePath, message: 'is not a list' }];
    return value.flatMap((item, index) => differences(item, shape[0] as Shape, `${instancePath}/${index}`));
  }
  if (typeof value !== 'object' || value === null) return [{ instancePath, message: 'is not an object' }];
  const fields = shape as { readonly [field: string]: Shape };
  const keys = 'anyKey' in fields ? Object.keys(value) : Object.keys(fields);
  return keys.flatMap((key) => {
    const child = (value as Record<string, unknown>)[key];
    return differences(child, (fields.anyKey ?? fields[key]) as Shape, `${instancePath}/${key}`);
  });
}

function model(version: string): Model {
  return {
    apiVersion: `external-secrets.io/${version}`,
    kind: 'ExternalSecret',
    prototype: {
      validate(): void {
        const errors = differences(this, OBJECT);
        if (errors.length > 0) throw Object.assign(new Error('not an ExternalSecret'), { errors });
      },
    },
  };
}

export const EXTERNAL_SECRET_MODELS: readonly Model[] = [model('v1'), model('v1beta1')];
