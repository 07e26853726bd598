// Props of `HelmChart`, and options of what is declared in it.

/** What Chart.yaml says, and how names of the release are found. */
export interface HelmChartProps {
  /** Name of the chart: lower-case letters, digits and `-`, at most 40 characters. */
  readonly name: string;

  /** Version of the chart, e.g. `1.0.0`. */
  readonly version: string;

  /** What the chart installs, in a sentence. */
  readonly description: string;

  /**
   * Version of the program that the chart installs.
   *
   * @default - that of the chart
   */
  readonly appVersion?: string;

  /**
   * Versions of Kubernetes that the chart supports.
   *
   * @default ">=1.27.0-0"
   */
  readonly kubeVersion?: string;

  /**
   * Further keys of Chart.yaml: `home`, `icon`, `keywords`, `maintainers`, `annotations`, …
   *
   * @default - none
   */
  readonly metadata?: { [key: string]: unknown };

  /**
   * What names of objects begin with in the manifests, and the release's name replaces.
   *
   * @default - name of the chart
   */
  readonly namePrefix?: string;
}

/** A value in values.yaml. */
export interface HelmValueOptions {
  /**
   * What the value is for: its comment in values.yaml.
   *
   * @default - where it is in the manifests
   */
  readonly description?: string;

  /**
   * Further keywords of JSON Schema: `pattern`, `minimum`, `enum`, … The type is that of the default.
   *
   * @default - none
   */
  readonly schema?: { [key: string]: unknown };
}

/** A value that is a part of a string. */
export interface HelmTextOptions extends HelmValueOptions {
  /** The part of the string that the value replaces; its default. It must occur exactly once. */
  readonly inside: string;

  /**
   * A longer part of the string that occurs exactly once and contains `inside` once, e.g. `level: info`.
   *
   * @default - the whole string
   */
  readonly around?: string;
}

/** A name in a string. */
export interface HelmReferenceOptions {
  /**
   * A longer part of the string that occurs exactly once and contains the name once, e.g. `web.svc`.
   *
   * @default - the whole string
   */
  readonly around?: string;
}

/** A paragraph of the notes. */
export interface HelmNoteOptions {
  /**
   * Path of a boolean value: the paragraph is printed if it is true, e.g. `ui.enabled`.
   *
   * @default - it is always printed
   */
  readonly when?: string;
}

/** A value that decides whether objects are installed. */
export interface HelmOptionalOptions {
  /**
   * What the value is for: its comment in values.yaml.
   *
   * @default - the construct that it is for
   */
  readonly description?: string;

  /**
   * Are the objects installed by default?
   *
   * @default true
   */
  readonly defaultValue?: boolean;
}

/** A generated value of a Secret. */
export interface HelmSecretOptions {
  /**
   * What the value is for: its comment in values.yaml.
   *
   * @default - where it is in the manifests
   */
  readonly description?: string;

  /**
   * Number of letters and digits, at least 16.
   *
   * @default 32
   */
  readonly length?: number;
}
