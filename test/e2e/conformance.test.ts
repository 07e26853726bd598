// OCI's conformance suite against the registry from its manifests, and docs/operations/conformance.md, which has the result.
// It takes half a minute for each of eight ways, so it runs with PROVE_CONFORMANCE only.
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { conformanceOf, SECTIONS, type Settings, tableOf, VERSIONS, WORDS } from './conformance-suite';
import { deploy } from './scenario';

const FRONTS: readonly { readonly suffix: string; readonly settings: Settings }[] = [
  { suffix: '', settings: {} },
  { suffix: ', front', settings: { FRONT: 'yes' } },
];

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
        expect(await conformanceOf(runner.machine, client, admin, ca, environment)).toEqual(
          tableOf(section)[column + front.suffix],
        );
      } finally {
        await scenario.close();
      }
    });
  });
}
