// Tolerations and constraints of spread: a real API server refuses each of those that a registry refuses, and no other.
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import {
  CONSTRAINTS,
  indexesIn,
  OWN_SELECTOR,
  PORTS,
  refused,
  SAID_TWICE,
  SELECTED,
  SELECTIONS,
  TOLERATIONS,
} from '../core/scheduling-cases';
import { ADMISSION_PROGRAMS, startServer } from './admission';

function policy(egress: readonly object[]) {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'all', namespace: 'default' },
    spec: { podSelector: {}, policyTypes: ['Egress'], egress },
  };
}

describeWith('scheduling as the API server takes it', ADMISSION_PROGRAMS, () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.machine.stop());

  /** What it says of a pod that it refuses. */
  async function said(fields: object): Promise<string> {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'all',
        namespace: 'default',
        labels: { app: 'a', tier: 'a', ...OWN_SELECTOR.matchLabels },
      },
      spec: { containers: [{ name: 'a', image: 'a:1' }], ...fields },
    };
    const { code, stderr } = await server.kubectl(
      ['create', '--dry-run=server', '--validate=strict', '-f', '-'],
      { input: JSON.stringify(pod) },
    );
    expect(code).toBe(1);
    return stderr;
  }

  test('pods that are spread over a label twice', async () => {
    // It names the first of the two.
    expect(await said({ topologySpreadConstraints: SAID_TWICE })).toMatch(
      /topologySpreadConstraints\[0\].*: Duplicate value/,
    );
    expect(refused('topologySpreadConstraints', SAID_TWICE)).toEqual([2]);
  });

  test('selectors of what is spread', async () => {
    const all = SELECTED.map((one) => ({ labelSelector: OWN_SELECTOR, ...one }));
    const stderr = await said({ topologySpreadConstraints: all });
    const byConstructs = refused('topologySpreadConstraints', SELECTED);
    expect(indexesIn(stderr, /spec\.topologySpreadConstraints\[(\d+)\]/g)).toEqual(byConstructs);
    expect(byConstructs.length).toBeGreaterThan(100);
  });

  test.each([
    ['ports', PORTS.map((port) => ({ to: [{ podSelector: {} }], ports: [port] }))],
    ['selectors of pods', SELECTIONS.map((podSelector) => ({ to: [{ podSelector }] }))],
    ['selectors of namespaces', SELECTIONS.map((namespaceSelector) => ({ to: [{ namespaceSelector }] }))],
  ])('%s of a NetworkPolicy', async (_, egress) => {
    const { code, stderr } = await server.kubectl(
      ['create', '--dry-run=server', '--validate=strict', '-f', '-'],
      { input: JSON.stringify(policy(egress)) },
    );
    expect(code).toBe(1);
    const byConstructs = refused('networkPolicy', { allowTo: egress }, 'allowTo');
    expect(indexesIn(stderr, /spec\.egress\[(\d+)\]/g)).toEqual(byConstructs);
    expect(byConstructs.length).toBeGreaterThan(30);
  });

  test.each([
    ['tolerations', TOLERATIONS],
    ['topologySpreadConstraints', CONSTRAINTS],
  ])('%s', async (field, all) => {
    const stderr = await said({ [field]: all });
    expect(indexesIn(stderr, new RegExp(`spec\\.${field}\\[(\\d+)\\]`, 'g'))).toEqual(refused(field, all));
  });
});
