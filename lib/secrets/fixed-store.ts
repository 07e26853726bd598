// The fixed store: dummy secrets for snapshot tests, which fail closed if they are ever deployed.

import { type Problem } from '../core/problem';
import { RegistryIdentity } from '../core/registry-part';
import {
  CertificateRequest,
  HtpasswdRequest,
  IssuedCertificate,
  RegistryStore,
  StoredHtpasswdEntry,
} from './store';

/**
 * Well-formed, but no known password gives this digest: salt and digest were written by hand, not computed.
 */
const HASH_NO_PASSWORD_MATCHES = '$2b$05$fixed.store.for.tests.onlyNoPasswordMatchesThisDigest';

/** Expired on 2000-01-02, for `registry.invalid`; its private key was never stored. */
const EXPIRED_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBeDCCAR6gAwIBAgIBATAKBggqhkjOPQQDAjA1MTMwMQYDVQQDEypleHBpcmVk
IHRlc3QgY2VydGlmaWNhdGUgb2YgY2RrOHMtcmVnaXN0cnkwHhcNMDAwMTAxMDAw
MDAwWhcNMDAwMTAyMDAwMDAwWjA1MTMwMQYDVQQDEypleHBpcmVkIHRlc3QgY2Vy
dGlmaWNhdGUgb2YgY2RrOHMtcmVnaXN0cnkwWTATBgcqhkjOPQIBBggqhkjOPQMB
BwNCAAT1XKhq2rFPPOep3OidGBShXgvyLTzKNuAL8Wyh3K03hfIOI3jC41HOk64s
RNXtniGU2QMO+uvVdtnrNt7IU326ox8wHTAbBgNVHREEFDASghByZWdpc3RyeS5p
bnZhbGlkMAoGCCqGSM49BAMCA0gAMEUCIFUjiIGVq1/q+vM+J406a3h5po+dpCPF
SOeDviqcqRsAAiEAsj3gbPjGmjN7sMj+dkg4u7XS3HvTRUZWlIoskTJ3S0c=
-----END CERTIFICATE-----
`;

const NO_KEY = 'This is not a key: it stands in for one in snapshot tests.\n';

/**
 * Deterministic dummy values for snapshot tests, for CI without a local store.
 *
 * They fail closed if they are ever deployed: no password matches the hash, the certificate has expired and
 * its key is invalid. `RegistryApp` refuses to write them.
 *
 * @example
 * new FixedStore().useIn(app);
 * new Registry(chart, 'registry', { ingress: {} });
 * expect(Testing.synth(chart)).toMatchSnapshot();
 */
export class FixedStore extends RegistryStore {
  public readonly dummy = true;

  /** @internal */
  public _problems(_owner: RegistryIdentity): Problem[] {
    return [];
  }

  /** @internal */
  public _htpasswdEntry(_owner: RegistryIdentity, { user }: HtpasswdRequest): StoredHtpasswdEntry {
    return { line: `${user}:${HASH_NO_PASSWORD_MATCHES}`, password: 'fixed-store-for-tests-only-password' };
  }

  /** @internal */
  public _knowsPassword(_owner: RegistryIdentity, _request: HtpasswdRequest): boolean {
    return true;
  }

  /** @internal */
  public _secret(_owner: RegistryIdentity, entry: string): string {
    return `fixed-store-for-tests-only-${entry}`;
  }

  /** @internal */
  public _certificate(_owner: RegistryIdentity, _request: CertificateRequest): IssuedCertificate {
    return { certificate: EXPIRED_CERTIFICATE, privateKey: NO_KEY, ca: EXPIRED_CERTIFICATE };
  }
}
