// The CAs of a registry: which one signs, and which ones clients are told to trust. In a CA's last year the next one stands beside it in `ca.crt`, so that
// clients can be given both. For the first half of the time that both are good for, the old one goes on signing, so that those who know only that one
// aren't cut off; from then on the next one signs, which those who were given `ca.crt` meanwhile know. (The other way, a CA that is signed by the old
// one too, does not work: our CAs may sign no other CAs.)
import { daysLeft, hasBegun, hasEnded, pairsIn, ReadPair, writePair } from './certificate';
import { AuthorityChange } from './store';

/** The CA that signs now, and all that are good now, that one first: some clients read no more than one. */
export interface Authorities {
  readonly signer: ReadPair;
  readonly trusted: readonly ReadPair[];
  readonly change?: AuthorityChange;
}

/**
 * Reads an entry that holds CAs with their keys. Those that have ended, or not begun, stay in it: when the clock was wrong, they are the good ones.
 * Throws an Error that says what else it holds.
 */
export function readAuthorities(text: string | undefined): ReadPair[] {
  return text === undefined ? [] : pairsIn(text);
}

/** The text that {@link readAuthorities} reads. */
export function writeAuthorities(pairs: readonly { readonly certificate: string; readonly privateKey: string }[]): string {
  return pairs.map(writePair).join('');
}

/** Is it time to make the next CA? */
export function needsNext(pairs: readonly ReadPair[]): boolean {
  const latest = goodOnes(pairs).pop();
  return latest === undefined || daysLeft(latest.parsed) < 365;
}

/** Which CAs count now, or undefined where none does. */
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
  return { signer, trusted: [signer, ...good.filter((pair) => pair !== signer)], change: change ?? ended(pairs, signer) };
}

/** A year long it is told that the CA before has ended: where nothing was synthesized in its last year, that comes as a surprise. */
function ended(pairs: readonly ReadPair[], signer: ReadPair): AuthorityChange | undefined {
  const before = pairs
    .filter(({ parsed }) => hasEnded(parsed) && daysLeft(parsed) > -365 && hasBegun(parsed))
    .sort(byEnd)
    .pop();
  return before && { oldEnds: endOf(before), from: Math.min(endOf(before), Date.parse(signer.parsed.validFrom)), done: true };
}

function goodOnes(pairs: readonly ReadPair[]): ReadPair[] {
  return pairs.filter(({ parsed }) => hasBegun(parsed) && !hasEnded(parsed)).sort(byEnd);
}

/** When the next CA takes over: at half of the time that both are good for, so that however late it was made, both have time. */
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
