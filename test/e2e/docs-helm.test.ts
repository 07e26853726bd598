// docs/helm.md by real Helm: its values render, its commands run on an API server, and what it says of
// rendering without a cluster holds.
import { spawnSync } from 'node:child_process';
import { API_PROGRAMS, ApiServer } from '../../tools/pod-runner/api-server';
import { Machine } from '../../tools/pod-runner/machine';
import { parseManifests } from '../../tools/pod-runner/manifests';
import { describeWith, ENVIRONMENT, pathOf } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { newFolder } from '../support/folder';
import { blocksIn, readPage, sectionOf, valuesIn } from '../support/page';
import { type HelmProgram, helmsOrOnly } from './helm';
import { Reader } from './reader';

const WHOLE = readPage('docs/helm.md');
/** chart-signed.test.ts follows this section: it needs a registry that runs. */
const PAGE = WHOLE.replace(sectionOf(WHOLE, '### Sign and publish'), '');
const VALUES = valuesIn(PAGE);
/** Without controllers there are no pods to wait for or to test with */
const ELSEWHERE = /^(kubectl rollout status .*|helm test .*)\n/gm;
/** The API server alone never finishes the deletion of a claim. */
const DELETION = 'kubectl delete pvc,secret';

function template(program: HelmProgram, values: string) {
  const command = ['template', 'registry', registryChart(), '--namespace', 'registry', '--values', '-'];
  return spawnSync(pathOf(program), command, {
    input: values,
    encoding: 'utf8',
    env: { ...ENVIRONMENT, HOME: newFolder() },
  });
}

test('all commands are run but those that need pods', () => {
  expect(
    blocksIn(PAGE, 'sh')
      .join('')
      .match(ELSEWHERE)
      ?.map((line) => line.trim()),
  ).toEqual(['kubectl rollout status deployment/registry -n registry', 'helm test registry -n registry']);
  expect(PAGE.split(DELETION)).toHaveLength(2);
});

for (const [program, title] of helmsOrOnly('helm4')) {
  describeWith(`The page's values by ${title}`, [program], () => {
    test.each(VALUES)('%s', (values) => {
      const { status, stdout, stderr } = template(program, values);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(parseManifests(stdout, 'the chart').map(({ kind }) => kind)).toContain('Deployment');
    });

    test('twice the same bytes, where a Job makes what would be kept or all of it is given', () => {
      const gitOps = VALUES.filter((values) => values.startsWith('# GitOps'));
      expect(gitOps).toHaveLength(3);
      for (const values of gitOps) {
        const [once, twice] = [template(program, values).stdout, template(program, values).stdout];
        expect(once).toBe(twice);
        expect(parseManifests(once, 'the chart').map(({ kind }) => kind)).not.toContain('Secret');
      }
      expect(template(program, '').stdout).not.toBe(template(program, '').stdout);
    });

    test('a refusal as the page shows it', () => {
      const shown = blocksIn(PAGE, 'text')[0];
      expect(template(program, 'replicaCount: 2').stderr).toContain(shown);
    });
  });

  describeWith(`The page's commands by ${title}`, [...API_PROGRAMS, program, 'htpasswd', 'openssl'], () => {
    let machine: Machine | undefined;
    afterAll(() => machine?.stop());

    test('run from the first to the last', async () => {
      machine = await Machine.start();
      const server = await ApiServer.start(machine);
      const reader = new Reader(server, program);
      machine.makeFolder('reader', 'page');
      const commands = blocksIn(PAGE, 'sh')
        .join('')
        .replace(ELSEWHERE, '')
        .replace(DELETION, `${DELETION} --wait=false`);
      const { stdout } = await reader.must('page', commands, registryChart());
      expect(stdout).toMatch(/^Registry "registry" at https:\/\/registry\.example\.com/m);
      const left = await server.must([
        'get',
        'secret',
        '-n',
        'registry',
        '-o',
        'jsonpath={.items[*].metadata.name}',
      ]);
      expect(left.split(' ').filter((name) => !name.startsWith('sh.helm.'))).toEqual([
        'registry-maint',
        'registry-signing',
        'registry-users',
      ]);
    });
  });
}
