// Every wrong input of the tables in test/bad-input/trust.ts is refused with exactly the messages that its row says, and nothing is written.
import { RegistryLocalHosting, RegistryNodeTrust, RegistryPullSecret, RegistryToolbox } from '../lib';
import { makePems, refusalOf } from './bad-input/refusal';
import { PASSWORD, type Pems, type Row, wrong } from './bad-input/row';
import { EXTERNAL_SECRETS, MAINTENANCE, NODE_TRUST, PULL_SECRETS } from './bad-input/trust';
import { newChart } from './support/synth';

const TABLES: Record<string, readonly Row[]> = {
  'pull secrets': PULL_SECRETS,
  'node trust': NODE_TRUST,
  'external secrets': EXTERNAL_SECRETS,
  maintenance: MAINTENANCE,
};

let pems: Pems;
beforeAll(async () => {
  pems = await makePems();
});

describe.each(Object.entries(TABLES))('%s', (_, rows) => {
  test.each(rows.map((row) => [row.name, row] as const))('%s', (_name, row) => {
    // WHEN
    const { messages, before, after } = refusalOf(row, pems);

    // THEN
    expect(messages).toEqual(row.says);
    expect(messages.join('\n')).not.toContain(PASSWORD);
    expect(after).toEqual(before);
  });
});

test.each([
  ['a pull secret', RegistryPullSecret],
  ['node trust', RegistryNodeTrust],
  ['a toolbox', RegistryToolbox],
  ['local hosting', RegistryLocalHosting],
])('%s without a registry can not even be made', (_, construct) => {
  expect(() => new construct(newChart(), 'x', wrong({}))).toThrow(
    new Error('registry: undefined is not a Registry; write registry: new Registry(...)'),
  );
});
