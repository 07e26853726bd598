// The dashboard as the construct writes it, for the chart's templates to fill in (chart/registry/templates/_dashboard.tpl):
// words between @, and panels with their conditions in `if`.
import { RegistryVersion } from '../../lib/distribution/version';
import { AlertExporter } from '../../lib/monitoring/alert-names';
import { panelJson, textOf } from '../../lib/monitoring/dashboard-json';
import { type Panel, panelsOf, type Shown } from '../../lib/monitoring/dashboard-panels';
import type { Monitored } from '../../lib/monitoring/monitored';
import { inWords, WORDS } from './alert-files';

const { KUBE_STATE_METRICS, KUBELET, CERT_MANAGER } = AlertExporter;
const SHOWN: Shown = { exporters: [KUBE_STATE_METRICS, KUBELET, CERT_MANAGER], cronJobs: ['@cron-jobs@'] };

/** What takes panels away, or changes them. */
const WITHOUT: Readonly<Record<string, Partial<Monitored & Shown>>> = {
  kube: { exporters: [KUBELET, CERT_MANAGER] },
  volume: { claim: undefined },
  certificate: { certificate: undefined },
  'descriptor-cache': { descriptorCache: false },
  caches: { caches: [] },
  'cron-jobs': { cronJobs: [] },
};

interface Conditional extends Panel {
  readonly if: readonly string[];
}

function panelsWithout(version: RegistryVersion, less: Partial<Monitored & Shown> = {}): Panel[] {
  return panelsOf({ ...WORDS, version, ...less }, { ...SHOWN, ...less });
}

/** All panels of a version, and what each becomes without something. */
function panelsOfVersion(version: RegistryVersion): Conditional[] {
  return panelsWithout(version).flatMap((panel) => {
    const text = JSON.stringify(panel);
    const conditions: string[] = [];
    const others: Conditional[] = [];
    for (const [condition, less] of Object.entries(WITHOUT)) {
      const other = panelsWithout(version, less).find(({ title }) => title === panel.title);
      if (JSON.stringify(other) === text) continue;
      conditions.push(condition);
      if (other !== undefined) others.push({ if: [`no-${condition}`], ...other });
    }
    return [{ if: conditions, ...panel }, ...others];
  });
}

function filePanels(): object[] {
  const [v2, v3] = [RegistryVersion.V2, RegistryVersion.V3].map(panelsOfVersion);
  const both = (v3 ?? []).flatMap((panel, index) => {
    const other = v2?.[index] as Conditional;
    if (JSON.stringify(panel) === JSON.stringify(other)) return [panel];
    return [
      { ...other, if: [...other.if, 'v2'] },
      { ...panel, if: [...panel.if, 'v3'] },
    ];
  });
  return both.map(({ if: conditions, ...panel }) => ({
    if: conditions,
    type: panel.type,
    lines: linesOf(panelJson(panel, { id: '@id@', w: '@w@', x: '@x@', y: '@y@' })),
  }));
}

/** JSON, in which some words stand for more than strings. */
function linesOf(json: unknown): string[] {
  const text = typeof json === 'string' ? json : JSON.stringify(json, null, 2);
  return inWords(text)
    .replace(/"@(id|w|x|y|panels)@"/g, '@$1@')
    .trimEnd()
    .split('\n');
}

const NAMES = { uid: '@uid@', title: '@title@', tags: ['registry', 'cdk8s-registry'] };

export const DASHBOARD_FILE = `${JSON.stringify(
  { lines: linesOf(textOf(NAMES, ['@panels@'])), panels: filePanels() },
  null,
  2,
)}\n`;
