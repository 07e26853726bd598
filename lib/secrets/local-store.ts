// The local store: a folder per registry, a file per entry. Defines what entries contain, when they can be
// reused, and how new ones are created; store-folder.ts manages the files.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Problem, problemOf } from '../core/problem';
import { RegistryIdentity } from '../core/registry-part';
import { fileWord } from '../core/shell';
import { authoritiesNow, needsNext, readAuthorities, writeAuthorities } from './ca-rotation';
import { fitsRequest, readPair, writePair } from './certificate';
import { issueChain } from './certificate-authority';
import { BCRYPT_HASH, costOf, hashPassword, passwordMatches, randomText } from './passwords';
import {
  CertificateRequest,
  HtpasswdRequest,
  IssuedCertificate,
  RegistryStore,
  StoredHtpasswdEntry,
  StoreLocation,
} from './store';
import { madeOn, StoreError, StoreFolder } from './store-folder';

/** Entries and their validation; an invalid one is found before anything is written. */
const ENTRIES: readonly { readonly name: RegExp; readonly problem: (text: string) => string | undefined }[] =
  [
    {
      name: /\.htpasswd$/,
      problem: (text) => (isLine(text.trim()) ? undefined : 'is not a line of an htpasswd file'),
    },
    {
      name: /\.password$/,
      problem: (text) => (readGenerated(text) ? undefined : 'is not a password and its htpasswd line'),
    },
    {
      name: /^http-secret$/,
      problem: (text) => (/^[A-Za-z0-9]{22,}\n$/.test(text) ? undefined : 'is not a generated secret'),
    },
    { name: /^ca$/, problem: (text) => faultOf(() => readAuthorities(text)) },
    { name: /^tls$/, problem: (text) => faultOf(() => readPair(text)) },
  ];

/** Options of a `LocalStore`. */
export interface LocalStoreOptions {
  /**
   * The folder, created when first needed.
   *
   * @default - `.registry` in the folder in which the app is synthesized, or in the closest one above that
   * has a `.registry`, a `cdk8s.yaml` or a `package.json`
   */
  readonly directory?: string;
}

/**
 * Keeps secrets in a folder on this machine (mode 0700, files 0600, ignored by git), with a subfolder for
 * each namespace and registry.
 *
 * Protect it like a password: it contains generated passwords and the CA's key. Copy it to synthesize the
 * same manifests on another machine. It is written only after an app has passed validation, and concurrent
 * syntheses agree on its contents. Delete a file in it to regenerate that secret.
 *
 * @example
 * new LocalStore({ directory: 'secrets/registry' }).useIn(app);
 * new Registry(chart, 'registry', { ingress: {} });
 */
export class LocalStore extends RegistryStore {
  public readonly dummy = false;
  private readonly directory: string;
  private readonly folders = new Map<string, StoreFolder>();

  /** @param options location of the folder */
  constructor(options: LocalStoreOptions = {}) {
    super();
    // JavaScript callers may pass a string; it is reported as an invalid directory.
    const { directory = usualFolder() } =
      typeof options === 'object' ? options : { directory: null as never };
    this.directory = directory;
  }

  /** @internal */
  public _problems(owner: RegistryIdentity): Problem[] {
    if (typeof this.directory !== 'string' || this.directory === '') {
      return [problemOf('store-not-a-folder-name', 'store', { value: this.directory })];
    }
    const { folder } = this.folder(owner);
    try {
      const existing = this.nearestFolder(owner);
      if (!fs.statSync(existing).isDirectory())
        return [problemOf('store-is-a-file', 'store', { folder: existing })];
      fs.accessSync(existing, fs.constants.R_OK | fs.constants.X_OK);
      return this.folder(owner).files.flatMap((file) => {
        const name = file.replace(/\.\d+$/, '');
        const entry = ENTRIES.find((known) => known.name.test(name));
        const wrong = entry?.problem(fs.readFileSync(path.join(folder, file), 'utf8'));
        return wrong
          ? [problemOf('store-entry-broken', 'store', { file: path.join(folder, file), reason: wrong })]
          : [];
      });
    } catch (error) {
      return [problemOf('store-unreadable', 'store', { folder, reason: reason(error) })];
    }
  }

  /** @internal */
  public _missing(owner: RegistryIdentity, fill: () => void): Problem[] {
    if (this._problems(owner).length > 0 || canWrite(this.nearestFolder(owner))) return [];
    try {
      fill();
    } catch (error) {
      // Any other error results from problems in the app, which are reported elsewhere.
      if (error instanceof StoreError) return [error.problem];
    }
    return [];
  }

  /** @internal */
  public get _location(): StoreLocation {
    return { folder: this.directory, since: madeOn(this.directory) };
  }

