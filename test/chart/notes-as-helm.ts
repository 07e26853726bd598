// The constructs' notes in Helm's terms: what NOTES.txt of the chart must say, to the byte. Everything that the
// chart says in its own way is listed here.

import { notesOf } from '../../lib/app/notes/collector';
import { stepsOf, titleOf } from '../../lib/app/notes/notes';
import type { Registry } from '../../lib/registry';

type Step = readonly [heading: string, ...lines: string[]];

/** NOTES.txt for a registry that was made of values. */
export function notesAsHelm(registry: Registry): string {
  const title = titleOf(registry);
  const steps = withRenewal(registry, stepsOf(registry).filter(isHelms)).map((step) =>
    inHelm(registry, step),
  );
  const numbered = steps.map(([heading, ...lines], index) =>
    [`${index + 1}. ${heading}`, ...lines.map((line) => `   ${line}`)].join('\n'),
  );
  const sections = [
    `${title}\n${'='.repeat(title.length)}`,
    ...numbered,
    ...ofCaches(registry),
    ...ofMaintenance(registry),
    ...ofNodes(registry),
    ...ofVerification(registry),
    ...ofDashboard(registry),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Notes of the caches on the registry's host. */
function ofCaches({ node }: Registry): string[] {
  return notesOf(node.root)
    .filter((text) => text.startsWith('The cache "'))
    .map((text) => text.trimEnd());
}

/** Notes of what works on a schedule. */
function ofMaintenance({ node }: Registry): string[] {
  return notesOf(node.root)
    .filter((text) => /^((Garbage|Snapshots|The retention) of registry|The copy from) /.test(text))
    .map((text) =>
      text
        .trimEnd()
        .replace(
          'write dryRun: false, synthesize, and apply.',
          'write retention: { dryRun: false }, and upgrade.',
        ),
    );
}

/** Notes of a DaemonSet that makes nodes trust the registry. Helm deletes what is left out. */
function ofNodes({ node }: Registry): string[] {
  const then = /Then take the construct out of the app, and:\n {2}kubectl delete namespace (.*)$/m;
  return notesOf(node.root)
    .filter((text) => text.startsWith('Nodes that '))
    .map((text) =>
      text
        .trimEnd()
        .replace(then, 'Then leave nodeTrust out of the values, and upgrade: that deletes the namespace $1.'),
    );
}

/** Notes of the verification. */
function ofVerification({ node }: Registry): string[] {
  return notesOf(node.root)
    .filter((text) => text.startsWith('The verification of '))
    .map((text) => text.trimEnd());
}

/** Notes of the dashboard. */
function ofDashboard({ node }: Registry): string[] {
  return notesOf(node.root)
    .filter((text) => text.startsWith('The dashboard of '))
    .map((text) => text.trimEnd());
}

/** Generated secrets are in the cluster, and not in a folder; Helm changes and deletes. */
function isHelms([heading]: Step): boolean {
  return !/^(Keep the generated secrets$|Change it: |Delete all that )/.test(heading);
}

/** The chart's only step of its own, before the login: nothing but an upgrade renews a certificate of a release. */
function withRenewal({ tls, namespace }: Registry, steps: readonly Step[]): Step[] {
  const renewal: Step = [
    'Upgrade the release before its certificate expires',
    'The certificate is valid for a year. Only an upgrade renews it, in its last four months. Without one, clients refuse it after the date that this prints:',
    `kubectl -n ${namespace} get secret ${tls.secretName} -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -enddate`,
  ];
  const login = steps.findIndex(([heading]) => /^(Log in|No login|Push and pull)/.test(heading));
  return tls._selfSigned ? [...steps.slice(0, login), renewal, ...steps.slice(login)] : [...steps];
}

function inHelm({ namespace, registryName }: Registry, [heading, ...lines]: Step): Step {
  // Helm has applied the objects.
  if (heading.startsWith('Apply, and wait until it runs')) return ['Wait until it runs', ...lines.slice(1)];
  // The password is in a Secret.
  const show = `kubectl -n ${namespace} get secret ${registryName}-login -o jsonpath='{.data.password}' | base64 -d`;
  return [
    heading.replace('in the folder that', 'in the Secret that'),
    ...lines.map((line) =>
      line
        .replace(/^.* \| docker login /, `${show} | docker login `)
        // Values are written in YAML.
        .replace('k8s.IntOrString.fromNumber(443)', '443'),
    ),
  ];
}
