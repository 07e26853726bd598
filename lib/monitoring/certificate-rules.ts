// Alerts about the certificate, and about whether clients get through: by cert-manager, and by a probe of the blackbox
// exporter, which sees what clients see. For a certificate that this library issued it knows the end itself.
import { hasEnded, readCertificate } from '../secrets/certificate';
import { type Alert, NO_EXPORTER } from './alert';
import { AlertExporter, RegistryAlert } from './alert-names';
import type { Thresholds } from './alert-thresholds';
import type { Monitored } from './monitored';
import { series } from './promql';

/** What probes from outside. */
export const BLACKBOX = 'blackbox';

/** The alert by cert-manager's metrics. */
export function certManagerRules(of: Monitored, limits: Thresholds): Alert[] {
  const ends = certificateSeries(of);
  return ends === undefined ? [] : [ending(of, limits, AlertExporter.CERT_MANAGER, `max(${ends})`)];
}

/**
 * When the Certificate ends. Unless Prometheus keeps the labels of what it scrapes, `namespace` is cert-manager's own,
 * and that of the Certificate is `exported_namespace`.
 */
export function certificateSeries({ certificate: name, namespace }: Monitored): string | undefined {
  if (name === undefined) return undefined;
  const metric = 'certmanager_certificate_expiration_timestamp_seconds';
  return [
    series(metric, { exported_namespace: namespace, name }),
    series(metric, { exported_namespace: '', namespace, name }),
  ].join(' or ');
}

/** The alerts by a probe. */
export function probeRules(of: Monitored, limits: Thresholds): Alert[] {
  if (of.probe === undefined) return [];
  const instance = { instance: of.probe };
  return [
    {
      name: RegistryAlert.UNREACHABLE,
      severity: 'critical',
      exporter: BLACKBOX,
      expr: `max by (instance) (${series('probe_success', instance)}) == 0`,
      for: '5m',
      summary: `Registry ${of.name} can't be reached from outside.`,
      description:
        'The probe of {{ $labels.instance }} fails: its address, its route, its certificate or the registry itself.',
    },
    ending(of, limits, BLACKBOX, `min(${series('probe_ssl_earliest_cert_expiry', instance)})`),
  ];
}

/**
 * The alert by the date in the manifests, where nothing else watches the certificate: it fires if nobody synthesized and
 * applied since it was due for renewal.
 *
 * @param certificate PEM; none if it is not known, and no alert if it has ended, as that of dummy secrets
 */
export function ownCertificateRules(of: Monitored, limits: Thresholds, certificate: string): Alert[] {
  const parsed = readCertificate(certificate);
  if (of.certificate !== undefined || of.probe !== undefined || !parsed || hasEnded(parsed)) return [];
  const [begin, end] = [parsed.validFrom, parsed.validTo].map((date) => Date.parse(date) / 1000) as [
    number,
    number,
  ];
  // It is renewed in the last third of its lifetime: short ones are due later than the threshold.
  const certificateSeconds = String(Math.min(Number(limits.certificateSeconds), (end - begin) / 6));
  return [ending(of, { ...limits, certificateSeconds }, NO_EXPORTER, `vector(${end})`)];
}

function ending(of: Monitored, { certificateSeconds }: Thresholds, exporter: string, ends: string): Alert {
  return {
    name: RegistryAlert.CERTIFICATE_ENDING,
    severity: 'warning',
    exporter,
    expr: `${ends} - time() < ${certificateSeconds}`,
    for: '1h',
    summary: `The certificate of registry ${of.name} ends soon.`,
    description: 'It ends in {{ $value | humanizeDuration }}. Then no client pulls or pushes.',
  };
}
