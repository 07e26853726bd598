// tools/helm-render gives what the real Helm gives: objects, notes and errors.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { describeWith, ENVIRONMENT, pathOf } from '../../tools/programs';
import { newFolder } from '../support/folder';
import { HelmRender, type RenderProgram } from './helm-render';

const TEMPLATES = {
  'one.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}
data:
  port: {{ .Values.port | quote }}
  helm: {{ .Capabilities.HelmVersion.Version | trunc 2 }}
  upgrade: {{ .Release.IsUpgrade | quote }}
---
# nothing
---
apiVersion: v1
kind: Secret
metadata: {name: {{ .Release.Name }}}
stringData: {password: {{ randAlphaNum 4 }}, line: {{ htpasswd "alice" "secret" | quote }}}
`,
  'two.yaml': `{{ if eq (int .Values.port) 13 }}{{ fail "port: 13 is refused" }}{{ end }}{{ include "nothing" . }}`,
  '_nothing.tpl': `{{ define "nothing" }}{{ end }}`,
  'NOTES.txt': 'At {{ .Values.port }}.\n',
};

describeWith('Helm as a library', ['helmRender3', 'helmRender4', 'helm3', 'helm4'], () => {
  const chart = join(newFolder(), 'small');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: small\nversion: 1.0.0\n');
  writeFileSync(join(chart, 'values.yaml'), 'port: 5000\n');
  writeFileSync(
    join(chart, 'values.schema.json'),
    '{"properties": {"port": {"type": "integer", "minimum": 1}}, "additionalProperties": false}',
  );
  for (const [name, text] of Object.entries(TEMPLATES)) writeFileSync(join(chart, 'templates', name), text);

  const renders: HelmRender[] = [];
  const start = (program: RenderProgram, more = {}) => {
    const render = new HelmRender({ program, chart, standIns: true, ...more });
    renders.push(render);
    return render;
  };
  afterAll(async () => await Promise.all(renders.map((render) => render.close())));

  const template = (helm: 'helm3' | 'helm4', values: object) =>
    spawnSync(pathOf(helm), ['template', 'first', chart, '--namespace', 'images', '--values', '-'], {
      encoding: 'utf8',
      input: JSON.stringify(values),
      env: { ...ENVIRONMENT, HOME: newFolder() },
    });

  describe.each([
    ['helmRender3', 'helm3'],
    ['helmRender4', 'helm4'],
  ] as const)('%s', (program, helm) => {
    const render = start(program);

    test('objects and notes', async () => {
      const { manifests, notes } = await render.render({
        values: { port: 80 },
        release: 'first',
        namespace: 'images',
      });
      const objects = parseAllDocuments(template(helm, { port: 80 }).stdout)
        .map((document) => document.toJS())
        .filter((object) => object !== null);
      const [map, secret] = manifests?.['templates/one.yaml'] ?? [];
      expect(objects.find(({ kind }) => kind === 'ConfigMap')).toEqual(map);
      expect(map?.data).toEqual({ port: '80', helm: `v${program.at(-1)}`, upgrade: 'false' });
      expect(secret?.stringData).toEqual({ password: 'xxxx', line: 'alice:stand-in for a hash of secret' });
      expect(Object.keys(manifests ?? {})).toEqual(['templates/one.yaml']);
      expect(notes).toBe('At 80.\n');
    });

    test.each([[{ port: 0 }], [{ port: 'many' }], [{ prot: 1 }], [{ port: 13 }]])(
      'the error of %j is in what Helm prints',
      async (values) => {
        const { error, manifests } = await render.render({ values, release: 'first', namespace: 'images' });
        expect(manifests).toBeUndefined();
        expect(template(helm, values).stderr).toContain(error?.trim());
      },
    );

    test('without the schema', async () => {
      const { error } = await start(program, { schema: false }).render({ values: { port: 0 } });
      expect(error).toBeUndefined();
    });

    test('what is generated is real if it is not said otherwise', async () => {
      const { manifests } = await start(program, { standIns: false }).render({ values: {} });
      expect(manifests?.['templates/one.yaml']?.[1]?.stringData.line).toMatch(/^alice:\$2a\$10\$/);
    });

    test('other texts in the place of templates, for one rendering', async () => {
      const templates = { 'templates/NOTES.txt': '{{ .Release.IsUpgrade }}' };
      expect((await render.render({ values: {}, templates, upgrade: true })).notes).toBe('true');
      expect((await render.render({ values: {}, upgrade: true })).notes).toBe('At 5000.\n');
      const { error } = await render.render({ values: {}, templates: { 'templates/no.yaml': '' } });
      expect(error).toMatch('does not have all of the templates');
    });

    test('a template that no longer defines something, and one that is no template', async () => {
      const said = async (text: string) =>
        (await render.render({ values: {}, templates: { 'templates/_nothing.tpl': text } })).error;
      expect(await said('')).toContain('no template "nothing" associated with template');
      expect(await said('{{ if }}')).toBe(
        'parse error at (small/templates/_nothing.tpl:1): missing value for if',
      );
      expect(await said('{{ define "nothing" }}{{ end }}')).toBeUndefined();
    });
  });

  test('what templates reach is told', async () => {
    const templates = {
      'templates/NOTES.txt': '{{ if reach 2 (eq 1 1) }}{{ reach 1 "a" }}{{ reach 2 "b" }}{{ end }}',
    };
    const { notes, reached } = await start('helmRender4').render({ values: {}, templates });
    expect({ notes, reached }).toEqual({ notes: 'ab', reached: [1, 2] });
  });

  test('several processes', async () => {
    const render = start('helmRender3', { processes: 2 });
    const all = await Promise.all([1, 2, 3, 4].map((port) => render.render({ values: { port } })));
    expect(all.map(({ notes }) => notes)).toEqual([1, 2, 3, 4].map((port) => `At ${port}.\n`));
  });

  test('a process that ends says why', async () => {
    const folder = join(newFolder(), 'broken');
    cpSync(chart, folder, { recursive: true });
    writeFileSync(join(folder, 'Chart.yaml'), 'no chart');
    await expect(start('helmRender3', { chart: folder }).render({ values: {} })).rejects.toThrow('Chart');
  });
});
