// What the registry's chart says of itself: Chart.yaml, the comments of groups in values.yaml, README.md.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Yaml } from 'cdk8s';
import { DEFAULT_REGISTRY_IMAGE } from '../distribution/versions';
import { DEFAULT_UI_IMAGE } from '../ui/image';
import type { ChartTexts } from './chart-files';
import { TEST_IMAGE } from './chart-test';
import type { HelmChartProps } from './helm-chart';
import { CHECKS, REGISTRY_TEMPLATES } from './registry-chart-templates';

const HOME = 'https://github.com/cdk8s-registry/cdk8s-registry';

/** Chart.yaml. */
export function chartMetadata(): HelmChartProps {
  const [, tag] = DEFAULT_REGISTRY_IMAGE.split(':');
  return {
    name: 'registry',
    version: versionOfLibrary(),
    appVersion: tag,
    description: 'A private container registry with TLS, login, storage, a way in and a web page',
    metadata: {
      home: HOME,
      icon: 'https://raw.githubusercontent.com/cdk8s-registry/cdk8s-registry/main/docs/icon.svg',
      sources: [HOME, 'https://github.com/distribution/distribution'],
      keywords: ['registry', 'docker-registry', 'container-registry', 'distribution', 'oci', 'docker'],
      maintainers: [{ name: 'cdk8s-registry maintainers', url: HOME }],
      annotations: {
        'artifacthub.io/category': 'integration-delivery',
        'artifacthub.io/license': 'Apache-2.0',
        'artifacthub.io/images': Yaml.stringify([
          { name: 'registry', image: `docker.io/library/${DEFAULT_REGISTRY_IMAGE}` },
          { name: 'ui', image: `docker.io/${DEFAULT_UI_IMAGE}` },
          { name: 'test', image: TEST_IMAGE },
        ]),
        'artifacthub.io/links': Yaml.stringify([
          { name: 'source', url: HOME },
          { name: 'the registry', url: 'https://distribution.github.io/distribution/' },
        ]),
      },
    },
  };
}

/** The closest package.json above this file: the library's own, in its sources as well as in its package. */
function versionOfLibrary(folder = __dirname): string {
  const file = path.join(folder, 'package.json');
  return fs.existsSync(file)
    ? JSON.parse(fs.readFileSync(file, 'utf8')).version
    : versionOfLibrary(path.dirname(folder));
}

/** What is added to what was learned. */
export function chartTexts(): ChartTexts {
  return { groups: GROUPS, readme, checks: CHECKS, more: { 'templates/_registry.tpl': REGISTRY_TEMPLATES } };
}

const GROUPS: Readonly<Record<string, string>> = {
  '': 'Values of the chart. The README tells how they go together.',
  image: "The registry's image.",
  auth: 'Who may log in. By default one user, whose password is generated and kept in a Secret.',
  tls: 'The certificate, and where TLS ends. By default a certificate of a CA of its own is generated, and kept.',
  'tls.certManager': 'A certificate that cert-manager gets and renews.',
  'tls.certManager.issuer': 'Who signs it.',
  'httpRoute.gateway': 'The Gateway that the route is on: one that exists, or one that is made.',
  'storage.uploadPurging': 'How what failed pushes left behind is removed.',
  'storage.health': 'How the registry watches its storage.',
  httpSecret: 'What replicas sign the state of uploads with.',
  service: "The registry's Service.",
  persistence: 'The volume that images are kept in, where storage.type is filesystem.',
  storage: 'Where images are kept, and how.',
  'storage.s3': 'A bucket on Amazon S3, or on a server that speaks its protocol; where storage.type is s3.',
  'storage.gcs': 'A bucket on Google Cloud Storage; where storage.type is gcs.',
  'storage.azure': 'A container on Azure Blob Storage; where storage.type is azure.',
  ingress: 'The way in by an Ingress. At most one of ingress, ingressRoute and httpRoute.',
  ingressRoute: "The way in by Traefik's IngressRoute.",
  httpRoute: "The way in by the Gateway API's HTTPRoute.",
  ui: 'The web page.',
  metrics: 'Metrics for Prometheus.',
  'metrics.serviceMonitor': 'How the Prometheus operator is told of the metrics.',
  networkPolicy: 'Who may reach the pods, and what they may reach.',
  configuration: "The registry's own settings.",
  garbageCollection: 'When what deleted images leave behind is removed.',
  resources: "CPU and memory of the registry's container.",
  test: 'What helm test runs.',
};

function readme(table: string): string {
  return `# registry

A private container registry ([CNCF Distribution](https://distribution.github.io/distribution/)) with TLS, login, storage, a way in and a web page.
Safe by default: a generated password, a certificate, pods that fulfil Pod Security \`restricted\`, a read-only root, a NetworkPolicy.

Its templates are generated from the TypeScript constructs of [cdk8s-registry](${HOME}), so it holds what they know: pushes that
are not cut, a garbage collection that breaks no image, a storage that the probes watch. What does not go together is refused before anything is installed, all
mistakes at once, with what to write instead.

## Install

From this folder, or with the address of the registry that it was pushed to (\`oci://…/registry\`) in the place of \`.\`:

    helm install registry . --namespace registry --create-namespace

The notes that it prints lead through the rest for exactly your values: address, certificate, login, push, pull. \`helm get notes registry -n registry\` shows them again, and
\`helm test registry -n registry\` pushes a file and pulls it.

## Set it up

By an Ingress, with the web page, on a larger volume:

    host: registry.example.com
    ingress: { enabled: true, className: nginx }
    ui: { enabled: true, deleteImages: true }
    storage: { deletion: true }
    persistence: { size: 100Gi }

With images in a bucket, and two replicas:

    replicaCount: 2
    storage:
      type: s3
      s3: { bucket: images, region: eu-central-1, existingSecret: registry-s3 }

With users of your own (\`htpasswd -nbB -C 10 alice PASSWORD\` prints a line), or in a Secret that exists:

    auth: { htpasswd: "alice:$2y$10$..." }
    auth: { existingSecret: registry-users }

With a certificate of your own, or one that cert-manager gets:

    tls: { existingSecret: registry-example-com }
    tls: { certManager: { enabled: true, issuer: { name: letsencrypt } } }

## Good to know

- **Passwords.** Without users of your own, one is generated, and kept in the Secret \`<name>-login\`. The registry checks a password at each request; Helm can hash only at bcrypt's
  cost 10, which takes some 60 ms each. Where many nodes pull at once, make a long random password and hash it at cost 4: it is its length that protects it.

      password=$(openssl rand -hex 24); htpasswd -nbB -C 4 ci "$password"

- **Upgrades.** \`helm upgrade\` keeps what was generated. The certificate is good for a year and is renewed by the first upgrade in its last third, under the same CA.
  \`helm template\` can't look into the cluster, so it generates new secrets each time: with tools that render charts that way (Argo CD, Flux' post-renderers), give \`auth.existingSecret\`,
  \`tls.existingSecret\` and \`httpSecret.existingSecret\`.
- **Uninstalling** keeps the claim with the images and the generated Secrets. \`kubectl delete pvc,secret -l app.kubernetes.io/instance=registry -n registry\` removes them too.
- **Coming from another chart?** \`npx --package cdk8s-registry cdk8s-registry-migrate values.yaml\` translates values of the charts \`stable/docker-registry\` and \`twuni/docker-registry\`, and names what it can't carry over.

## Values

${table}
`;
}
