// The local store: a folder with one file per entry. Entries are first-writer-wins: written aside, hard-linked to their place (which fails if
// another synth was there first) and read again. An entry that no longer fits is followed by its next generation (`http-secret.2`), by the same rule.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { shown } from '../validation/check';
import { fitsRequest, KeyPair, outlives, ReadPair, readPair, writePair } from './certificate';
import { Chain, issueChain } from './issuer';
import { BCRYPT_HASH, costOf, hashPassword, passwordMatches, randomText } from './passwords';
import { CertificateRequest, IssuedCertificate, LoginRequest, RegistryStore, StoredLogin, StoreOwner } from './store';

/** Entries by what they hold; a wrong one is found before anything is written. */
const ENTRIES: readonly { readonly name: RegExp; readonly problem: (text: string) => string | undefined }[] = [
  { name: /\.htpasswd$/, problem: (text) => (isLine(text.trim()) ? undefined : 'is not a line of an htpasswd file') },
  { name: /\.password$/, problem: (text) => (readGenerated(text) ? undefined : 'is not a password and its htpasswd line') },
  { name: /^http-secret$/, problem: (text) => (/^[A-Za-z0-9]{22,}\n$/.test(text) ? undefined : 'is not a generated secret') },
  { name: /^(ca|tls)$/, problem: storedPairProblem },
];

/**
 * Keeps secrets in a folder on this machine (mode 0700, files 0600, ignored by git), with a folder for each namespace and registry in it.
 *
 * Keep it like a password: it holds generated passwords and the CA's key. Copy it to synthesize the same manifests on another machine.
 * It is filled only after an app has passed validation, and several synths at once agree on what they put in. Delete a file in it to have
 * that one secret made anew.
 */
export class LocalStore extends RegistryStore {
  public readonly dummy = false;
  private readonly directory: string;
  private readonly known = new Map<string, string[]>();

  /**
   * @param directory the folder, made when it is first needed. Default: `.registry` in the folder in which the app is synthesized
   */
  constructor(directory: string = '.registry') {
    super();
    this.directory = directory;
  }

