// Both HAProxy controllers: HAProxy Technologies' and the community's.
import { Controller } from './controller';

/** HAProxy. It neither limits nor buffers bodies by default. */
export const haproxy: Controller = {
  classWord: 'haproxy',
  basicAuth: 'ui-login-at-haproxy',
  pushAnnotations: ({ https }) => ({
    'haproxy.org/timeout-server': '900s',
    ...(https && { 'haproxy.org/server-ssl': 'true' }),
    'haproxy-ingress.github.io/timeout-server': '900s',
    ...(https && { 'haproxy-ingress.github.io/backend-protocol': 'h1-ssl' }),
  }),
  hostAnnotations: () => ({}),
  login: () => ({}),
  trustPod: () => ({}),
  settingsElsewhere: () => [
    "HAProxy Technologies' controller 1.10 and older read this timeout only from their ConfigMap. Set there:",
    '  timeout-server: 900s',
  ],
};
