// A dashboard as Grafana imports it.
import type { Panel } from './dashboard-panels';

/** The schema of Grafana 12; older ones leave out what they don't know. */
const SCHEMA_VERSION = 41;
const DATASOURCE = { type: 'prometheus', uid: '$datasource' };
const COLUMNS = 24;

/** What a dashboard is called. */
export interface DashboardNames {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
}

/** Their heights. */
const HEIGHTS = { stat: 4, timeseries: 8 } as const;

/** The JSON. Equal input gives equal bytes. */
export function dashboardJson(names: DashboardNames, panels: readonly Panel[]): string {
  const stats = panels.filter(({ type }) => type === 'stat');
  const graphs = panels.filter(({ type }) => type === 'timeseries');
  return textOf(names, [
    ...stats.map((panel, index) => {
      const w = Math.floor(COLUMNS / stats.length);
      return panelJson(panel, { id: index + 1, w, x: index * w, y: 0 });
    }),
    ...graphs.map((panel, index) => {
      const w = COLUMNS / 2;
      const y = HEIGHTS.stat + Math.floor(index / 2) * HEIGHTS.timeseries;
      return panelJson(panel, { id: stats.length + index + 1, w, x: (index % 2) * w, y });
    }),
  ]);
}

/** A dashboard of these panels. */
export function textOf({ uid, title, tags }: DashboardNames, panels: readonly unknown[]): string {
  const dashboard = {
    uid,
    title,
    tags,
    editable: true,
    graphTooltip: 1,
    refresh: '1m',
    schemaVersion: SCHEMA_VERSION,
    time: { from: 'now-6h', to: 'now' },
    timezone: '',
    version: 1,
    annotations: { list: [] },
    links: [],
    templating: {
      list: [
        {
          name: 'datasource',
          label: 'Prometheus',
          type: 'datasource',
          query: 'prometheus',
          refresh: 1,
          hide: 0,
          includeAll: false,
          multi: false,
          options: [],
        },
      ],
    },
    panels,
  };
  // As Helm's templates write these two.
  const text = JSON.stringify(dashboard, null, 2)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `${text}\n`;
}

/** Where a panel is. Words stand for the numbers in the chart. */
export interface Position {
  readonly id: number | string;
  readonly w: number | string;
  readonly x: number | string;
  readonly y: number | string;
}

/** A panel as Grafana has it. */
export function panelJson({ title, description, type, unit, queries }: Panel, { id, ...at }: Position) {
  const ratio = unit === 'percentunit';
  return {
    id,
    type,
    title,
    description,
    datasource: DATASOURCE,
    gridPos: { h: HEIGHTS[type], ...at },
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        ...(ratio && { max: 1 }),
        ...(type === 'timeseries' && { custom: { fillOpacity: 10, lineWidth: 1, showPoints: 'never' } }),
      },
      overrides: [],
    },
    options:
      type === 'stat'
        ? {
            reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
            colorMode: 'none',
            graphMode: 'area',
          }
        : {
            legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
            tooltip: { mode: 'multi', sort: 'desc' },
          },
    targets: queries.map(({ expr, legend }, number) => ({
      refId: String.fromCharCode(65 + number),
      datasource: DATASOURCE,
      expr,
      legendFormat: legend,
    })),
  };
}
