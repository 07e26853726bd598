// Wrong labels and annotations.
import type { Row } from './row';

export const METADATA: readonly Row[] = [
  {
    name: 'a label with a number',
    props: { labels: { tier: 1 } },
    says: ['[chart/registry] labels["tier"]: 1 is not a string; write it in quotes'],
  },
  {
    name: 'a label with an object',
    props: { labels: { team: { name: 'a' } } },
    says: ['[chart/registry] labels["team"]: an object is not a string; write it in quotes'],
  },
  {
    name: 'a label with a space',
    props: { labels: { team: 'Team A' } },
    says: [
      '[chart/registry] labels["team"]: "Team A" is not a label value (at most 63 letters, digits, "-", "_" or "."); shorten it or change it',
    ],
  },
  {
    name: 'a label of 64 characters',
    props: { labels: { team: 'a'.repeat(64) } },
    says: [
      '[chart/registry] labels["team"]: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..." is not a label value (at most 63 letters, digits, "-", "_" or "."); shorten it or change it',
    ],
  },
  {
    name: 'a label key with a space',
    props: { labels: { 'my team': 'a' } },
    says: [
      '[chart/registry] labels: "my team" is not a label or annotation key; write e.g. "example.com/team"',
    ],
  },
  {
    name: 'a label that selectors work by',
    props: { labels: { 'app.kubernetes.io/instance': 'mine' } },
    says: [
      '[chart/registry] labels["app.kubernetes.io/instance"]: "mine" is set by this library for selectors; choose another key',
    ],
  },
  {
    name: 'labels as a list',
    props: { labels: ['team=a'] },
    says: ['[chart/registry] labels: a list of 1 is not an object; write e.g. labels: {}'],
  },
  {
    name: 'an annotation with a boolean',
    props: { annotations: { 'example.com/backup': true } },
    says: ['[chart/registry] annotations["example.com/backup"]: true is not a string; write it in quotes'],
  },
  {
    name: 'an annotation key with two slashes',
    props: { annotations: { 'example.com/a/b': 'c' } },
    says: [
      '[chart/registry] annotations: "example.com/a/b" is not a label or annotation key; write e.g. "example.com/team"',
    ],
  },
  {
    name: 'pod labels that selectors work by, on both pods',
    props: {
      podLabels: { 'app.kubernetes.io/component': 'web' },
      ingress: {},
      ui: { podLabels: { 'app.kubernetes.io/name': 'web' } },
    },
    says: [
      '[chart/registry/deployment] podLabels["app.kubernetes.io/component"]: "web" is set by this library for selectors; choose another key',
      '[chart/registry/ui] ui.podLabels["app.kubernetes.io/name"]: "web" is set by this library for selectors; choose another key',
    ],
  },
  {
    name: 'a pod annotation with a number',
    props: { podAnnotations: { 'prometheus.io/port': 5001 } },
    says: [
      '[chart/registry/deployment] podAnnotations["prometheus.io/port"]: 5001 is not a string; write it in quotes',
    ],
  },
];
