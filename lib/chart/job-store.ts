// The store of a release whose secrets a Job makes in the cluster: words in the place of texts, which the
// Job's script fills in.
import type { Problem } from '../core/problem';
import type { RegistryIdentity } from '../core/registry-part';
import {
  type CertificateRequest,
  type HtpasswdRequest,
  type IssuedCertificate,
  RegistryStore,
  type StoredHtpasswdEntry,
} from '../secrets/store';

/** Words that chart/registry/files/make-secrets.sh replaces. */
export const FILLED = {
  httpSecret: '@http-secret@',
  cachePassword: '@cache-password@',
  password: '@password@',
  passwordDigest: '@password-digest@',
  hash: '@hash@',
  ca: '@ca.crt@',
  caKey: '@ca.key@',
  certificate: '@tls.crt@',
  privateKey: '@tls.key@',
  renewAfter: '@renew-after@',
} as const;

/** Knows no secret, so that all renderings are the same. */
export class JobStore extends RegistryStore {
  public readonly dummy = false;
  /** Hosts of the certificate, once it was asked for. */
  public hosts: readonly string[] = [];

  public _problems(): Problem[] {
    return [];
  }

  public _htpasswdEntry(
    { name, namespace }: RegistryIdentity,
    { user }: HtpasswdRequest,
  ): StoredHtpasswdEntry {
    const show = `kubectl -n ${namespace} get secret ${name}-login -o jsonpath='{.data.password}' | base64 -d`;
    return { line: `${user}:${FILLED.hash}`, show };
  }

  /** What needs it is refused in words of its own. */
  public _knowsPassword(): boolean {
    return true;
  }

  public _secret(_owner: RegistryIdentity, entry: string): string {
    return entry === 'descriptor-cache' ? FILLED.cachePassword : FILLED.httpSecret;
  }

  public _certificate(_owner: RegistryIdentity, { hosts }: CertificateRequest): IssuedCertificate {
    this.hosts = [...new Set(hosts)];
    return { certificate: FILLED.certificate, privateKey: FILLED.privateKey, ca: FILLED.ca };
  }
}
