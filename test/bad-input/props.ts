// Props that are not what they are declared as, which a program without a type checker can pass, and stores
// for tests only.
import { App } from 'cdk8s';
import { FixedStore, Registry } from '../../lib';
import { type Row, wrong } from './row';

export const PROPS: readonly Row[] = [
  {
    name: 'a text instead of options',
    props: {
      auth: 'admin',
      storage: '10Gi',
      tls: true,
      service: 'NodePort',
      ingress: 'nginx',
      ui: true,
      configuration: 'debug',
      networkPolicy: false,
    },
    says: [
      '[chart/registry] auth: "admin" is not an object; write e.g. auth: {}',
      '[chart/registry] tls: true is not an object; write e.g. tls: {}',
      '[chart/registry] storage: "10Gi" is not an object; write e.g. storage: {}',
      '[chart/registry] service: "NodePort" is not an object; write e.g. service: {}',
      '[chart/registry] ingress: "nginx" is not an object; write e.g. ingress: {}',
      '[chart/registry] ui: true is not an object; write e.g. ui: {}',
      '[chart/registry/deployment] configuration: "debug" is not an object; write e.g. configuration: {}',
      '[chart/registry/deployment] networkPolicy: false is not an object; write e.g. networkPolicy: {}',
    ],
  },
  {
    name: 'null instead of options',
    props: {
      auth: null,
      storage: null,
      tls: null,
      service: null,
      ingress: null,
      ui: null,
      configuration: null,
      resources: null,
      networkPolicy: null,
      labels: null,
      annotations: null,
    },
    says: [
      '[chart/registry] labels: null is not an object; write e.g. labels: {}',
      '[chart/registry] annotations: null is not an object; write e.g. annotations: {}',
      '[chart/registry] auth: null is not an object; write e.g. auth: {}',
      '[chart/registry] tls: null is not an object; write e.g. tls: {}',
      '[chart/registry] storage: null is not an object; write e.g. storage: {}',
      '[chart/registry] service: null is not an object; write e.g. service: {}',
      '[chart/registry] ingress: null is not an object; write e.g. ingress: {}',
      '[chart/registry] ui: null is not an object; write e.g. ui: {}',
      '[chart/registry/deployment] configuration: null is not an object; write e.g. configuration: {}',
      '[chart/registry/deployment] networkPolicy: null is not an object; write e.g. networkPolicy: {}',
      '[chart/registry/deployment] resources: null is not an object; write e.g. resources: {}',
    ],
  },
  {
    name: 'null instead of props',
    build: ({ chart }) => new Registry(chart, 'registry', wrong(null)),
    says: ['[chart/registry] props: null is not an object; write e.g. props: {}'],
  },
];

export const DUMMIES: readonly Row[] = [
  {
    name: 'the fixed store in an app that is written',
    build: ({ app, chart }) => [new FixedStore().useIn(app), new Registry(chart, 'registry')],
    says: [
      'store: the app uses a FixedStore, whose dummy secrets are for tests and must not be deployed; leave it out, or use new LocalStore()',
    ],
  },
  {
    name: 'the fixed store for one chart only',
    build: ({ app, chart }) => [
      new FixedStore().useIn(chart),
      new Registry(chart, 'registry'),
      new App({ outdir: app.outdir }),
    ],
    says: [
      'store: the app uses a FixedStore, whose dummy secrets are for tests and must not be deployed; leave it out, or use new LocalStore()',
    ],
  },
];