  /** @internal */
  public _problems(owner: StoreOwner): string[] {
    if (typeof this.directory !== 'string' || this.directory === '') {
      return [`store: ${shown(this.directory)} is not the name of a folder; write e.g. new LocalStore('.registry')`];
    }
    try {
      const existing = this.nearestFolder(owner);
      if (!fs.statSync(existing).isDirectory()) return [`store: ${existing} is a file; name another folder, or move it away`];
      fs.accessSync(existing, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
      return this.entries(owner).flatMap((file) => {
        const name = file.replace(/\.\d+$/, '');
        const entry = ENTRIES.find((known) => known.name.test(name));
        const wrong = entry?.problem(fs.readFileSync(path.join(this.folder(owner), file), 'utf8'));
        return wrong
          ? [`store: ${path.join(this.folder(owner), file)} ${wrong}; restore it from a copy, or delete it to have a new one made`]
          : [];
      });
    } catch (error) {
      return [
        `store: ${this.folder(owner)} can't be read (${reason(error)}); make it a folder that you can read and write, or delete it to have new secrets made`,
      ];
    }
  }

  /** @internal */
  public _login(owner: StoreOwner, request: LoginRequest): StoredLogin {
    const { user, password, cost } = request;
    if (password !== undefined) {
      const line = this.keep(
        owner,
        `${user}.htpasswd`,
        (text) => costOf(hashOf(text)) === cost.given && passwordMatches(password, hashOf(text)),
        () => `${user}:${hashPassword(password, cost.given)}\n`,
      );
      return { line: line.trim(), password };
    }
    const given = request.keepGiven ? this.read(owner, `${user}.htpasswd`) : undefined;
    if (given !== undefined) return { line: given.trim() };
    const generated = this.keep(
      owner,
      `${user}.password`,
      (text) => costOf(hashOf(text)) === cost.generated,
      (before) => {
        const kept = before === undefined ? randomText() : (readGenerated(before)?.password ?? randomText());
        return `${kept}\n${user}:${hashPassword(kept, cost.generated)}\n`;
      },
    );
    const { line = '', password: kept } = readGenerated(generated) ?? {};
    return { line, password: kept, show: this.showCommand(owner, user) };
  }

  /** @internal */
  public _knowsPassword(owner: StoreOwner, { user, password, keepGiven }: LoginRequest): boolean {
    // What was given earlier is kept as a hash only.
    return password !== undefined || !keepGiven || this.current(owner, `${user}.htpasswd`) === undefined;
  }

  /** @internal */
  public _secret(owner: StoreOwner, entry: string): string {
    return this.keep(
      owner,
      entry,
      () => true,
      () => `${randomText(43)}\n`,
    ).trim();
  }

  /** @internal */
  public _certificate(owner: StoreOwner, request: CertificateRequest): IssuedCertificate {
    let chain: Chain | undefined;
    const newChain = () => {
      chain = issueChain(request);
      return chain;
    };
    const fitsCa = (pair: ReadPair) => outlives(pair, request.days);
    const ca = this.pair(owner, 'ca', fitsCa, () => newChain().ca);
    const fitsLeaf = (pair: ReadPair) => fitsRequest(pair, request, ca);
    // Another synth's CA may have been first, and then the leaf that came with ours is none of it.
    const leaf = this.pair(owner, 'tls', fitsLeaf, () =>
      chain?.ca.privateKey.trim() === ca.privateKey.trim() ? chain.leaf : issueChain(request, ca).leaf,
    );
    return { certificate: leaf.certificate, privateKey: leaf.privateKey, ca: ca.certificate };
  }

  private showCommand(owner: StoreOwner, user: string): string {
    return `head -n 1 ${quoted(path.join(this.folder(owner), this.current(owner, `${user}.password`) ?? `${user}.password`))}`;
  }

  private pair(owner: StoreOwner, entry: string, fits: (pair: ReadPair) => boolean, make: () => KeyPair): ReadPair {
    return readPair(
      this.keep(
        owner,
        entry,
        (text) => fits(readPair(text)),
        () => writePair(make()),
      ),
    );
  }

  /** The current generation of an entry if it fits, else a new one. */
  private keep(owner: StoreOwner, entry: string, fits: (text: string) => boolean, make: (before?: string) => string): string {
    for (let attempt = 0; attempt < 9; attempt += 1) {
      const file = this.current(owner, entry);
      const text = file === undefined ? undefined : fs.readFileSync(path.join(this.folder(owner), file), 'utf8');
      if (text !== undefined && fits(text)) return text;
      this.write(owner, nextGeneration(entry, file), make(text));
    }
    throw new Error(
      `store: ${path.join(this.folder(owner), entry)} does not keep what is put in; is another synth with other settings using this folder?`,
    );
  }

  private read(owner: StoreOwner, entry: string): string | undefined {
    const file = this.current(owner, entry);
    return file === undefined ? undefined : fs.readFileSync(path.join(this.folder(owner), file), 'utf8');
  }

  /** The store's folder for a registry, or the closest one above that exists. */
  private nearestFolder(owner: StoreOwner): string {
    let folder = path.resolve(this.folder(owner));
    while (!fs.existsSync(folder)) folder = path.dirname(folder);
    return folder;
  }

  /** Puts a file into its place, unless another synth did so first. */
  private write(owner: StoreOwner, file: string, text: string): void {
    const folder = this.folder(owner);
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!fs.existsSync(path.join(this.directory, '.gitignore')))
      fs.writeFileSync(path.join(this.directory, '.gitignore'), '*\n', { mode: 0o600 });
    const aside = path.join(folder, `.${file}.${process.pid}.${randomText(8)}`);
    fs.writeFileSync(aside, text, { mode: 0o600, flag: 'wx' });
    try {
      fs.linkSync(aside, path.join(folder, file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      fs.rmSync(aside);
    }
    this.known.delete(folder);
  }

  private current(owner: StoreOwner, entry: string): string | undefined {
    const generations = this.entries(owner).filter(
      (file) => file === entry || (file.startsWith(`${entry}.`) && /^\d+$/.test(file.slice(entry.length + 1))),
    );
    return generations.sort((a, b) => generationOf(entry, a) - generationOf(entry, b)).pop();
  }

  private entries(owner: StoreOwner): string[] {
    const folder = this.folder(owner);
    const known = this.known.get(folder);
    if (known) return known;
    // The listing is kept: only this object adds files, and a file that another synth added meanwhile makes the link fail.
    const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((file) => !file.startsWith('.')) : [];
    this.known.set(folder, files);
    return files;
  }

  private folder(owner: StoreOwner): string {
    return path.join(this.directory, owner.namespace ?? '_', owner.name);
  }
}

function generationOf(entry: string, file: string): number {
  return file === entry ? 1 : Number(file.slice(entry.length + 1));
}

function nextGeneration(entry: string, file: string | undefined): string {
  return file === undefined ? entry : `${entry}.${generationOf(entry, file) + 1}`;
}

function isLine(line: string): boolean {
  return BCRYPT_HASH.test(line.slice(line.indexOf(':') + 1)) && line.indexOf(':') > 0;
}

/** The hash in the last line of an entry. */
function hashOf(text: string): string {
  return text.trim().slice(text.trim().lastIndexOf(':') + 1);
}

function readGenerated(text: string): { password: string; line: string } | undefined {
  const [password, line, ...more] = text.trimEnd().split('\n');
  return password && line && more.length === 0 && /^[A-Za-z0-9]{22,}$/.test(password) && isLine(line) ? { password, line } : undefined;
}

function storedPairProblem(text: string): string | undefined {
  try {
    readPair(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** For a shell. */
function quoted(file: string): string {
  return /^[\w./@+-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
}

function reason(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
