// Every wrong input of the tables in test/bad-input/trust.ts is refused with exactly the messages that its row says, and nothing is written.
import { RegistryLocalHosting, RegistryNodeTrust, RegistryPullSecret, RegistryToolbox } from '../../lib';
import { newChart } from '../support/synth';
import { refusesEach } from './refusal';
import { type Row, wrong } from './row';
import { EXTERNAL_SECRETS, MAINTENANCE, NODE_TRUST, PULL_SECRETS } from './trust';

const TABLES: Record<string, readonly Row[]> = {
  'pull secrets': PULL_SECRETS,
  'node trust': NODE_TRUST,
  'external secrets': EXTERNAL_SECRETS,
  maintenance: MAINTENANCE,
};

refusesEach(TABLES);

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
