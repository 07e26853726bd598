// Makes the manifests of a chart for some values, with what Helm does in its own way marked.

import { ApiObject, App, DependencyGraph } from 'cdk8s';
import { stepsOf, titleOf } from '../app/notes';
import { CHART_TEXTS, namedTexts } from '../core/chart-mode';
import { CA_CHECKSUM, CHECKSUM, digestOf } from '../core/checksum';
import { INSTANCE_LABEL, MANAGED_BY_LABEL } from '../core/labels';
import { messageOf, type Problem, problemsOf } from '../core/problem';
import { Registry } from '../registry';
import { RegistryStore } from '../secrets/store';
import { ChartStore, GENERATED, isGenerated, LOGIN_STAND_IN } from './chart-store';
import { Entry, Form, Sample } from './forms';
import { ABOUT } from './generated-templates';
import { HelmValues } from './helm-values';
import { Made, Maker } from './runs';
import { INCLUDE } from './template-writer';

/** What is no object of the cluster begins with this. */
export const CHECKSUMS = '@checksum';
/** The same for what may hold passwords that people chose. */
export const SLOW_CHECKSUMS = '@slowChecksum';
export const NOTES = '@notes';
export const TITLE = '@title';
export const CERTIFICATE = '@certificate';
export const USER = '@user';
/** Texts that the notes repeat. */
export const TEXTS = '@texts';

interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    annotations?: Record<string, unknown>;
    labels?: Record<string, string>;
  };
  readonly data?: Record<string, string>;
  readonly stringData?: Record<string, string>;
  readonly spec?: {
    readonly template?: { readonly metadata?: { readonly annotations?: Record<string, unknown> } };
  };
}

/** An object whose texts a checksum is made of. */
interface Holder {
  readonly kind: string;
  readonly holder: string;
}

/** Looks at an app as a chart does. */
export class ChartMaker implements Maker {
  public readonly samples: readonly Sample[] = [
    ...GENERATED,
    ...Object.entries(CHART_TEXTS).map(([name, value]) => ({ hole: { of: `@${name}` }, value })),
  ];

  constructor(
    private readonly chart: string,
    private readonly compose: (values: HelmValues) => App,
    private readonly say: (problem: Problem, values: HelmValues) => string = (problem) => messageOf(problem),
  ) {}

  public make(values: HelmValues): Made {
    const app = this.compose(values);
    const problems = app.node.findAll().flatMap((construct) => problemsOf(construct));
    const messages = problems.map((problem) =>
      typeof problem === 'string' ? problem : this.say(problem, values),
    );
    if (messages.length > 0) return { manifests: undefined, problems: messages };
    const objects = new DependencyGraph(app.node)
      .topology()
      .filter((construct) => ApiObject.isApiObject(construct))
      .map((object) => object.toJson() as Manifest);
    const checksums = objects.flatMap((object) => this.takeChecksum(object, objects));
    for (const object of objects) keepGenerated(this.chart, object);
    const store = RegistryStore._setFor(app);
    const { certificate, user }: ChartStore['requests'] = store instanceof ChartStore ? store.requests : {};
    const notes = app.node.findAll().flatMap((one) => (one instanceof Registry ? notesOf(one) : []));
    const manifests = {
      ...Object.fromEntries(objects.map((object) => [idOf(object), object])),
      ...Object.fromEntries(
        [CHECKSUMS, SLOW_CHECKSUMS].flatMap((kind) => {
          const holders = checksums.filter((one) => one.kind === kind);
          return holders.length === 0
            ? []
            : [[kind, Object.fromEntries(holders.map(({ holder }) => [holder, true]))]];
        }),
      ),
      ...(certificate && { [CERTIFICATE]: { hosts: certificate.hosts, days: certificate.days } }),
      ...(user !== undefined && { [USER]: user }),
      [NOTES]: Object.fromEntries(notes),
      [TEXTS]: Object.fromEntries(namedTexts(app)),
    };
    return { manifests, problems: messages };
  }

  /** Labels as Helm wants them. */
  public adapt(form: Form): Form {
    return withLabels(form, []);
  }

