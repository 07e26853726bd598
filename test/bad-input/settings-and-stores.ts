// Wrong environment variables, and stores that can't serve.
import { LocalStore, Registry, RegistryEnvironment } from '../../lib';
import { PASSWORD, type Row, wrong } from './row';

const size = (value: string): Partial<Row> & { readonly build: NonNullable<Row['build']> } => ({
  env: { REGISTRY_PVC_SIZE: value },
  build: ({ app }) => new RegistryEnvironment(app).size('REGISTRY_PVC_SIZE'),
});

export const SETTINGS: readonly Row[] = [
  {
    name: 'a size without a unit',
    ...size('20'),
    says: [
      '[environment] REGISTRY_PVC_SIZE: "20" is not a whole number with one of the units Ki, Mi, Gi, Ti, Pi; write e.g. "20Gi"',
    ],
  },
  {
    name: 'a size of zero',
    ...size('0Gi'),
    says: [
      '[environment] REGISTRY_PVC_SIZE: "0Gi" is not a whole number with one of the units Ki, Mi, Gi, Ti, Pi; write e.g. "10Gi"',
    ],
  },
  {
    name: 'a size with a unit of ten',
    ...size('10GB'),
    says: [
      '[environment] REGISTRY_PVC_SIZE: "10GB" is not a whole number with one of the units Ki, Mi, Gi, Ti, Pi; write e.g. "10Gi"',
    ],
  },
  {
    name: 'a size with a fraction',
    ...size('1.5Gi'),
    says: [
      '[environment] REGISTRY_PVC_SIZE: "1.5Gi" is not a whole number with one of the units Ki, Mi, Gi, Ti, Pi; write e.g. "10Gi"',
    ],
  },
  {
    name: 'a size below zero',
    ...size('-5Gi'),
    says: [
      '[environment] REGISTRY_PVC_SIZE: "-5Gi" is not a whole number with one of the units Ki, Mi, Gi, Ti, Pi; write e.g. "10Gi"',
    ],
  },
  {
    name: 'a size that is set to an empty string',
    ...size(''),
    says: [
      '[environment] REGISTRY_PVC_SIZE: is set to an empty string; set a value, or unset it to use the default',
    ],
  },
  {
    name: 'a host that is set to an empty string',
    env: { REGISTRY_HOST: '' },
    build: ({ app }) => new RegistryEnvironment(app, 'settings').text('REGISTRY_HOST'),
    says: [
      '[settings] REGISTRY_HOST: is set to an empty string; set a value, or unset it to use the default',
    ],
  },
];

const HERE = 'store/registry/registry';
const LINE = 'admin:$2b$05$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C';

export const STORES: readonly Row[] = [
  {
    name: 'a store without a folder',
    build: ({ chart }) => [new LocalStore({ directory: '' }).useIn(chart), new Registry(chart, 'registry')],
    says: [
      `[chart/registry/auth] store: "" is not the name of a folder; write e.g. new LocalStore({ directory: '.registry' })`,
    ],
  },
  {
    name: 'a store whose folder is a number',
    build: ({ chart }) => [
      new LocalStore({ directory: wrong(5) }).useIn(chart),
      new Registry(chart, 'registry'),
    ],
    says: [
      `[chart/registry/auth] store: 5 is not the name of a folder; write e.g. new LocalStore({ directory: '.registry' })`,
    ],
  },
  {
    name: 'a store that is a file',
    store: { store: 'mine' },
    props: {},
    says: ['[chart/registry/auth] store: <folder>/store is a file; name another folder, or move it away'],
  },
  {
    name: "a namespace's folder that is a file",
    store: { 'store/registry': 'mine' },
    props: {},
    says: [
      '[chart/registry/auth] store: <folder>/store/registry is a file; name another folder, or move it away',
    ],
  },
  {
    name: "a registry's folder that is a file",
    store: { [HERE]: 'mine' },
    props: {},
    says: [
      '[chart/registry/auth] store: <folder>/store/registry/registry is a file; name another folder, or move it away',
    ],
  },
  {
    name: 'a folder in place of an entry',
    store: { [`${HERE}/tls/mine`]: '' },
    props: {},
    says: [
      "[chart/registry/auth] store: <folder>/store/registry/registry can't be read (EISDIR); make it a readable folder",
    ],
  },
  {
    name: 'an htpasswd entry without a hash',
    store: { [`${HERE}/admin.htpasswd`]: `admin:${PASSWORD}\n` },
    props: {},
    says: [
      '[chart/registry/auth] store: <folder>/store/registry/registry/admin.htpasswd is not a line of an htpasswd file; restore it from a backup, or delete it to generate a new one',
    ],
  },
  {
    name: 'a password entry without its line',
    store: { [`${HERE}/admin.password`]: `${PASSWORD}\n` },
    props: {},
    says: [
      '[chart/registry/auth] store: <folder>/store/registry/registry/admin.password is not a password and its htpasswd line; restore it from a backup, or delete it to generate a new one',
    ],
  },
  {
    name: 'a password entry with a short password',
    store: { [`${HERE}/admin.password`]: `hunter2\n${LINE}\n` },
    props: {},
    says: [
      '[chart/registry/auth] store: <folder>/store/registry/registry/admin.password is not a password and its htpasswd line; restore it from a backup, or delete it to generate a new one',
    ],
  },
  {
    name: 'an empty HTTP secret',
    store: { [`${HERE}/http-secret`]: '' },
    props: {},
    says: [
      '[chart/registry/auth] store: <folder>/store/registry/registry/http-secret is not a generated secret; restore it from a backup, or delete it to generate a new one',
    ],
  },
  {
    name: 'an HTTP secret that was cut',
    store: { [`${HERE}/http-secret`]: 'abc\n' },
    props: {},
    says: [
      '[chart/registry/auth] store: <folder>/store/registry/registry/http-secret is not a generated secret; restore it from a backup, or delete it to generate a new one',
    ],
  },
  {
    name: 'a CA that is no PEM',
    store: { [`${HERE}/ca`]: 'garbage\n' },
    props: {},
    says: [
      '[chart/registry/auth] store: <folder>/store/registry/registry/ca is not a certificate and its key in PEM; restore it from a backup, or delete it to generate a new one',
    ],
  },
  {
    name: 'a later certificate that is no PEM',
    store: { [`${HERE}/tls.2`]: 'garbage\n' },
    props: {},
    says: [
      '[chart/registry/auth] store: <folder>/store/registry/registry/tls.2 is not a certificate and its key in PEM; restore it from a backup, or delete it to generate a new one',
    ],
  },
  {
    name: 'three entries at once',
    store: { [`${HERE}/ca`]: '', [`${HERE}/tls`]: '', [`${HERE}/http-secret`]: '' },
    props: {},
    says: [
      '[chart/registry/auth] store: <folder>/store/registry/registry/ca is not a certificate and its key in PEM; restore it from a backup, or delete it to generate a new one',
      '[chart/registry/auth] store: <folder>/store/registry/registry/http-secret is not a generated secret; restore it from a backup, or delete it to generate a new one',
      '[chart/registry/auth] store: <folder>/store/registry/registry/tls is not a certificate and its key in PEM; restore it from a backup, or delete it to generate a new one',
    ],
  },
];
