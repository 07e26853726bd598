// One alert, as a rule of Prometheus: what all of this library's have in common.

/** The label `exporter` of an alert that asks for no metrics. */
export const NO_EXPORTER = 'none';

/** How soon somebody must look: at once, or today. */
export type Severity = 'critical' | 'warning';

/** An alert. */
export interface Alert {
  readonly name: string;
  readonly severity: Severity;
  /** What serves the metrics that it asks for; {@link NO_EXPORTER} if it asks for none. */
  readonly exporter: string;
  readonly expr: string;
  /** How long `expr` must be true, e.g. `5m`. At once, if left out. */
  readonly for?: string;
  readonly summary: string;
  readonly description: string;
}

/** What is added to all alerts. */
export interface AlertAdditions {
  readonly labels?: Readonly<Record<string, string>>;
  /** The page of the runbooks, which has a heading for each alert. */
  readonly runbooks?: string;
}

/** The rule. */
export function alertRule(alert: Alert, { labels, runbooks }: AlertAdditions = {}) {
  const { name, severity, exporter, expr, summary, description } = alert;
  return {
    alert: name,
    expr,
    for: alert.for,
    labels: { ...labels, severity, exporter },
    annotations: {
      summary,
      description,
      // The anchor that GitHub and others give the heading.
      ...(runbooks !== undefined && { runbook_url: `${runbooks}#${name.toLowerCase()}` }),
    },
  };
}
