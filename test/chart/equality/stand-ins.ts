// What tools/helm-render puts in the place of what a release generates, said by a store: the constructs then
// make the same texts.
import { FixedStore } from '../../../lib';
import type { RegistryIdentity } from '../../../lib/core/registry-part';
import type {
  CertificateRequest,
  HtpasswdRequest,
  IssuedCertificate,
  StoredHtpasswdEntry,
} from '../../../lib/secrets/store';

const KEY = 'stand-in for a key: ecdsa';
const PASSWORD = 'x'.repeat(24);

/** Keeps what it is asked for. */
export class StandInStore extends FixedStore {
  login?: { readonly user: string; readonly password: string };
  authority?: { readonly certificate: string; readonly key: string };
  request?: CertificateRequest;

  override _htpasswdEntry(
    { name, namespace }: RegistryIdentity,
    { user }: HtpasswdRequest,
  ): StoredHtpasswdEntry {
    this.login = { user, password: PASSWORD };
    const show = `kubectl -n ${namespace} get secret ${name}-login -o jsonpath='{.data.password}' | base64 -d`;
    return { line: `${user}:stand-in for a hash of ${PASSWORD}`, password: PASSWORD, show };
  }

  override _secret(): string {
    return 'x'.repeat(43);
  }

  override _certificate({ name }: RegistryIdentity, request: CertificateRequest): IssuedCertificate {
    const hosts = [...new Set(request.hosts)];
    const isAddress = (host: string) => host.includes(':') || /^[0-9]+(\.[0-9]+){3}$/.test(host);
    const ca = `stand-in for a CA: ${`${name} CA`.slice(0, 64)}, 7300 days`;
    this.request = request;
    this.authority = { certificate: ca, key: KEY };
    const list = (all: readonly string[]) => `[${all.join(' ')}]`;
    const names = `${list(hosts.filter(isAddress))}, ${list(hosts.filter((host) => !isAddress(host)))}`;
    return {
      certificate: `stand-in for a certificate: registry, ${names}, ${request.days} days, by ${ca}`,
      privateKey: KEY,
      ca,
    };
  }
}
