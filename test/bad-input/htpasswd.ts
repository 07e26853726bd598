// Wrong htpasswd files, given as text or by a Secret.
import { Secret } from 'cdk8s-plus-27';
import { RegistryCredentials } from '../../lib';
import { type AnyProps, PASSWORD, type Row, wrong } from './row';

const { htpasswd, existingSecret } = RegistryCredentials;
const auth = (credentials: unknown): AnyProps => ({ auth: { credentials } });
const LINE = 'admin:$2y$05$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C';

export const HTPASSWD: readonly Row[] = [
  {
    name: 'an htpasswd line with an MD5 hash',
    props: auth(htpasswd('admin:$apr1$KQ3P4mBk$zpWCmxcXkWp0tT5Pf5XG0/')),
    says: [
      '[chart/registry/auth] auth.credentials.htpasswd line 1: is not "user:hash" with a bcrypt hash ($2a$, $2b$ or $2y$), the only kind the registry accepts; write what `htpasswd -nB admin` prints',
    ],
  },
  {
    name: 'an htpasswd line with a password in clear',
    props: auth(htpasswd(`admin:${PASSWORD}`)),
    says: [
      '[chart/registry/auth] auth.credentials.htpasswd line 1: is not "user:hash" with a bcrypt hash ($2a$, $2b$ or $2y$), the only kind the registry accepts; write what `htpasswd -nB admin` prints',
    ],
  },
  {
    name: 'an htpasswd line that is a password',
    props: auth(htpasswd(PASSWORD)),
    says: [
      '[chart/registry/auth] auth.credentials.htpasswd line 1: is not "user:hash" with a bcrypt hash ($2a$, $2b$ or $2y$), the only kind the registry accepts; write what `htpasswd -nB admin` prints',
    ],
  },
  {
    name: 'an htpasswd line that is a password with a space',
    props: auth(htpasswd(`my ${PASSWORD}`)),
    says: [
      '[chart/registry/auth] auth.credentials.htpasswd line 1: is not "user:hash" with a bcrypt hash ($2a$, $2b$ or $2y$), the only kind the registry accepts; write what `htpasswd -nB admin` prints',
    ],
  },
  {
    name: 'an htpasswd line with one field more',
    props: auth(htpasswd(`${LINE}:x`)),
    says: [
      '[chart/registry/auth] auth.credentials.htpasswd line 1: is not "user:hash" with a bcrypt hash ($2a$, $2b$ or $2y$), the only kind the registry accepts; write what `htpasswd -nB admin` prints',
    ],
  },
  {
    name: 'an htpasswd file with a wrong second line',
    props: auth(htpasswd(`${LINE}\nguest:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n`)),
    says: [
      '[chart/registry/auth] auth.credentials.htpasswd line 2: is not "user:hash" with a bcrypt hash ($2a$, $2b$ or $2y$), the only kind the registry accepts; write what `htpasswd -nB admin` prints',
    ],
  },
  {
    name: 'an htpasswd file with a wrong line behind a comment',
    props: auth(htpasswd(`# people\n\n${LINE}\nguest\n`)),
    says: [
      '[chart/registry/auth] auth.credentials.htpasswd line 4: is not "user:hash" with a bcrypt hash ($2a$, $2b$ or $2y$), the only kind the registry accepts; write what `htpasswd -nB admin` prints',
    ],
  },
  {
    name: 'an htpasswd file of comments',
    props: auth(htpasswd('# people\n')),
    says: [
      '[chart/registry/auth] auth.credentials.htpasswd: is empty; write what `htpasswd -nB admin` prints',
    ],
  },
  {
    name: 'an htpasswd line that takes minutes',
    props: auth(htpasswd(`${LINE}\n${LINE.replace('admin', 'anna').replace(/\$\d\d\$/, '$$18$$')}\n`)),
    says: [
      '[chart/registry/auth] auth.credentials.htpasswd line 2: has bcrypt cost 18, which is too slow: clients time out from cost 12; hash the password with cost 10: `htpasswd -nB -C 10 admin`',
    ],
  },
  {
    name: 'an htpasswd file with a user twice',
    props: auth(htpasswd(`${LINE}\n${LINE}\n`)),
    says: [
      '[chart/registry/auth] auth.credentials.htpasswd: "admin" is listed twice; give each user a unique name',
    ],
  },
  {
    name: 'an htpasswd file without a line',
    props: auth(htpasswd(' \n')),
    says: [
      '[chart/registry/auth] auth.credentials.htpasswd: is empty; write what `htpasswd -nB admin` prints',
    ],
  },
  {
    name: 'an htpasswd file that is undefined',
    props: auth(htpasswd(wrong(process.env.NOT_SET_ANYWHERE))),
    says: [
      '[chart/registry/auth] auth.credentials.htpasswd: is empty; write what `htpasswd -nB admin` prints',
    ],
  },
  {
    name: 'an existing Secret by its name alone',
    props: auth(existingSecret({ secret: wrong('basic-auth') })),
    says: [
      "[chart/registry/auth] auth.credentials.secret: is not a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
    ],
  },
  {
    name: 'an existing Secret without its braces',
    props: ({ chart }) => auth(existingSecret(wrong(Secret.fromSecretName(chart, 'users', 'basic-auth')))),
    says: [
      "[chart/registry/auth] auth.credentials: is not { secret, key }; write e.g. { secret: Secret.fromSecretName(this, 'secret', 'my-secret') }",
    ],
  },
  {
    name: 'an existing Secret that is undefined',
    props: auth(existingSecret({ secret: wrong(undefined) })),
    says: [
      "[chart/registry/auth] auth.credentials.secret: is not a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
    ],
  },
  {
    name: 'an existing Secret with a wrong name and key',
    props: ({ chart }) =>
      auth(
        existingSecret({
          secret: Secret.fromSecretName(chart, 'users', 'Basic Auth'),
          key: 'users/htpasswd',
        }),
      ),
    says: [
      "[chart/registry/auth] auth.credentials.secret: \"Basic Auth\" is not the name of a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
      '[chart/registry/auth] auth.credentials.key: "users/htpasswd" is not a key of a Secret; write e.g. "htpasswd"',
    ],
  },
];
