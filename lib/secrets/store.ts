// Where generated secrets stay between two synths, so that the same input gives the same bytes. The two kinds of store are in files beside this one.

import { Construct, IConstruct } from 'constructs';
import { type Problem } from '../core/problem';

/** Whose secrets are meant. */
export interface StoreOwner {
  /** Name of the registry. */
  readonly name: string;
  /**
   * Namespace of the registry.
   *
   * @default - the one that `kubectl` uses
   */
  readonly namespace?: string;
}

/** A user's login as the store keeps it. @internal */
export interface StoredLogin {
  /** Line for the htpasswd file. */
  readonly line: string;
  /** Command that prints the password, where the store knows it. */
  readonly show?: string;
  /** The password, where it is known: it was given just now, or generated. */
  readonly password?: string;
}

/** What a certificate must be good for. @internal */
export interface CertificateRequest {
  readonly hosts: readonly string[];
  readonly keyType: string;
  readonly days: number;
}

/** A server certificate with its key and the CAs that clients should trust, the one that signed it first; all PEM. @internal */
export interface IssuedCertificate {
  readonly certificate: string;
  readonly privateKey: string;
  readonly ca: string;
  /** Where the CA changes, or has changed within a year. */
  readonly change?: AuthorityChange;
}

/** One CA follows another. Moments are in milliseconds, as `Date` has them. @internal */
export interface AuthorityChange {
  /** When the old one ends. */
  readonly oldEnds: number;
  /** From when on the new one signs. */
  readonly from: number;
  /** Does it sign already? */
  readonly done: boolean;
}

/** Where a store keeps what it holds. @internal */
export interface StorePlace {
  readonly folder: string;
  /** The day on which the store was made, where that is known. */
  readonly since?: string;
}

/** How a user's password is known. @internal */
export interface LoginRequest {
  readonly user: string;
  /** The password, or undefined to take the stored line, or to generate one. */
  readonly password?: string;
  /** May a line that was made from a password given earlier still serve? */
  readonly keepGiven: boolean;
  /** bcrypt cost of a password that is given, and of one that is generated; and of hashes of generated ones that stay as they are. */
  readonly cost: { readonly given: number; readonly generated: number; readonly kept?: readonly number[] };
}

const stores = new WeakMap<IConstruct, RegistryStore>();

/**
 * Keeps what must be random (passwords, bcrypt salts, certificates, the HTTP secret) from one synth to the next.
 *
 * Without being told, every app uses a `LocalStore`. Snapshot tests use a `FixedStore`.
 */
export abstract class RegistryStore {
  /** The store that was set for this very construct. @internal */
  public static _setFor(construct: IConstruct): RegistryStore | undefined {
    return stores.get(construct);
  }

  /** Are the values dummies, not to be deployed? */
  public abstract readonly dummy: boolean;

  /**
   * Makes all registries in a scope use this store.
   *
   * @param scope an app, a chart or any construct; the closest one above a registry counts
   */
  public useIn(scope: Construct): void {
    stores.set(scope, this);
  }

  /** What keeps the store from serving a registry, if anything. Changes nothing. @internal */
  public abstract _problems(owner: StoreOwner): Problem[];
  /**
   * What must be made and can't be kept, where the store can't be written to. Changes nothing.
   *
   * @param fill asks the store for all that the owner's part needs
   * @internal
   */
  public _missing(_owner: StoreOwner, _fill: () => void): Problem[] {
    return [];
  }
  /** Where it is, for people to keep. @internal */
  public get _place(): StorePlace | undefined {
    return undefined;
  }

  /** @internal */
  public abstract _login(owner: StoreOwner, request: LoginRequest): StoredLogin;
  /** Will the answer of `_login` have the password? Changes nothing. @internal */
  public abstract _knowsPassword(owner: StoreOwner, request: LoginRequest): boolean;
  /** A secret text of at least 128 random bits. @internal */
  public abstract _secret(owner: StoreOwner, entry: string): string;
  /** @internal */
  public abstract _certificate(owner: StoreOwner, request: CertificateRequest): IssuedCertificate;
}
