// Random texts and bcrypt hashes.
import { BCRYPT_HASH, costOf, hashPassword, passwordMatches, randomText } from '../../lib/secrets/passwords';

test('random texts have the length that is asked for, of letters and digits only, and are never the same', () => {
  const texts = Array.from({ length: 1000 }, () => randomText());
  expect(texts.filter((text) => !/^[A-Za-z0-9]{24}$/.test(text))).toEqual([]);
  expect(new Set(texts).size).toBe(1000);
  expect(randomText(43)).toMatch(/^[A-Za-z0-9]{43}$/);
});

test('each of the 62 characters is about as likely as any other', () => {
  const counts = new Map<string, number>();
  for (const character of randomText(62_000)) counts.set(character, (counts.get(character) ?? 0) + 1);
  expect(counts.size).toBe(62);
  // 1000 each; the standard deviation is 31, so 7 of them are never met by chance.
  expect(Math.min(...counts.values())).toBeGreaterThan(780);
  expect(Math.max(...counts.values())).toBeLessThan(1220);
});

test('a hash says its cost and matches its password alone', () => {
  const hash = hashPassword('Pa55 wörd', 4);
  expect(hash).toMatch(BCRYPT_HASH);
  expect(costOf(hash)).toBe(4);
  expect({ same: passwordMatches('Pa55 wörd', hash), other: passwordMatches('Pa55 word', hash) }).toEqual({
    same: true,
    other: false,
  });
  expect(passwordMatches('Pa55 wörd', hash.replace('$2b$', '$2y$'))).toBe(true);
});

test.each([
  '$2a$10$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C',
  '$2b$04$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C',
  '$2y$31$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C',
])('%s is a bcrypt hash', (text) => expect(text).toMatch(BCRYPT_HASH));

test.each([
  '$2x$10$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C',
  '$2b$03$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C',
  '$2b$32$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C',
  '$2b$10$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.',
  '$2b$10$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C\n',
  'admin:$2b$10$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C',
  '$apr1$KQ3P4mBk$zpWCmxcXkWp0tT5Pf5XG0/',
])('%j is none', (text) => expect(text).not.toMatch(BCRYPT_HASH));
