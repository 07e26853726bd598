// Refused combinations of logins by tokens, by the code of the message.
import type { Code } from '../../../lib/core/messages';
import { OLD, TOKENS, UI_LOGIN } from './settings';

type ByPath = Readonly<Record<string, unknown>>;

const CERTIFICATES = { ...TOKENS, 'auth.token.jwksSecret': '', 'auth.token.certificateSecret': 'keys' };

export const OF_TOKENS = {
  'realm-of-tokens': [{ ...TOKENS, 'auth.realm': 'Images' }],
  'realm-with-auto-redirect': [
    { ...TOKENS, 'auth.token.autoRedirect': true },
    { ...TOKENS, 'auth.token.autoRedirect': true, 'auth.token.realm': 'http://auth.example.com' },
  ],
  'token-keys-given-twice': [
    { ...TOKENS, 'auth.token.certificateSecret': 'other' },
    { ...TOKENS, ...OLD, 'auth.token.certificateSecret': 'other' },
  ],
  'token-keys-missing': [
    { ...TOKENS, 'auth.token.jwksSecret': '' },
    { ...TOKENS, ...OLD, 'auth.token.jwksSecret': '' },
    { 'auth.token.enabled': true },
  ],
  'token-realm-not-encrypted': [{ ...TOKENS, 'auth.token.realm': 'http://auth.example.com/token' }],
  'jwks-unknown-to-version': [
    { ...TOKENS, ...OLD },
    { ...TOKENS, 'image.tag': 'edge', 'image.version': 'V2' },
  ],
  'ui-login-with-tokens': [
    { ...TOKENS, ...UI_LOGIN },
    { ...TOKENS, ...UI_LOGIN, 'auth.realm': 'Größe' },
    { ...CERTIFICATES, ...UI_LOGIN, 'ingress.controller': 'HAPROXY' },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };
