// A chart of any constructs, by Helm 3 and 4 as libraries: what it renders with values is what the constructs
// make with the same settings, object by object.
import { describeWith } from '../../tools/programs';
import { HelmRender, type RenderProgram } from '../chart/helm-render';
import { fill, newFolder } from '../support/folder';
import type { Manifest } from '../support/synth';
import { declare, valuesOf, type WebSettings, web } from './web-chart';

const PROGRAMS: readonly [RenderProgram, string][] = [
  ['helmRender3', 'Helm 3'],
  ['helmRender4', 'Helm 4'],
];

/** Strings that templates, YAML or `printf` could change. */
const STRINGS = [
  'it\'s "quoted"',
  'back\\slash',
  '{{ .Release.Name }} {{{',
  '}}',
  'yes',
  'null',
  '~',
  '0123',
  '1e3',
  '2020-01-01',
  '',
  ' leading and trailing ',
  'a: b # c',
  '- a',
  '&a *b !c',
  '100% %s %v',
  'two\nlines\n',
  '\n  indented\n\n',
  '  first\nsecond\n',
  'Grüße 🙂',
  '\t\r\n\u0007',
  'x'.repeat(5000),
  'words '.repeat(100),
];

/** Helm's own toYaml changes these breaks of lines, so maps, lists and long texts can't have them. */
const BREAKS = 'a\u2028b\u0085c';

const SETTINGS: readonly Partial<WebSettings>[] = [
  {},
  { motto: BREAKS, title: BREAKS },
  ...STRINGS.map((text) => ({ motto: text, logLevel: text, title: text, args: [text, 'a'] })),
  ...STRINGS.filter((text) => text !== '' && text.length < 1000).map((text) => ({
    nodeSelector: { [text]: text, other: 'b' },
  })),
  { replicas: 0, port: 9_007_199_254_740_991, debug: true, args: [] },
  { replicas: 1_000_000, weight: 1e-7, port: -1 },
  { weight: 1_000_000.5 },
  { weight: 3 },
  { ui: false },
];

const LABELS = ['helm.sh/chart', 'app.kubernetes.io/managed-by', 'app.kubernetes.io/instance'];

/** Without Helm's labels, which must be there. */
function withoutLabels(objects: readonly Manifest[], release: string): Manifest[] {
  return objects.map((object) => {
    expect(LABELS.map((label) => object.metadata.labels[label])).toEqual(['web-1.2.3', 'Helm', release]);
    const copy = structuredClone(object);
    const { spec } = copy;
    const maps = [copy.metadata.labels, spec?.selector?.matchLabels, spec?.template?.metadata.labels];
    for (const map of [...maps, copy.kind === 'Service' ? spec.selector : undefined]) {
      if (!map) continue;
      expect(map['app.kubernetes.io/instance']).toBe(release);
      for (const label of LABELS) delete map[label];
    }
    if (Object.keys(copy.metadata.labels).length === 0) delete copy.metadata.labels;
    return copy;
  });
}

function sorted(objects: readonly Manifest[]): Manifest[] {
  const name = ({ kind, metadata }: Manifest) => `${kind}/${metadata.name}`;
  return [...objects].sort((one, other) => (name(one) < name(other) ? -1 : 1));
}

/** The generated password must be there, and is no more. */
function withoutPassword(objects: readonly Manifest[]): Manifest[] {
  return objects.map((object) => {
    if (object.kind !== 'Secret') return object;
    expect(object.stringData['pass.word']).toMatch(/^[A-Za-z0-9]{24}$/);
    return { ...object, stringData: { ...object.stringData, 'pass.word': '' } };
  });
}

for (const [program, title] of PROGRAMS) {
  describeWith(`A chart of any constructs by ${title}`, [program], () => {
    let helm: HelmRender;
    beforeAll(() => {
      const chart = newFolder();
      fill(chart, declare(web()).toFiles());
      helm = new HelmRender({ program, chart });
    });
    afterAll(() => helm.close());

    const render = async (values: object, release: string, namespace: string) => {
      const { manifests, error } = await helm.render({ values: values as never, release, namespace });
      if (error !== undefined) throw new Error(error);
      return Object.values(manifests ?? {}).flat();
    };

    test.each(SETTINGS)('%j', async (settings) => {
      const { chart, ui } = web(settings);
      const rendered = withoutLabels(await render(valuesOf(settings), 'web', 'team'), 'web');
      expect(sorted(withoutPassword(rendered))).toEqual(sorted([...chart.toJson(), ...ui.toJson()]));
    });

    test.each([
      ['my-web', 'my-web'],
      ['first', 'first-web'],
      [`web-${'x'.repeat(49)}`, `web-${'x'.repeat(49)}`],
    ])('in a release called %s names begin with %s', async (release, prefix) => {
      const { chart, ui } = web({}, prefix, '123');
      const rendered = withoutLabels(await render({}, release, '123'), release);
      expect(sorted(withoutPassword(rendered))).toEqual(sorted([...chart.toJson(), ...ui.toJson()]));
    });

    test('takes a password that is set', async () => {
      const objects = await render({ password: '{{ "1e3' }, 'web', 'team');
      expect(objects.find(({ kind }) => kind === 'Secret')?.stringData['pass.word']).toBe('{{ "1e3');
    });

    test.each([
      [{ replicaCount: null }, "these values can't be null: replicaCount"],
      [{ replicaCount: -1 }, 'replicaCount'],
      [{ replicaCount: '2' }, 'replicaCount'],
      [{ replicas: 2 }, 'replicas'],
    ])('refuses %j', async (values, message) => {
      await expect(render(values, 'web', 'team')).rejects.toThrow(message);
    });
  });
}
