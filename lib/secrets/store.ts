// Keeps generated secrets between syntheses, so that the same input gives the same bytes. The two kinds of
// store have their own files.

import { Construct, IConstruct } from 'constructs';
import { type Problem } from '../core/problem';
import { RegistryIdentity } from '../core/registry-part';

/** A user's htpasswd entry in the store. @internal */
export interface StoredHtpasswdEntry {
  /** Line for the htpasswd file. */
  readonly line: string;
  /** Command that prints the password, if the store knows it. */
  readonly show?: string;
  /** The password, if known: given in this synthesis, or generated. */
  readonly password?: string;
}

/** Requirements for a certificate. @internal */
export interface CertificateRequest {
  readonly hosts: readonly string[];
  readonly keyType: string;
  readonly days: number;
}

/**
 * A server certificate with its key and the CAs that clients should trust, the signing one first; all PEM.
 * @internal
 */
export interface IssuedCertificate {
  readonly certificate: string;
  readonly privateKey: string;
  readonly ca: string;
  /** Present if the CA changes, or has changed within a year. */
  readonly change?: AuthorityChange;
}

/** A CA rotation. Times are in milliseconds, as in `Date`. @internal */
export interface AuthorityChange {
  /** When the old CA expires. */
  readonly oldEnds: number;
  /** When the new CA starts to sign. */
  readonly from: number;
  /** Whether the new CA signs already. */
  readonly done: boolean;
}

/** Location of a store. @internal */
export interface StoreLocation {
  readonly folder: string;
  /** The day on which the store was created, if known. */
  readonly since?: string;
}

/** Request for a user's htpasswd entry. @internal */
export interface HtpasswdRequest {
  readonly user: string;
  /** The password, or undefined to reuse the stored entry or generate one. */
  readonly password?: string;
  /** Whether an entry from a password given earlier may be reused. */
  readonly keepGiven: boolean;
  /**
   * bcrypt costs of given and of generated passwords, and of existing hashes of generated ones that stay as
   * they are.
   */
  readonly cost: { readonly given: number; readonly generated: number; readonly kept?: readonly number[] };
}

const stores = new WeakMap<IConstruct, RegistryStore>();

/**
 * Keeps random values (passwords, bcrypt salts, certificates, the HTTP secret) between syntheses.
 *
 * By default, every app uses a `LocalStore`. Snapshot tests use a `FixedStore`.
 */
export abstract class RegistryStore {
  /** The store that was set for exactly this construct. @internal */
  public static _setFor(construct: IConstruct): RegistryStore | undefined {
    return stores.get(construct);
  }

  /** Whether the values are dummies that must not be deployed. */
  public abstract readonly dummy: boolean;

  /**
   * Sets this store for all registries in a scope.
   *
   * @param scope an app, a chart or any construct; the closest one above a registry takes effect
   */
  public useIn(scope: Construct): void {
    stores.set(scope, this);
  }

  /** Problems that keep the store from serving a registry. Changes nothing. @internal */
  public abstract _problems(owner: RegistryIdentity): Problem[];
  /**
   * Values that must be created but can't be kept, because the store is read-only. Changes nothing.
   *
   * @param fill requests everything that the owner's part needs; called only if the store is read-only
   * @internal
   */
  public _missing(_owner: RegistryIdentity, _fill: () => void): Problem[] {
    return [];
  }
  /** Location of the store, for users to keep. @internal */
  public get _location(): StoreLocation | undefined {
    return undefined;
  }

  /** The user's entry, created if it is missing or does not fit the request. @internal */
  public abstract _htpasswdEntry(owner: RegistryIdentity, request: HtpasswdRequest): StoredHtpasswdEntry;
  /** Whether `_htpasswdEntry` returns the password. Changes nothing. @internal */
  public abstract _knowsPassword(owner: RegistryIdentity, request: HtpasswdRequest): boolean;
  /** A secret string of at least 128 random bits. @internal */
  public abstract _secret(owner: RegistryIdentity, entry: string): string;
  /** @internal */
  public abstract _certificate(owner: RegistryIdentity, request: CertificateRequest): IssuedCertificate;
}
