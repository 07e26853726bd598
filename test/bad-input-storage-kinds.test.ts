// Every wrong kind of storage is refused with exactly the messages that its row says, and nothing is written.
import { refusalOf } from './bad-input/refusal';
import { PASSWORD, type Pems } from './bad-input/row';
import { STORAGE_KINDS } from './bad-input/storage-kinds';

test.each(STORAGE_KINDS.map((row) => [row.name, row] as const))('%s', (_name, row) => {
  // WHEN
  const { messages, before, after } = refusalOf(row, {} as Pems);

  // THEN
  expect(messages).toEqual(row.says);
  expect(messages.join('\n')).not.toContain(PASSWORD);
  expect(after).toEqual(before);
});
