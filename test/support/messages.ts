// Messages as tests compare them: without the code at their end, which must be one of the table of words.
import { CODES } from '../../lib/core/messages';

/** A message without its code. One without a known code is marked, so that it equals nothing. */
export function withoutCode(message: string): string {
  const code = CODES.find((known) => message.endsWith(` [${known}]`));
  return code === undefined ? `${message} WITHOUT A CODE` : message.slice(0, -` [${code}]`.length);
}
