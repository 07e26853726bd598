// Writes Secrets with `data`. With `stringData`, which the API server does not return, `kubectl apply` would
// report a change every time and keep keys that are no longer written.
import { GroupVersionKind, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { isForChart } from './chart-mode';

/** Contents of a Secret by key: strings, or functions that return them when the app is written. */
export type SecretTexts = { readonly [key: string]: string | (() => string) };

/** A Secret without metadata. Chart mode needs strings unencoded, to learn where values go. */
export function secretManifest(
  construct: Construct,
  texts: SecretTexts,
  type?: string,
): GroupVersionKind & { [key: string]: unknown } {
  const chart = isForChart(construct);
  // Functions become Lazy values, which RegistryApp.synth resolves after validation.
  const entries = Object.entries(texts).map(([key, text]) => {
    const produce = () => {
      const plain = typeof text === 'string' ? text : text();
      return chart ? plain : Buffer.from(plain).toString('base64');
    };
    return [key, Lazy.any({ produce }) as string];
  });
  const held = Object.fromEntries(entries);
  return k8s.KubeSecret.manifest({
    ...(type !== undefined && { type }),
    ...(chart ? { stringData: held } : { data: held }),
  });
}
