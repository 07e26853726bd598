// The registry that a set of values means, made without Helm: with stand-ins for what a release generates.

import { App, Chart, Testing } from 'cdk8s';
import { FixedStore, Registry } from '../../lib';
import { RegistryIdentity } from '../../lib/core/registry-part';
import type {
  CertificateRequest,
  HtpasswdRequest,
  IssuedCertificate,
  StoredHtpasswdEntry,
} from '../../lib/secrets/store';
import type { Manifest } from '../support/synth';
import type { ValueSet } from './value-sets/value-set';

export const NAMESPACE = 'images-of-all';

/** What stands for what a release generates. */
export const STAND_INS = {
  line: 'stand-in for a line of htpasswd',
  httpSecret: 'stand-in for what replicas share',
  certificate: 'stand-in for a certificate',
  privateKey: 'stand-in for a key',
  ca: 'stand-in for a CA',
} as const;

/** Keeps what it is asked for. */
export class AskedStore extends FixedStore {
  user?: string;
  certificate?: CertificateRequest;

  override _htpasswdEntry(_owner: RegistryIdentity, { user }: HtpasswdRequest): StoredHtpasswdEntry {
    this.user = user;
    return { line: STAND_INS.line, show: 'a command that shows it' };
  }

  override _secret(): string {
    return STAND_INS.httpSecret;
  }

  override _certificate(_owner: RegistryIdentity, request: CertificateRequest): IssuedCertificate {
    this.certificate = request;
    return { certificate: STAND_INS.certificate, privateKey: STAND_INS.privateKey, ca: STAND_INS.ca };
  }
}

/** A registry without Helm. */
export interface PlainRegistry {
  readonly name: string;
  readonly objects: readonly Manifest[];
  /** The user whose password is generated, if one is. */
  readonly user?: string;
  /** What the certificate must be good for that is generated, if one is. */
  readonly certificate?: CertificateRequest;
}

/** Makes the registry that the props say. */
export function plainRegistry({ props, more, fullname, release = 'registry' }: ValueSet): PlainRegistry {
  const app: App = Testing.app();
  const store = new AskedStore();
  store.useIn(app);
  const chart = new Chart(app, 'chart');
  const name = fullname ?? release;
  const registry = new Registry(chart, 'registry', { name, namespace: NAMESPACE, ...props(chart) });
  more?.(chart, registry);
  const problems = chart.node.findAll().flatMap((construct) => construct.node.validate());
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const objects = Testing.synth(chart) as Manifest[];
  return { name, objects, user: store.user, certificate: store.certificate };
}
