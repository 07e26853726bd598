// Objects that people add to a release.
import { ApiObject, type Chart } from 'cdk8s';
import type { ValueSet } from './value-set';

const SCRIPT = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'script' } };
const TEXT = 'first: {{ .Values.host }}\n---\nlast: "{{"\n';
const QUOTA = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'registry', labels: { 'app.kubernetes.io/instance': 'mine' } },
  spec: { hard: { pods: 10, 'requests.memory': '20Gi' } },
};
const ELSEWHERE = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'registry-auth', namespace: 'shop', annotations: { 'helm.sh/hook': 'post-install' } },
  stringData: { password: 'no' },
};

const add = (chart: Chart, ...objects: { readonly apiVersion: string; readonly kind: string }[]) => {
  for (const [index, object] of objects.entries()) new ApiObject(chart, `extra-${index}`, object);
};

export const EXTRA_OBJECTS: readonly ValueSet[] = [
  {
    name: 'objects beside the release, as they are written',
    values: {
      extraObjects: [{ ...SCRIPT, data: { 'a.txt': TEXT, 'b.txt': '---' } }, QUOTA, ELSEWHERE],
      commonLabels: { team: 'a' },
    },
    props: () => ({ labels: { team: 'a' } }),
    more: (chart) =>
      add(chart, { ...SCRIPT, data: { 'a.txt': TEXT, 'b.txt': '---' } } as any, QUOTA, ELSEWHERE),
  },
  {
    name: "an Ingress beside the release's own, with its host and its Secret",
    values: {
      host: 'registry.example.com',
      ingress: { enabled: true },
      extraObjects: [ingress()],
    },
    props: () => ({ host: 'registry.example.com', ingress: {} }),
    more: (chart) => add(chart, ingress()),
  },
];

function ingress() {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'other', annotations: { 'cert-manager.io/issuer': 'ca' } },
    spec: {
      tls: [{ hosts: ['registry.example.com'], secretName: 'registry-tls' }],
      rules: [
        {
          host: 'registry.example.com',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'other', port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
  };
}
