// The community's ingress-nginx.
import { Annotations, Backend, Controller } from './controller';

const PREFIX = 'nginx.ingress.kubernetes.io';

/**
 * The community's ingress-nginx. Its class is called `nginx`, like that of F5's controller, so the name is
 * ambiguous.
 */
export const communityNginx: Controller = {
  basicAuth: { controller: "the community's nginx", key: 'auth', realm: /^[-._~/:A-Za-z0-9 ]+$/ },
  pushAnnotations: communityPush,
  hostAnnotations: () => ({}),
  login: ({ secretName, realm }) => ({
    annotations: {
      [`${PREFIX}/auth-type`]: 'basic',
      [`${PREFIX}/auth-secret`]: secretName,
      [`${PREFIX}/auth-realm`]: realm,
    },
  }),
  trustPod: () => ({}),
  settingsElsewhere: () => [],
};

/** Lifts each limit that blocks large pushes. */
export function communityPush({ https }: Backend): Annotations {
  return {
    [`${PREFIX}/proxy-body-size`]: '0',
    [`${PREFIX}/proxy-request-buffering`]: 'off',
    [`${PREFIX}/proxy-read-timeout`]: '900',
    [`${PREFIX}/proxy-send-timeout`]: '900',
    ...(https && { [`${PREFIX}/backend-protocol`]: 'HTTPS' }),
  };
}
