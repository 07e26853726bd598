// What many parts of a registry's manifests depend on, worked out from its settings: each is a template of
// its own in the chart.

import { nodesComeApart } from '../app/notes';
import { Registry } from '../registry';
import { HelmValues } from './helm-values';

/** Tells what a registry is like. Of two, the second may depend on the first. */
export function tellFacts(registry: Registry, values: HelmValues): void {
  const { deployment, ingress, ingressRoute, httpRoute, route, service, storage, tls, ui } = registry;
  values.fact('registryLine', deployment.version);
  values.fact(
    'wayIn',
    ingress ? 'ingress' : ingressRoute ? 'ingressRoute' : httpRoute ? 'httpRoute' : 'none',
  );
  values.fact('controller', ingress?.controller ?? 'unknown');
  values.fact('usersFrom', usersOf(registry));
  values.fact('certificateFrom', tls._kind);
  values.fact('tlsInPod', tls.inPod);
  values.fact('encrypted', route ? route.encrypted : tls.inPod || tls.external);
  values.fact('exposed', service.external);
  values.fact('routeCertificate', route?.tls !== undefined);
  values.fact('nodesComeApart', nodesComeApart(registry));
  values.fact('storageIsShared', storage.shared);
  values.fact('page', ui === undefined ? 'none' : ui.host === registry.host ? 'onHost' : 'onOwnHost');
}

/** Where users come from. */
function usersOf({ auth }: Registry): string {
  if (auth.anonymous) return 'none';
  const [user] = auth.userNames;
  if (user === undefined) return 'secret';
  return auth.showPasswordCommand(user) === undefined ? 'given' : 'generated';
}
