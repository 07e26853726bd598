// Refused values of the verification, by the code of the message.
import type { Code } from '../../../lib/core/messages';
import { TOKENS, VERIFIER } from './settings';

type ByPath = Readonly<Record<string, unknown>>;

const ON = { 'verification.enabled': true };
const LOGIN = { 'verification.loginSecret': 'robot' };
const LINE = `:$2y$05$${'a'.repeat(53)}`;

export const OF_VERIFICATION = {
  'not-a-schedule': [
    ...['hourly', '@reboot', '* * * *', '60 * * * *', '5-2 * * * *', '0 0 * * 7', ' 0 0 * * *'].map(
      (schedule) => ({ ...ON, 'verification.schedule': schedule }),
    ),
  ],
  'schedule-never-comes': ['0 0 30 2 *', '0 0 31 feb,apr ?'].map((schedule) => ({
    ...ON,
    'verification.schedule': schedule,
  })),
  'layer-size-not-in-range': [
    { 'verification.layerSize': '1023Ki' },
    { ...ON, 'test.enabled': false, 'verification.layerSize': '6Gi' },
  ],
  'time-limit-not-in-range': [
    { ...ON, 'verification.timeLimit': '59s' },
    // `helm test`: the API server takes no pod with more than 2147483647 s.
    { 'verification.timeLimit': '1s' },
    { 'verification.timeLimit': '999999h' },
    { ...ON, 'test.enabled': false, 'verification.timeLimit': '721h' },
  ],
  'verification-login-with-tokens': [{ ...ON, ...LOGIN, ...TOKENS }],
  'verification-in-a-cache': ['docker.io/library/a', 'a.b_5000/a'].flatMap((repository) =>
    [{}, TOKENS, ON, { ...ON, 'test.enabled': false }].map((also) => ({
      ...also,
      caches: [{ upstream: 'docker.io' }, { upstream: 'a.b:5000' }],
      'verification.repository': repository,
    })),
  ),
  'verification-may-not-push': [
    { ...ON, 'access.rules': [{ action: 'push', repositories: ['team/**'], users: ['admin'] }] },
    {
      ...ON,
      'verification.repository': 'team/sub/it',
      'auth.enabled': false,
      'access.rules': [{ action: 'pull', repositories: ['**'], everyone: true }],
    },
  ],
  'verification-name-too-long': [
    { ...ON, release: 'registry', fullnameOverride: 'r'.repeat(40) },
    { ...ON, fullnameOverride: 'r'.repeat(50), 'test.enabled': false },
  ],
  'verification-password-unknown': [
    { ...ON, 'auth.htpasswd': `al${LINE}` },
    { ...ON, 'auth.existingSecret': 'users', 'secrets.source': 'job' },
    { ...ON, ...VERIFIER },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };
