// Chart.yaml, with what Artifact Hub shows of the chart.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { isPrerelease } from '../../lib/chart/files';
import { NODE_TRUST_IMAGE } from '../../lib/clients/node-trust/pod';
import { REGBOT_IMAGE, REGCTL_IMAGE } from '../../lib/core/image';
import { DEFAULT_REGISTRY_IMAGE } from '../../lib/distribution/versions';
import { DEFAULT_FRONT_IMAGE } from '../../lib/front/front-options';
import { DEFAULT_UI_IMAGE } from '../../lib/ui/image';

const HOME = 'https://github.com/cdk8s-registry/cdk8s-registry';

/** What is new in the version of package.json, for Artifact Hub. */
const CHANGES = {
  version: '0.1.0',
  list: [{ kind: 'added', description: 'First version' }],
} as const;

/** Chart.yaml. */
export function chartYaml(): string {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
  if (version !== CHANGES.version)
    throw new Error(
      `scripts/chart/chart-yaml.ts: CHANGES are those of ${CHANGES.version}; write those of ${version}`,
    );
  return Yaml.stringify({
    apiVersion: 'v2',
    name: 'registry',
    version,
    appVersion: DEFAULT_REGISTRY_IMAGE.split(':')[1],
    description: 'A private container registry with TLS, login, storage, a route and a UI',
    type: 'application',
    kubeVersion: '>=1.27.0-0',
    home: HOME,
    icon: 'https://raw.githubusercontent.com/cdk8s-registry/cdk8s-registry/main/docs/icon.svg',
    sources: [HOME, 'https://github.com/distribution/distribution'],
    keywords: ['registry', 'docker-registry', 'container-registry', 'distribution', 'oci', 'docker'],
    maintainers: [{ name: 'cdk8s-registry maintainers', url: HOME }],
    annotations: annotations(version),
  });
}

function annotations(version: string): Record<string, string> {
  return {
    'artifacthub.io/category': 'integration-delivery',
    'artifacthub.io/license': 'Apache-2.0',
    'artifacthub.io/prerelease': String(isPrerelease(version)),
    'artifacthub.io/changes': Yaml.stringify(CHANGES.list),
    'artifacthub.io/images': Yaml.stringify([
      { name: 'registry', image: `docker.io/library/${DEFAULT_REGISTRY_IMAGE}` },
      { name: 'ui', image: `docker.io/${DEFAULT_UI_IMAGE}` },
      { name: 'nginx', image: `docker.io/library/${DEFAULT_FRONT_IMAGE}` },
      { name: 'busybox', image: `docker.io/library/${NODE_TRUST_IMAGE}` },
      { name: 'regctl', image: REGCTL_IMAGE },
      { name: 'regbot', image: REGBOT_IMAGE },
    ]),
    'artifacthub.io/links': Yaml.stringify([
      { name: 'source', url: HOME },
      { name: 'support', url: `${HOME}/issues` },
      { name: 'Distribution, the registry itself', url: 'https://distribution.github.io/distribution/' },
    ]),
  };
}
