// Annotations for an unknown controller: controllers ignore annotations of others.
import { entryPointFor, traefikTimeout } from '../traefik-objects';
import { communityPush } from './community-nginx';
import { Controller, Exposure } from './controller';
import { f5Backend, f5Push } from './f5-nginx';
import { traefikHost } from './traefik';

/**
 * Any controller. A class called `nginx` may belong to either of two; the cluster's default class may be
 * Traefik's, as on k3s.
 */
export const unknownController: Controller = {
  basicAuth: 'ui-login-at-unknown-controller',
  pushAnnotations: (backend) => ({ ...communityPush(backend), ...f5Push(), ...f5Backend(backend) }),
  hostAnnotations: ({ encrypted, defaultClass }: Exposure) =>
    defaultClass && encrypted ? traefikHost(encrypted) : {},
  login: () => ({}),
  trustPod: () => ({}),
  settingsElsewhere: ({ encrypted, defaultClass }) =>
    defaultClass
      ? [
          "If the cluster's default ingress class is Traefik's, as on k3s:",
          ...traefikTimeout([entryPointFor(encrypted)]),
        ]
      : [],
};
