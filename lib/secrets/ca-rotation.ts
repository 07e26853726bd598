// CA rotation: which CA signs, and which CAs clients trust. In a CA's last year `ca.crt` contains the next
// one too, so that clients can be given both. During the first half of their common lifetime the old CA still
// signs, so that clients that know only that one keep working; then the next one signs, which clients given
// `ca.crt` meanwhile trust. (Cross-signing doesn't work: these CAs may sign no other CAs.)
import { daysLeft, hasBegun, hasEnded, pairsIn, ReadPair, writePair } from './certificate';
import { AuthorityChange } from './store';

/** The signing CA, and all valid CAs, the signing one first: some clients read only the first. */
export interface Authorities {
  readonly signer: ReadPair;
  readonly trusted: readonly ReadPair[];
  readonly change?: AuthorityChange;
}

/**
 * Reads an entry with CAs and their keys. Expired and not yet valid ones stay in it: if the clock was wrong,
 * they are the valid ones. Throws an Error that describes other contents.
 */
export function readAuthorities(text: string | undefined): ReadPair[] {
  return text === undefined ? [] : pairsIn(text);
}

/** The string that {@link readAuthorities} reads. */
export function writeAuthorities(
  pairs: readonly { readonly certificate: string; readonly privateKey: string }[],
): string {
  return pairs.map(writePair).join('');
}

/** Whether the next CA must be issued. */
export function needsNext(pairs: readonly ReadPair[]): boolean {
  const latest = goodOnes(pairs).pop();
  return latest === undefined || daysLeft(latest.parsed) < 365;
}

/** The CAs that are valid now, or undefined if none is. */
export function authoritiesNow(pairs: readonly ReadPair[]): Authorities | undefined {
  const good = goodOnes(pairs);
  let [signer, ...later] = good;
  if (!signer) return undefined;
  let change: AuthorityChange | undefined;
  for (const next of later) {
    const from = handover(signer, next);
    if (Date.now() < from) {
      change ??= { oldEnds: endOf(signer), from, done: false };
      continue;
    }
    change = { oldEnds: endOf(signer), from, done: true };
    signer = next;
  }
  return {
    signer,
    trusted: [signer, ...good.filter((pair) => pair !== signer)],
    change: change ?? ended(pairs, signer),
  };
}

/** Reports an expired predecessor for a year: without a synthesis in its last year, users had no warning. */
function ended(pairs: readonly ReadPair[], signer: ReadPair): AuthorityChange | undefined {
  const before = pairs
    .filter(({ parsed }) => hasEnded(parsed) && daysLeft(parsed) > -365 && hasBegun(parsed))
    .sort(byEnd)
    .pop();
  return (
    before && {
      oldEnds: endOf(before),
      from: Math.min(endOf(before), Date.parse(signer.parsed.validFrom)),
      done: true,
    }
  );
}

function goodOnes(pairs: readonly ReadPair[]): ReadPair[] {
  return pairs.filter(({ parsed }) => hasBegun(parsed) && !hasEnded(parsed)).sort(byEnd);
}

/**
 * When the next CA starts to sign: halfway through the common lifetime, which leaves time for both however
 * late it was issued.
 */
function handover(old: ReadPair, next: ReadPair): number {
  const begin = Math.max(Date.parse(old.parsed.validFrom), Date.parse(next.parsed.validFrom));
  return (begin + endOf(old)) / 2;
}

function endOf({ parsed }: ReadPair): number {
  return Date.parse(parsed.validTo);
}

function byEnd(a: ReadPair, b: ReadPair): number {
  return endOf(a) - endOf(b);
}
