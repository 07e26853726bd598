// How the registry is verified.
import { Duration, Size } from 'cdk8s';
import { Cpu, ImagePullPolicy, Secret } from 'cdk8s-plus-27';
import {
  AccessRule,
  RegistryAccess,
  RegistryCertificate,
  RegistryCredentials,
  RegistryLogin,
  RegistryVerification,
  Subject,
  VerificationAddress,
} from '../../../lib';
import { LINES, secretNamed, type ValueSet } from './value-set';

const TO_A_PROXY = [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }];

export const VERIFICATIONS: readonly ValueSet[] = [
  {
    name: 'a verification by hand, with the generated login',
    values: { verification: { enabled: true }, storage: { deletion: true } },
    props: () => ({ storage: { deletion: true } }),
    more: (chart, registry) => {
      // The constructs have a Secret of their own; the chart reads the one that it has anyway.
      new RegistryVerification(chart, 'verification', { registry, _basicAuthSecret: 'registry-login' });
    },
  },
  {
    name: 'a verification by a schedule at both addresses, with a login and a CA of Secrets that exist',
    values: {
      host: 'registry.example.com',
      ingress: { enabled: true },
      tls: { existingSecret: 'certificate' },
      auth: { htpasswd: `${LINES.alice}\n` },
      access: { rules: [{ action: 'push', repositories: ['ci/**'], users: ['alice'] }] },
      networkPolicy: { allowFrom: [{ podSelector: {} }] },
      imagePullSecrets: [{ name: 'hub' }],
      verification: {
        enabled: true,
        address: 'BOTH',
        schedule: '15 * * * *',
        timeZone: 'Europe/Berlin',
        timeLimit: '30m',
        repository: 'ci/verification',
        layerSize: '2Gi',
        loginSecret: 'robot',
        caSecret: 'ca',
        caSecretKey: 'root.pem',
        allowTo: TO_A_PROXY,
        image: { repository: 'example.com/curl', tag: '8', pullPolicy: 'Always' },
        resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
        hostAliases: [{ ip: '192.0.2.7', hostnames: ['registry.example.com'] }],
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ operator: 'Exists' }],
        podLabels: { team: 'a' },
        podAnnotations: { 'example.com/a': 'b' },
      },
    },
    props: (chart) => ({
      host: 'registry.example.com',
      ingress: {},
      tls: { certificate: RegistryCertificate.existingSecret(secretNamed(chart, 'certificate')) },
      auth: { credentials: RegistryCredentials.htpasswd(`${LINES.alice}\n`) },
      access: RegistryAccess.rules([AccessRule.push('ci/**').to(Subject.user('alice'))]),
      networkPolicy: { allowFrom: [{ podSelector: {} }] },
      imagePullSecrets: [secretNamed(chart, 'hub')],
    }),
    more: (chart, registry) => {
      new RegistryVerification(chart, 'verification', {
        registry,
        address: VerificationAddress.BOTH,
        schedule: '15 * * * *',
        timeZone: 'Europe/Berlin',
        timeLimit: Duration.minutes(30),
        repository: 'ci/verification',
        layerSize: Size.gibibytes(2),
        login: RegistryLogin.existingSecret(secretNamed(chart, 'robot')),
        caSecret: { secret: secretNamed(chart, 'ca'), key: 'root.pem' },
        allowTo: TO_A_PROXY,
        image: 'example.com/curl:8',
        imagePullPolicy: ImagePullPolicy.ALWAYS,
        imagePullSecrets: [Secret.fromSecretName(registry, 'hub', 'hub')],
        resources: {
          cpu: { request: Cpu.millis(20), limit: Cpu.units(1) },
          memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
        },
        hostAliases: [{ ip: '192.0.2.7', hostnames: ['registry.example.com'] }],
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ operator: 'Exists' }],
        podLabels: { team: 'a' },
        podAnnotations: { 'example.com/a': 'b' },
      });
    },
  },
  {
    name: 'a verification as a user who may push, and neither remove nor see the catalog',
    values: {
      access: { rules: [{ action: 'push', repositories: ['**'], users: ['admin'] }] },
      storage: { deletion: true },
      verification: { enabled: true },
    },
    props: () => ({
      access: RegistryAccess.rules([AccessRule.push('**').to(Subject.user('admin'))]),
      storage: { deletion: true },
    }),
    more: (chart, registry) => {
      new RegistryVerification(chart, 'verification', { registry, _basicAuthSecret: 'registry-login' });
    },
  },
  {
    name: 'a verification as a user who may remove, and see the catalog',
    values: {
      access: {
        rules: [
          { action: 'push', repositories: ['**'], users: ['admin'] },
          { action: 'remove', repositories: ['verification'], users: ['admin'] },
          { action: 'catalog', users: ['admin'] },
        ],
      },
      storage: { deletion: true },
      verification: { enabled: true },
    },
    props: () => ({
      access: RegistryAccess.rules([
        AccessRule.push('**').to(Subject.user('admin')),
        AccessRule.remove('verification').to(Subject.user('admin')),
        AccessRule.catalog().to(Subject.user('admin')),
      ]),
      storage: { deletion: true },
    }),
    more: (chart, registry) => {
      new RegistryVerification(chart, 'verification', { registry, _basicAuthSecret: 'registry-login' });
    },
  },
];
