// A Helm chart of any constructs. Start here: people declare what values set, and everything else stays as it is.
import type { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { messageOf, type Problem, problemOf, problemsOf } from '../core/problem';
import { filesOf } from './chart-files';
import { writeChart } from './chart-folder';
import { type Declarations, planOf } from './plan';
import type {
  HelmChartProps,
  HelmNoteOptions,
  HelmOptionalOptions,
  HelmReferenceOptions,
  HelmSecretOptions,
  HelmTextOptions,
  HelmValueOptions,
} from './props';

/**
 * A Helm chart of the objects of a cdk8s chart. Each method declares what values or the release set; everything
 * else is in the templates as it is in the manifests. What is wrong with the declarations is reported at once,
 * by `write` or `toFiles`.
 *
 * @example
 * const web = new ConfigMap(chart, 'config', { metadata: { name: 'web-config' }, data: { motto: 'Ship it' } });
 *
 * const helm = new HelmChart(chart, { name: 'web', version: '1.0.0', description: 'A motto.' });
 * helm.name(web);
 * helm.value(web, '/data/motto', 'motto', { description: 'What the team says.' });
 * helm.write('chart/web');
 */
export class HelmChart {
  private readonly declarations: Declarations = {
    values: [],
    texts: [],
    secrets: [],
    references: [],
    namespaces: [],
    optionals: [],
    named: [],
    fixed: [],
    notes: [],
    order: [],
  };

  /**
   * @param chart its objects are those of the Helm chart, with those of charts in it
   * @param props what Chart.yaml says
   */
  constructor(
    private readonly chart: Chart,
    private readonly props: HelmChartProps,
  ) {}

  /**
   * Declares a value. Its default and its type are those of the manifest. A map is merged with the default, as
   * Helm does it; a list replaces it.
   *
   * @param object an ApiObject, or a construct that has one
   * @param pointer a JSON pointer into its manifest, e.g. `/spec/replicas`
   * @param path where it is in values.yaml, e.g. `ui.replicas`
   * @param options its description and schema
   */
  public value(object: IConstruct, pointer: string, path: string, options: HelmValueOptions = {}): void {
    this.declarations.values.push({ construct: object, pointer, path, options });
    this.declarations.order.push(path);
  }

  /**
   * Declares a value that is a part of a string, such as one setting in a configuration file. Its default is
   * the part that is there.
   *
   * @param object an ApiObject, or a construct that has one
   * @param pointer a JSON pointer to a string in its manifest, e.g. `/data/config.yml`
   * @param path where it is in values.yaml, e.g. `logLevel`
   * @param options the part of the string, a description and a schema
   */
  public text(object: IConstruct, pointer: string, path: string, options: HelmTextOptions): void {
    this.declarations.texts.push({ construct: object, pointer, path, options });
    this.declarations.order.push(path);
  }

  /**
   * Declares a value that decides whether objects are installed. Objects below two such constructs need both.
   *
   * @param construct all objects at or below it
   * @param path where the value is in values.yaml, e.g. `ui.enabled`
   * @param options its default and its description
   */
  public optional(construct: IConstruct, path: string, options: HelmOptionalOptions = {}): void {
    this.declarations.optionals.push({ construct, path, options });
    this.declarations.order.push(path);
  }

  /**
   * Names objects by the release: in the place of the prefix of their names is the name of the release.
   * References to them in the fields that Kubernetes has for it follow, see `reference` for others.
   *
   * @param construct all objects at or below it
   */
  public name(construct: IConstruct): void {
    this.declarations.named.push(construct);
  }

  /**
   * Keeps the names of objects, of which a cluster can have one only, such as a CustomResourceDefinition.
   *
   * @param construct all objects at or below it
   */
  public fixedName(construct: IConstruct): void {
    this.declarations.fixed.push(construct);
  }

  /**
   * Declares that a string contains the name of an object, such as the URL of a Service, and follows it. A
   * piece of a longer name doesn't count: `web` is not in `web-service`.
   *
   * @param object an ApiObject, or a construct that has one
   * @param pointer a JSON pointer to a string in its manifest; the name must occur exactly once there
   * @param to the object whose name it is
   * @param options which one is meant, if the name occurs more than once
   */
  public reference(
    object: IConstruct,
    pointer: string,
    to: IConstruct,
    options: HelmReferenceOptions = {},
  ): void {
    this.declarations.references.push({ construct: object, pointer, to, options });
  }

  /**
   * Declares that a string contains the chart's namespace, such as a host in the cluster. Fields called
   * `namespace` follow the release without it. A piece of a longer name doesn't count: `web` is not in
   * `web-service`.
   *
   * @param object an ApiObject, or a construct that has one
   * @param pointer a JSON pointer to a string in its manifest; the namespace must occur exactly once there
   * @param options which one is meant, if the namespace occurs more than once
   */
  public namespace(object: IConstruct, pointer: string, options: HelmReferenceOptions = {}): void {
    this.declarations.namespaces.push({ construct: object, pointer, options });
  }

  /**
   * Declares a generated value of a Secret. The first install generates it, unless the value is set; upgrades
   * read it from the cluster and keep it.
   *
   * @param secret a Secret
   * @param pointer a JSON pointer into its stringData, e.g. `/stringData/password`
   * @param path where the value is in values.yaml, e.g. `password`
   * @param options its length and its description
   */
  public secret(secret: IConstruct, pointer: string, path: string, options: HelmSecretOptions = {}): void {
    this.declarations.secrets.push({ construct: secret, pointer, path, options });
    this.declarations.order.push(path);
  }

  /**
   * Adds a paragraph to the notes, which Helm prints after an install or an upgrade. It is plain text, in which
   * placeholders are replaced: `{value:PATH}` by a declared value, `{release:name}` and `{release:namespace}`,
   * and `{release:fullname}` by what names of objects begin with.
   *
   * @param text e.g. `kubectl port-forward service/{release:fullname}-service 8080:{value:port}`
   * @param options when it is printed
   *
   * @see https://helm.sh/docs/chart_template_guide/notes_files/
   */
  public note(text: string, options: HelmNoteOptions = {}): void {
    this.declarations.notes.push({ text, options });
  }

  /**
   * The chart's files.
   *
   * @returns texts by their paths in the chart's folder
   * @throws one Error that names all problems
   */
  public toFiles(): { [file: string]: string } {
    // Constructs that are wrong may not even have manifests.
    refuse(this.validations());
    const plan = planOf(this.chart, this.props, this.declarations);
    refuse([...checkProps(this.props), ...plan.problems].map((problem) => messageOf(problem)));
    return { ...filesOf(this.props, plan) };
  }

  /**
   * Writes the chart's folder, as `helm install` and `helm package` take it. Templates of an earlier chart that
   * are no longer needed are removed. Files that this library did not write stay.
   *
   * @param folder the folder, e.g. `chart/web`
   * @throws one Error that names all problems, or why the files can't be written; then nothing is
   */
  public write(folder: string): void {
    writeChart(folder, this.toFiles());
  }

  /** What the constructs themselves find wrong. */
  private validations(): string[] {
    return this.chart.node.findAll().flatMap((construct) =>
      problemsOf(construct).map((problem) => {
        const message = typeof problem === 'string' ? problem : messageOf(problem);
        return `[${construct.node.path}] ${message}`;
      }),
    );
  }
}

function refuse(messages: readonly string[]): void {
  if (messages.length === 0) return;
  const lines = [...new Set(messages)].map((message) => `  ${message}`);
  throw new Error(`The chart can't be written; nothing was:\n${lines.join('\n')}`);
}

const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

function checkProps({ name, version }: HelmChartProps): Problem[] {
  return [
    ...(/^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/.test(name)
      ? []
      : [problemOf('chart-name-unusable', 'name', { value: name })]),
    ...(VERSION.test(version) ? [] : [problemOf('chart-version-unusable', 'version', { value: version })]),
  ];
}
