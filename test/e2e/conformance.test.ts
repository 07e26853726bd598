// OCI's conformance suite against the registry from its manifests, and docs/operations/conformance.md, which has the result.
// It takes half a minute for each of eight ways, so it runs with PROVE_CONFORMANCE only.
import { describeWith, POD_PROGRAMS, pathOf } from '../../tools/programs';
import { readPage } from '../support/page';
import { deploy } from './scenario';

jest.setTimeout(180_000);

const VERSIONS = [
  { column: '3.1.1', image: 'registry:3.1.1', program: 'registry3' },
  { column: '2.8.2', image: 'registry:2.8.3', program: 'registry2' },
] as const;
type Settings = Readonly<Record<string, string>>;
const FRONTS: readonly { readonly suffix: string; readonly settings: Settings }[] = [
  { suffix: '', settings: {} },
  { suffix: ', front', settings: { FRONT: 'yes' } },
];
const SECTIONS: readonly {
  readonly section: string;
  readonly settings: Settings;
  readonly environment: Settings;
}[] = [
  { section: 'Everything', settings: {}, environment: {} },
  {
    section: "Without what Distribution doesn't have",
    settings: { FOREIGN: 'yes' },
    environment: { OCI_DATA_SHA512: 'false', OCI_API_REFERRER: 'false' },
  },
];
const FIGURES = { passed: 'Pass', failed: 'FAIL', skipped: 'Skip', off: 'Disabled', errors: 'Error' };
const WORDS: Readonly<Record<string, string>> = {
  Pass: 'pass',
  FAIL: '**fail**',
  Skip: 'skip',
  Disabled: 'off',
};

/** A section's table: the cells of each column by the words of their rows. */
function tableOf(section: string): Record<string, Record<string, string>> {
  const text =
    readPage('docs/operations/conformance.md').split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '';
  const [head = [], , ...rows] = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const columns = head.slice(1).map((column, index) => {
    const cells = rows.map((row) => [row[0] ?? '', row[index + 1] ?? '']);
    return [column, Object.fromEntries(cells)];
  });
  return Object.fromEntries(columns);
}

/** What the suite prints at its end, in the page's words. */
function resultOf(printed: string): Record<string, string> {
  const last = printed.slice(printed.lastIndexOf('OCI Conformance Result'));
  const figures = Object.entries(FIGURES).map(([row, word]) => [
    row,
    new RegExp(`^ {2}${word}\\.+: +(\\d+)$`, 'm').exec(last)?.[1] ?? 'none',
  ]);
  const categories = [...last.matchAll(/^ {2}([A-Z][\w /-]+?)\.+: +(Pass|FAIL|Skip|Disabled)$/gm)];
  return Object.fromEntries([
    ...figures,
    ...categories.map(([, category = '', word = '']) => [category, WORDS[word] ?? word]),
  ]);
}

test('the tables of the page are whole', () => {
  for (const { section } of SECTIONS) {
    const columns = tableOf(section);
    expect(Object.keys(columns)).toEqual(['3.1.1', '3.1.1, front', '2.8.2', '2.8.2, front']);
    for (const cells of Object.values(columns)) {
      const { passed, failed, skipped, off, errors, ...categories } = cells;
      expect(Object.keys(categories)).toHaveLength(52);
      expect(Object.values(categories).every((cell) => Object.values(WORDS).includes(cell))).toBe(true);
      const sum = [passed, failed, skipped, off, errors].reduce((all, figure) => all + Number(figure), 0);
      expect(sum).toBeGreaterThan(700);
    }
  }
});

/** No test is declared where it is not asked for. */
const ways = process.env.PROVE_CONFORMANCE ? VERSIONS : [];

for (const { column, image, program } of ways) {
  describeWith(`conformance of ${column}`, [...POD_PROGRAMS, 'nginx', 'conformance', program], () => {
    const all = SECTIONS.flatMap((section) => FRONTS.map((front) => ({ ...section, front })));
    test.each(all)('$section$front.suffix', async ({ section, settings, environment, front }) => {
      const app = 'test/e2e/apps/conformance.ts';
      const scenario = await deploy(app, {
        settings: { REGISTRY_IMAGE: image, ...settings, ...front.settings },
      });
      try {
        const { client, admin, ca, runner } = scenario;
        const { stdout } = await runner.machine.run([pathOf('conformance')], {
          env: {
            OCI_REGISTRY: client.host,
            OCI_TLS: 'enabled',
            OCI_USERNAME: admin.name,
            OCI_PASSWORD: admin.password,
            OCI_RESULTS_DIR: runner.machine.makeFolder('results'),
            OCI_LOG: 'error',
            SSL_CERT_FILE: client.file('ca.crt', ca),
            ...environment,
          },
        });
        expect(resultOf(stdout)).toEqual(tableOf(section)[column + front.suffix]);
      } finally {
        await scenario.close();
      }
    });
  });
}
