// The Secrets that this library writes. By `data`, not by `stringData`, which the cluster does not give back: `kubectl apply` would find each of them changed
// each time, and leave a key that is no longer written where it is.
import { GroupVersionKind, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { isForChart } from './chart-mode';

/** What a Secret holds, by its keys: texts, or what gives them when the app is written. */
export type SecretTexts = { readonly [key: string]: string | (() => string) };

/** A Secret without its metadata. A chart learns where texts go, so it has them as they are. */
export function secretManifest(construct: Construct, texts: SecretTexts, type?: string): GroupVersionKind & { [key: string]: unknown } {
  const chart = isForChart(construct);
  const entries = Object.entries(texts).map(([key, text]) => {
    const produce = () => {
      const plain = typeof text === 'string' ? text : text();
      return chart ? plain : Buffer.from(plain).toString('base64');
    };
    return [key, Lazy.any({ produce }) as string];
  });
  const held = Object.fromEntries(entries);
  return k8s.KubeSecret.manifest({ ...(type !== undefined && { type }), ...(chart ? { stringData: held } : { data: held }) });
}