  /** RegistryAuth (auth/auth.ts) joins the entries to the htpasswd file. @internal */
  public _htpasswdEntry(owner: RegistryIdentity, request: HtpasswdRequest): StoredHtpasswdEntry {
    const { user, password, cost } = request;
    if (password !== undefined) {
      const line = this.entry(
        owner,
        `${user}.htpasswd`,
        (text) => costOf(hashOf(text)) === cost.given && passwordMatches(password, hashOf(text)),
        () => `${user}:${hashPassword(password, cost.given)}\n`,
      );
      return { line: line.trim(), password };
    }
    const given = request.keepGiven ? this.folder(owner).read(`${user}.htpasswd`) : undefined;
    if (given !== undefined) return { line: given.trim() };
    const generated = this.entry(
      owner,
      `${user}.password`,
      (text) => [cost.generated, ...(cost.kept ?? [])].includes(costOf(hashOf(text))),
      (before) => {
        const kept = before === undefined ? randomText() : (readGenerated(before)?.password ?? randomText());
        return `${kept}\n${user}:${hashPassword(kept, cost.generated)}\n`;
      },
    );
    const { line = '', password: kept } = readGenerated(generated) ?? {};
    return {
      line,
      password: kept,
      show: `head -n 1 ${fileWord(this.folder(owner).pathOf(`${user}.password`))}`,
    };
  }

  /** @internal */
  public _knowsPassword(owner: RegistryIdentity, { user, password, keepGiven }: HtpasswdRequest): boolean {
    // Passwords given earlier are stored only as hashes.
    return (
      password !== undefined || !keepGiven || this.folder(owner).fileOf(`${user}.htpasswd`) === undefined
    );
  }

  /** @internal */
  public _secret(owner: RegistryIdentity, entry: string): string {
    return this.entry(
      owner,
      entry,
      () => true,
      () => `${randomText(43)}\n`,
    ).trim();
  }

  /** @internal */
  public _certificate(owner: RegistryIdentity, request: CertificateRequest): IssuedCertificate {
    const folder = this.folder(owner);
    const authorities = () => readAuthorities(folder.read('ca'));
    const known = () => {
      const stored = authorities();
      const now = authoritiesNow(stored);
      const leaf = folder.read('tls');
      if (
        !now ||
        needsNext(stored) ||
        leaf === undefined ||
        !fitsRequest(readPair(leaf), request, now.signer)
      )
        return undefined;
      const { certificate, privateKey } = readPair(leaf);
      return {
        certificate,
        privateKey,
        ca: now.trusted.map((ca) => ca.certificate).join(''),
        change: now.change,
      };
    };
    const make = () => {
      const stored = authorities();
      const chain = needsNext(stored) ? issueChain(request) : undefined;
      if (chain) folder.write('ca', writeAuthorities([...stored, chain.ca]));
      const signer = authoritiesNow(authorities())?.signer;
      const leaf = folder.read('tls');
      if (!signer || (leaf !== undefined && fitsRequest(readPair(leaf), request, signer))) return;
      folder.write(
        'tls',
        writePair(
          chain?.ca.privateKey.trim() === signer.privateKey.trim()
            ? chain.leaf
            : issueChain(request, signer).leaf,
        ),
      );
    };
    return folder.readOrCreate(folder.read('ca') === undefined ? 'ca' : 'tls', known, make);
  }

  /** Reads an entry; creates it under the folder's lock if it is missing or `fits` rejects it. */
  private entry(
    owner: RegistryIdentity,
    entry: string,
    fits: (text: string) => boolean,
    make: (before?: string) => string,
  ): string {
    const folder = this.folder(owner);
    const known = () => {
      const text = folder.read(entry);
      return text !== undefined && fits(text) ? text : undefined;
    };
    return folder.readOrCreate(entry, known, () => folder.write(entry, make(folder.read(entry))));
  }

  /** The store's folder for a registry, or its closest existing parent. */
  private nearestFolder(owner: RegistryIdentity): string {
    let folder = path.resolve(this.folder(owner).folder);
    while (!fs.existsSync(folder)) folder = path.dirname(folder);
    return folder;
  }

  private folder(owner: RegistryIdentity): StoreFolder {
    const name = path.join(this.directory, owner.namespace ?? '_', owner.name);
    const folder = this.folders.get(name) ?? new StoreFolder(this.directory, name);
    this.folders.set(name, folder);
    return folder;
  }
}

/**
 * Finds the same store from any folder of an app. Otherwise another one would be created: clients would need
 * new passwords and a new CA.
 */
function usualFolder(): string {
  const here = process.cwd();
  for (let folder = here; ; folder = path.dirname(folder)) {
    if (['.registry', 'cdk8s.yaml', 'package.json'].some((name) => fs.existsSync(path.join(folder, name))))
      return path.join(path.relative(here, folder), '.registry');
    if (folder === path.dirname(folder)) return '.registry';
  }
}

function canWrite(folder: string): boolean {
  try {
    fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isLine(line: string): boolean {
  return BCRYPT_HASH.test(line.slice(line.indexOf(':') + 1)) && line.indexOf(':') > 0;
}

/** The hash on the last line of an entry. */
function hashOf(text: string): string {
  return text.trim().slice(text.trim().lastIndexOf(':') + 1);
}

function readGenerated(text: string): { password: string; line: string } | undefined {
  const [password, line, ...more] = text.trimEnd().split('\n');
  return password && line && more.length === 0 && /^[A-Za-z0-9]{22,}$/.test(password) && isLine(line)
    ? { password, line }
    : undefined;
}

function faultOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function reason(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
