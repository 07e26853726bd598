// Notes of a chart of any constructs, by Helm 3 and 4 as libraries: the text as it was declared, with values and
// names of the release in it.
import { describeWith } from '../../tools/programs';
import { HelmRender, type RenderProgram } from '../chart/helm-render';
import { fill, newFolder } from '../support/folder';
import { declare, web } from './web-chart';

const PROGRAMS: readonly [RenderProgram, string][] = [
  ['helmRender3', 'Helm 3'],
  ['helmRender4', 'Helm 4'],
];
const HARD = `{{ .Release.Name }} {{{ }} {value} {} 100% %s \\ "quoted" 'single' Grüße 🙂
\t{{- /* no comment */ -}}

  indented {{{value:port}}} {release:name}{value:motto}`;

for (const [program, title] of PROGRAMS) {
  describeWith(`Notes of own constructs by ${title}`, [program], () => {
    let helm: HelmRender;
    beforeAll(() => {
      const declared = declare(web());
      declared.note(
        'Motto: {value:motto}\nAt http://{release:fullname}-service.{release:namespace}.svc:{value:port}\n\n',
      );
      declared.note('The page weighs {value:ui.weight}, debug: {value:debug}.', { when: 'ui.enabled' });
      declared.note('{value:motto}', { when: 'debug' });
      declared.note(HARD);
      const chart = newFolder();
      fill(chart, declared.toFiles());
      helm = new HelmRender({ program, chart });
    });
    afterAll(() => helm.close());

    const hard = (port: string, release: string, motto: string) =>
      HARD.replace('{value:port}', port).replace('{release:name}', release).replace('{value:motto}', motto);

    test.each([
      [
        {},
        'Motto: Ship it\nAt http://first-web-service.team.svc:8080\n\nThe page weighs 0.5, debug: false.\n\n',
        hard('8080', 'first', 'Ship it'),
      ],
      [
        { motto: '{{ .Values.port }}\n', port: 12345678, debug: true, ui: { weight: 1e-7 } },
        'Motto: {{ .Values.port }}\n\nAt http://first-web-service.team.svc:12345678\n\n' +
          'The page weighs 1e-7, debug: true.\n\n{{ .Values.port }}\n\n\n',
        hard('12345678', 'first', '{{ .Values.port }}\n'),
      ],
      [
        { fullnameOverride: 'other', ui: { enabled: false } },
        'Motto: Ship it\nAt http://other-service.team.svc:8080\n\n',
        hard('8080', 'first', 'Ship it'),
      ],
    ])('%j', async (values, expected, last) => {
      const { notes, error } = await helm.render({ values, release: 'first', namespace: 'team' });
      expect(error).toBeUndefined();
      expect(notes?.trim()).toBe(`${expected}${last}`.trim());
    });
  });
}
