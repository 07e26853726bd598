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

/** The JSON. Equal input gives equal bytes. */
export function dashboardJson({ uid, title, tags }: DashboardNames, panels: readonly Panel[]): string {
  const stats = panels.filter(({ type }) => type === 'stat');
  const graphs = panels.filter(({ type }) => type === 'timeseries');
  const statHeight = 4;
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
    panels: [
      ...stats.map((panel, index) => {
        const w = Math.floor(COLUMNS / stats.length);
        return panelJson(panel, index, { h: statHeight, w, x: index * w, y: 0 });
      }),
      ...graphs.map((panel, index) => {
        const [w, h] = [COLUMNS / 2, 8];
        const y = statHeight + Math.floor(index / 2) * h;
        return panelJson(panel, stats.length + index, { h, w, x: (index % 2) * w, y });
      }),
    ],
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

function panelJson({ title, description, type, unit, queries }: Panel, index: number, gridPos: object) {
  const ratio = unit === 'percentunit';
  return {
    id: index + 1,
    type,
    title,
    description,
    datasource: DATASOURCE,
    gridPos,
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
