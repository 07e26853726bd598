// CAs and certificates over the years: nobody who trusts the old CA or the new one is cut off while one
// follows the other, and a clock that was wrong leaves nothing behind that isn't mended.
import { X509Certificate } from 'node:crypto';
import * as path from 'node:path';
import { LocalStore } from '../../lib';
import { inSoManyDays } from '../support/clock';
import { contentsOf, newFolder } from '../support/folder';

const OWNER = { name: 'registry', namespace: 'registry' };
const DAY = 24 * 60 * 60 * 1000;

/** What a client is given after so many days. */
function served(days: number, folder: string, lifetime = 365) {
  return inSoManyDays(days, () => {
    const { certificate, ca, change } = new LocalStore({ directory: folder })._certificate(OWNER, {
      hosts: ['registry'],
      keyType: 'EC_P256',
      days: lifetime,
    });
    const trusted = ca.split(/(?<=END CERTIFICATE-----\n)/).map((pem) => new X509Certificate(pem));
    return { leaf: new X509Certificate(certificate), trusted, change, now: Date.now() };
  });
}

/** Does a client that trusts these accept the certificate at that time? */
function accepts(
  trusted: readonly X509Certificate[],
  { leaf, now }: { readonly leaf: X509Certificate; readonly now: number },
): boolean {
  const good = (one: X509Certificate) => Date.parse(one.validFrom) <= now && now <= Date.parse(one.validTo);
  return good(leaf) && trusted.some((ca) => good(ca) && leaf.verify(ca.publicKey));
}

describe.each([365, 825])('with certificates of %i days, synthesized each month for 22 years', (lifetime) => {
  test('whoever takes the new ca.crt within four months is never cut off', () => {
    const folder = path.join(newFolder(), 'store');
    let trusted: X509Certificate[] = [];
    let taken = 0;
    const seen = new Set<string>();
    for (let day = 0; day < 22 * 365; day += 30) {
      const made = served(day, folder, lifetime);
      if (trusted.length === 0) trusted = made.trusted;
      if (made.trusted.some((ca) => !trusted.some((known) => known.raw.equals(ca.raw)))) {
        taken ||= day;
        if (day - taken >= 120) {
          trusted = made.trusted;
          taken = 0;
        }
      }
      seen.add(made.trusted[0]?.fingerprint256 ?? '');
      expect({ day, accepted: accepts(trusted, made) }).toEqual({ day, accepted: true });
      expect(accepts(made.trusted, made)).toBe(true);
      expect(made.leaf.verify((made.trusted[0] as X509Certificate).publicKey)).toBe(true);
      expect(Date.parse(made.leaf.validTo)).toBeLessThanOrEqual(
        Date.parse((made.trusted[0] as X509Certificate).validTo),
      );
    }
    expect(seen.size).toBe(3);
  });
});

describe('a CA that ends', () => {
  const folder = path.join(newFolder(), 'store');
  const first = served(0, folder);
  const [oldCa] = first.trusted as [X509Certificate];

  test('stands alone until its last year', () => {
    const { leaf, trusted, change } = served(3200, folder);
    expect(trusted).toHaveLength(1);
    expect(change).toBeUndefined();
    expect(Date.parse(leaf.validTo)).toBeLessThanOrEqual(Date.parse(oldCa.validTo));
  });

  test('signs in the first half of it, with the next one beside it', () => {
    const { leaf, trusted, change } = served(3300, folder);
    expect(trusted.map(({ fingerprint256 }) => fingerprint256)[0]).toBe(oldCa.fingerprint256);
    expect(trusted).toHaveLength(2);
    expect(leaf.verify(oldCa.publicKey)).toBe(true);
    expect(served(3450, folder).leaf.validTo).toBe(oldCa.validTo);
    expect(change).toMatchObject({ oldEnds: Date.parse(oldCa.validTo), done: false });
    const before = contentsOf(folder);
    expect(served(3460, folder).trusted[0]?.raw.equals(oldCa.raw)).toBe(true);
    expect(contentsOf(folder)).toEqual(before);
  });

  test('is still published in the second half, when the next one signs', () => {
    const { leaf, trusted, change } = served(3500, folder);
    expect(trusted.map((ca) => leaf.verify(ca.publicKey))).toEqual([true, false]);
    expect(trusted[1]?.raw.equals(oldCa.raw)).toBe(true);
    expect(change?.done).toBe(true);
  });

  test('goes when it has ended, which is told for a year', () => {
    expect(served(3700, folder)).toMatchObject({
      trusted: { length: 1 },
      change: { oldEnds: Date.parse(oldCa.validTo), done: true },
    });
    expect(served(4100, folder).change).toBeUndefined();
  });

  test('has half of what is left where its last year began unnoticed', () => {
    const late = path.join(newFolder(), 'store');
    served(0, late);
    const { change } = served(3610, late);
    expect(Math.round(((change?.oldEnds ?? 0) - (change?.from ?? 0)) / DAY)).toBe(20);
    expect(served(3640, late).trusted).toHaveLength(2);
    expect(accepts(served(3640, late).trusted.slice(0, 1), served(3640, late))).toBe(true);
  });
});

describe('a clock that was wrong', () => {
  test('ahead by 400 days: the certificate is made anew under the same CA', () => {
    const folder = path.join(newFolder(), 'store');
    const first = served(0, folder);
    const ahead = served(400, folder);
    expect(Date.parse(ahead.leaf.validFrom)).toBeGreaterThan(first.now);
    const mended = served(0, folder);
    expect(accepts(first.trusted, mended)).toBe(true);
    expect(mended.trusted[0]?.raw.equals(first.trusted[0]?.raw as Buffer)).toBe(true);
  });

  test('ahead in the very first synth: CA and certificate are made anew', () => {
    const folder = path.join(newFolder(), 'store');
    served(400, folder);
    const mended = served(0, folder);
    expect(mended.trusted).toHaveLength(1);
    expect(accepts(mended.trusted, mended)).toBe(true);
    expect(served(0, folder).leaf.raw.equals(mended.leaf.raw)).toBe(true);
  });

  test.each([
    ['ahead by 20 years', 7300],
    ['back by 20 years', -7300],
  ])('%s: the CA that everybody trusts comes back', (_, days) => {
    const folder = path.join(newFolder(), 'store');
    const first = served(0, folder);
    const wrong = served(days, folder);
    expect(wrong.trusted.map(({ raw }) => raw.equals(first.trusted[0]?.raw as Buffer))).toEqual([false]);
    const mended = served(0, folder);
    expect(mended.trusted.map(({ raw }) => raw.equals(first.trusted[0]?.raw as Buffer))).toEqual([true]);
    expect(accepts(first.trusted, mended)).toBe(true);
  });

  test('by a few minutes changes nothing', () => {
    const folder = path.join(newFolder(), 'store');
    const first = served(0, folder);
    const before = contentsOf(folder);
    for (const minutes of [-9, 9])
      expect(served(minutes / (24 * 60), folder).leaf.raw.equals(first.leaf.raw)).toBe(true);
    expect(contentsOf(folder)).toEqual(before);
  });
});