  /** Takes the texts of a checksum out of a manifest; answers the objects that hold them. */
  private takeChecksum(object: Manifest, all: readonly Manifest[]): Holder[] {
    const annotations = object.spec?.template?.metadata?.annotations;
    const [authority] = (annotations?.[CA_CHECKSUM] as string[] | undefined) ?? [];
    if (annotations && authority !== undefined) {
      annotations[CA_CHECKSUM] = isGenerated(authority)
        ? { [INCLUDE]: `${this.chart}.caDigest` }
        : digestOf([authority]);
    }
    const texts = annotations?.[CHECKSUM];
    if (!annotations || !Array.isArray(texts)) return [];
    annotations[CHECKSUM] = { [INCLUDE]: `${this.chart}.checksum` };
    return (texts as (string | { slow: string })[])
      .filter((text) => text !== '')
      .map((given) => {
        const [kind, text] = typeof given === 'string' ? [CHECKSUMS, given] : [SLOW_CHECKSUMS, given.slow];
        const holder = all.find(({ data, stringData }) =>
          Object.values({ ...data, ...stringData }).some((value) => value.includes(text)),
        );
        if (!holder)
          throw new Error(
            `the checksum of ${idOf(object)} is also made of ${text}, which is in no ConfigMap or Secret`,
          );
        return { kind, holder: idOf(holder) };
      });
  }
}

/** What manifests are known by. */
function idOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}

/** A Secret that the release generates outlives it, and says for what. */
function keepGenerated(chart: string, { kind, metadata, stringData = {} }: Manifest): void {
  if (kind !== 'Secret' || !Object.values(stringData).some(isGenerated)) return;
  metadata.annotations = { ...metadata.annotations, 'helm.sh/resource-policy': 'keep' };
  if (Object.values(stringData).some((text) => text.includes(LOGIN_STAND_IN))) {
    metadata.annotations[`${ABOUT}/password`] = { [INCLUDE]: `${chart}.passwordDigest` };
  }
  if (stringData['tls.key'] === undefined) return;
  metadata.annotations[`${ABOUT}/names`] = { [INCLUDE]: `${chart}.certificateNames` };
  metadata.annotations[`${ABOUT}/renew-after`] = { [INCLUDE]: `${chart}.certificateRenewal` };
}

function notesOf(registry: Registry): [string, readonly string[]][] {
  return [
    [TITLE, [titleOf(registry)]],
    ...stepsOf(registry).map(([heading, ...lines]): [string, readonly string[]] => [heading, lines]),
  ];
}

function isKey(entry: Entry, name: string): boolean {
  return 'key' in entry && entry.key.kind === 'constant' && entry.key.value === name;
}

/** The path of an object's own labels, below all manifests. */
const OWN_LABELS = ['metadata', 'labels'];

function withLabels(form: Form, path: readonly string[]): Form {
  switch (form.kind) {
    case 'map': {
      const entries = form.entries.map((entry): Entry => {
        if ('spread' in entry) return entry;
        const key = entry.key.kind === 'constant' ? String(entry.key.value) : '';
        return { key: entry.key, value: withLabels(entry.value, [...path, key]) };
      });
      if (!entries.some((entry) => isKey(entry, INSTANCE_LABEL))) return { kind: 'map', entries };
      const own = path.length === 3 && path.slice(1).join() === OWN_LABELS.join();
      return { kind: 'map', entries: entries.flatMap((entry) => labelled(entry, own)) };
    }
    case 'list':
      return {
        kind: 'list',
        items: form.items.map((item) =>
          'spread' in item ? item : { value: withLabels(item.value, [...path, '']) },
        ),
      };
    default:
      return form;
  }
}

/**
 * The standard labels by Helm's own values. What changes with each version of the chart is no label of pods,
 * or they would be replaced with each.
 */
function labelled(entry: Entry, own: boolean): Entry[] {
  const from = (of: string): Entry[] => [
    { ...(entry as { key: Form }), value: { kind: 'text', parts: [{ of }] } },
  ];
  const more = (key: string, of: string): Entry => ({
    key: { kind: 'constant', value: key },
    value: { kind: 'text', parts: [{ of }] },
  });
  if (isKey(entry, 'app.kubernetes.io/name')) return from('@chartName');
  if (isKey(entry, INSTANCE_LABEL)) return from('@release');
  if (!isKey(entry, MANAGED_BY_LABEL)) return [entry];
  return [
    ...from('@service'),
    ...(own ? [more('app.kubernetes.io/version', '@appVersion'), more('helm.sh/chart', '@chart')] : []),
  ];
}
