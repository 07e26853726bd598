// Writes Secrets with `data`. With `stringData`, which the API server does not return, `kubectl apply` would
// report a change every time and keep keys that are no longer written.
import { GroupVersionKind, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';

/** Contents of a Secret by key: strings, or functions that return them when the app is written. */
export type SecretTexts = { readonly [key: string]: string | (() => string) };

/** A Secret without metadata. */
export function secretManifest(
  texts: SecretTexts,
  type?: string,
): GroupVersionKind & { [key: string]: unknown } {
  const entries = Object.entries(texts).map(([key, text]) => {
    const produce = () => {
      const plain = typeof text === 'string' ? text : text();
      return Buffer.from(plain).toString('base64');
    };
    return [key, Lazy.any({ produce }) as string];
  });
  const held = Object.fromEntries(entries);
  return k8s.KubeSecret.manifest({
    ...(type !== undefined && { type }),
    data: held,
  });
}
