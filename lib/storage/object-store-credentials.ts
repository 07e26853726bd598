// Passes the credentials of object stores to the registry, as environment variables or files from a Secret: a
// new one, or an existing one.
import { k8s } from 'cdk8s-plus-27';
import { Check } from '../core/check';

/** The problems of a secret that can't be used. */
type SecretCode = 's3-key-not-usable' | 'azure-secret-not-usable' | 'swift-password-not-usable';

/** A confidential string, or undefined. No message shows it. */
export function checkSecret(check: Check, property: string, value: unknown, code: SecretCode): string {
  if (typeof value === 'string' && /^[^\s\p{Cc}]+$/u.test(value)) return value;
  const what =
    value === undefined
      ? 'is missing'
      : typeof value !== 'string'
        ? 'is not a string'
        : value === ''
          ? 'is empty'
          : 'has spaces or line breaks';
  check.report(code, property, { what });
  return '';
}

/** An environment variable from a Secret. */
export function fromSecret(variable: string, name: string, key: string): k8s.EnvVar {
  return { name: variable, valueFrom: { secretKeyRef: { name, key } } };
}

/** The registry parses its environment variables as YAML: values that YAML would change are quoted. */
export function asYaml(text: string): string {
  return /^[A-Za-z][A-Za-z0-9+/=_.~-]*$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

/** A volume of files from a Secret or ConfigMap, readable by the pod's group only. */
export function fileVolume(
  name: string,
  source: { readonly secret?: string; readonly configMap?: string },
  key: string,
  path: string,
): k8s.Volume {
  const items = [{ key, path }];
  return source.secret === undefined
    ? { name, configMap: { name: source.configMap, items } }
    : { name, secret: { secretName: source.secret, defaultMode: 0o440, items } };
}
