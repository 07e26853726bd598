// Validates a certificate given as PEM, and reports upcoming expiry.
import { X509Certificate } from 'node:crypto';
import { Check } from '../core/check';
import {
  certificatesIn,
  covers,
  dateOf,
  daysLeft,
  hasBegun,
  hasEnded,
  pairProblem,
  readCertificate,
  signed,
} from '../secrets/certificate';
import { IssuedCertificate } from '../secrets/store';
import { PemCertificate } from './certificate-source';

/** Validates the PEM strings, and returns them for the Secret. */
export function checkPem(check: Check, host: string, given: PemCertificate): () => IssuedCertificate {
  const { certificate, privateKey, ca } = check.options<PemCertificate>('certificate.pem', given);
  const property = 'certificate.certificate';
  const problem = pairProblem(certificate, privateKey);
  const parsed = problem ? undefined : readCertificate(certificate);
  if (problem) {
    check.report('certificate-not-usable', property, { problem });
  }
  if (parsed && !covers(parsed, host)) {
    check.report('certificate-of-another-host', property, {
      names: parsed.subjectAltName ? `${parsed.subjectAltName}, not` : 'no names, not even',
      host,
    });
  }
  if (parsed) {
    checkDates(check, property, parsed);
    for (const above of certificatesIn(certificate).slice(1))
      checkDates(check, `${property}: the certificate of ${JSON.stringify(above.subject)} in it`, above);
  }
  if (ca !== undefined) checkAuthority(check, ca, parsed, certificate);
  return () => ({ certificate, privateKey, ca: ca ?? '' });
}

/** Reports a CA that is not valid: at least one of its certificates must be valid now. */
export function checkAuthorityDates(
  check: Check,
  property: string,
  authorities: readonly X509Certificate[],
): void {
  const [first] = authorities;
  if (first && authorities.every((authority) => hasEnded(authority) || !hasBegun(authority)))
    checkDates(check, property, first);
}

/** Reminders before given certificates expire: leaves in their last 30 days, CAs in their last year. */
export function endsSoon({ certificate, ca }: PemCertificate): string[] {
  const soonest = (texts: X509Certificate[]) => texts.sort((a, b) => daysLeft(a) - daysLeft(b));
  const [chain] = soonest(certificatesIn(certificate));
  const latest = soonest(certificatesIn(ca ?? '')).pop();
  return [
    ...(chain && daysLeft(chain) < 30
      ? [
          `Your certificate expires on ${dateOf(chain.validTo)}: replace it, synthesize and apply before that.`,
        ]
      : []),
    ...(latest && daysLeft(latest) < 365
      ? [
          `Your CA expires on ${dateOf(latest.validTo)}: append its successor in tls.certificate.ca, and install ca.crt everywhere`,
          'again, before the successor signs a certificate.',
        ]
      : []),
  ];
}

function checkDates(check: Check, property: string, certificate: X509Certificate): void {
  if (hasEnded(certificate))
    check.report('certificate-ended', property, { date: dateOf(certificate.validTo) });
  else if (!hasBegun(certificate))
    check.report('certificate-not-begun', property, { date: dateOf(certificate.validFrom) });
}

function checkAuthority(check: Check, ca: string, leaf: X509Certificate | undefined, chain: string): void {
  const authorities = certificatesIn(ca);
  if (authorities.length === 0) return check.report('tls-ca-not-pem', 'certificate.ca');
  const direct = leaf && certificatesIn(chain).length === 1;
  const signers = direct ? authorities.filter((authority) => signed(authority, leaf)) : authorities;
  if (signers.length === 0) check.report('ca-of-another-certificate', 'certificate.ca');
  checkAuthorityDates(check, 'certificate.ca', signers);
}
