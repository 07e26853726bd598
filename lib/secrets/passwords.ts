// bcrypt and random strings. The registry checks the password on every request, so cost is latency: a pull of
// 10 layers takes 75 ms without login, 106 ms at cost 5 (at 4, the password itself takes half of that), 681
// ms at cost 10 and 2.4 s at cost 12 (registry 3.1.1, one core).
import { randomBytes } from 'node:crypto';

/** bcrypt ignores everything after this many bytes. */
export const MAX_PASSWORD_BYTES = 72;

/** A bcrypt hash that the registry accepts: $2a, $2b or $2y. */
export const BCRYPT_HASH = /^\$2[aby]\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 24 characters of [A-Za-z0-9]: 142 random bits. Nothing in it needs quoting in YAML, a shell or a URL. */
export function randomText(length = 24): string {
  let text = '';
  while (text.length < length) {
    // Bytes from 248 on are dropped: 248 is the largest multiple of 62 in a byte, so all characters are
    // equally likely.
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += ALPHABET[byte % ALPHABET.length];
    }
  }
  return text;
}

/** A bcrypt hash of a password, with a new salt. */
export function hashPassword(password: string, cost: number): string {
  return bcrypt().hashSync(password, cost);
}

/** Whether a password matches a hash. As slow as hashing it. */
export function passwordMatches(password: string, hash: string): boolean {
  // bcryptjs supports $2a and $2b; $2y is the same algorithm in PHP and Apache.
  return bcrypt().compareSync(password, hash.replace(/^\$2y/, '$2b'));
}

/** The cost of a hash. */
export function costOf(hash: string): number {
  return Number(hash.split('$')[2]);
}

function bcrypt(): typeof import('bcryptjs') {
  return require('bcryptjs');
}
