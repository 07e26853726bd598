// When each alert about a registry fires, by Prometheus' own rules engine.
import { Duration } from 'cdk8s';
import {
  CertificateIssuer,
  DescriptorCache,
  Registry,
  RegistryAlert,
  RegistryAlerts,
  RegistryCertificate,
  RegistryVeleroBackup,
  RegistryVersion,
} from '../../lib';
import { describeWith } from '../../tools/programs';
import { type Firing, firing, ruleProblems } from '../support/promtool';
import { manifest, newChart, newChartWithStore, problemsIn } from '../support/synth';
import { ALERT_CASES, ALL_THERE } from './alert-cases';

/** A registry with everything that alerts are about. */
function rules(namespace = 'registry'): { groups: { name: string; rules: Rule[] }[] } {
  const chart = newChart(undefined, { namespace });
  const registry = new Registry(chart, 'registry', {
    host: 'registry.example.com',
    version: RegistryVersion.V3,
    tls: { certificate: RegistryCertificate.certManager({ issuer: CertificateIssuer.issuer('ca') }) },
    ingress: {},
    ui: {},
    caches: [{ upstream: 'docker.io' }],
    metrics: { serviceMonitor: {} },
    storage: { descriptorCache: DescriptorCache.inMemory() },
  });
  new RegistryAlerts(chart, 'alerts', {
    registry,
    blackboxInstance: 'https://registry.example.com/v2/',
    cronJobs: [{ name: 'registry-backup', within: Duration.hours(26) }],
  });
  new RegistryVeleroBackup(chart, 'velero', { registry });
  expect(problemsIn(chart)).toEqual([]);
  return manifest(chart, 'PrometheusRule/registry-alerts').spec;
}

interface Rule {
  readonly alert: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

/** Those about days: a value each half hour. */
const LONG: readonly string[] = [
  RegistryAlert.VOLUME_FILLING,
  RegistryAlert.CERTIFICATE_ENDING,
  RegistryAlert.CRON_JOB_MISSED,
  RegistryAlert.BACKUP_MISSED,
];
const NAMES = Object.values(RegistryAlert);
const PROBE_FAILS = 'probe_success{job="probe", instance="https://registry.example.com/v2/"}';
const rule = rules();
const all = rule.groups.flatMap((group) => group.rules);

test('each alert is there, and has cases', () => {
  expect([...new Set(all.map(({ alert }) => alert))].sort()).toEqual([...NAMES].sort());
  for (const cases of Object.values(ALERT_CASES)) expect(cases.some(({ fires }) => fires)).toBe(true);
});

describeWith('alerts about a registry', ['promtool'], () => {
  test('the rules are valid', () => expect(ruleProblems(rule)).toBe(''));

  test('nothing fires while all is well', () =>
    expect(firing(rule, [{ series: ALL_THERE, minute: 50 }])).toEqual([[]]));

  const cases = NAMES.flatMap((alert) => ALERT_CASES[alert].map((one) => ({ alert, ...one })));
  let fired: Map<object, Firing[]>;
  beforeAll(() => {
    const [short, long] = [false, true].map((days) =>
      cases.filter((one) => days === LONG.includes(one.alert)),
    );
    const all = [...firing(rule, short ?? []), ...firing(rule, long ?? [], '30m')];
    fired = new Map([...(short ?? []), ...(long ?? [])].map((one, index) => [one, all[index] ?? []]));
  });

  test.each(cases.map((one) => [one.alert, one.name, one.fires, one] as const))(
    '%s, %s: %p',
    (alert, _, expected, one) => {
      const names = fired.get(one)?.map(({ alertname }) => alertname);
      expect(names?.includes(alert)).toBe(expected);
    },
  );

  test('each that fires says of which registry it is, how soon somebody must look, and by whose metrics', () => {
    const all = [...fired.values()].flat();
    expect([...new Set(all.map(({ alertname }) => alertname))].sort()).toEqual([...NAMES].sort());
    for (const labels of all)
      expect(labels).toMatchObject({
        registry: 'registry',
        // That of the registry, not of Velero or cert-manager.
        namespace: 'registry',
        severity: expect.stringMatching(/^(critical|warning)$/),
        exporter: expect.stringMatching(
          /^(registry|kube-state-metrics|kubelet|cert-manager|blackbox|velero)$/,
        ),
      });
  });

  test('those of two registries of one name are two', () => {
    const groups = ['registry', 'other'].flatMap((namespace) =>
      rules(namespace).groups.map((group) => ({ ...group, name: namespace })),
    );
    const [all = []] = firing({ groups }, [{ series: { [PROBE_FAILS]: '0x60' }, minute: 40 }]);
    for (const alert of [RegistryAlert.UNREACHABLE, RegistryAlert.METRICS_MISSING]) {
      const namespaces = all.filter(({ alertname }) => alertname === alert).map(({ namespace }) => namespace);
      expect(namespaces.filter((one) => one === 'registry').length).toBeGreaterThan(0);
      expect(namespaces.filter((one) => one === 'other')).toHaveLength(namespaces.length / 2);
    }
  });

  test('the end of a certificate of this library, by the date in the rule', () => {
    const { chart } = newChartWithStore();
    const registry = new Registry(chart, 'registry', {
      metrics: { serviceMonitor: {} },
      host: 'registry.example.com',
      ingress: {},
    });
    new RegistryAlerts(chart, 'alerts', { registry });
    const text = JSON.stringify(manifest(chart, 'PrometheusRule/registry-alerts').spec);
    expect(text).toMatch(/vector\(\d{10}\)/);
    const days = (left: number) => JSON.parse(text.replace(/vector\(\d+\)/, `vector(${left * 86_400})`));
    expect(ruleProblems(days(13))).toBe('');
    // promtool begins in 1970.
    const fires = (left: number) => firing(days(left), [{ series: ALL_THERE, minute: 90 }], '30m')[0];
    expect(fires(13)).toContainEqual({
      __name__: 'ALERTS',
      alertname: RegistryAlert.CERTIFICATE_ENDING,
      alertstate: 'firing',
      registry: 'registry',
      namespace: 'registry',
      severity: 'warning',
      exporter: 'none',
    });
    expect(fires(15)?.map(({ alertname }) => alertname)).not.toContain(RegistryAlert.CERTIFICATE_ENDING);
  });

  test('one is missing for each exporter that is away', () => {
    const [later = [], before] = firing(rule, [
      { series: {}, minute: 40 },
      { series: {}, minute: 14 },
    ]);
    const missing = later.filter(({ alertname }) => alertname === RegistryAlert.METRICS_MISSING);
    const exporters = ['blackbox', 'cert-manager', 'kube-state-metrics', 'kubelet', 'registry', 'velero'];
    expect(missing.map(({ exporter }) => exporter).sort()).toEqual(exporters);
    expect(before).toEqual([]);
  });
});
