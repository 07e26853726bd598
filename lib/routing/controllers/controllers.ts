// All ingress controllers, by their names. A new one is a file of its own, a member of `IngressController`, and a line here.
import { communityNginx } from './community-nginx';
import { Controller, IngressController } from './controller';
import { f5Nginx } from './f5-nginx';
import { haproxy } from './haproxy';
import { traefik } from './traefik';
import { unknownController } from './unknown';

const CONTROLLERS: Readonly<Record<IngressController, Controller>> = {
  [IngressController.COMMUNITY_NGINX]: communityNginx,
  [IngressController.F5_NGINX]: f5Nginx,
  [IngressController.TRAEFIK]: traefik,
  [IngressController.HAPROXY]: haproxy,
};

/** The names of all controllers. */
export const CONTROLLER_NAMES = Object.keys(CONTROLLERS) as IngressController[];

/** What a name that isn't one is read as, until its mistake is reported. */
export const FALLBACK_CONTROLLER = IngressController.COMMUNITY_NGINX;

/** The controller of that name, or what is true of any where it isn't known. */
export function controllerOf(name: IngressController | undefined): Controller {
  return name === undefined ? unknownController : CONTROLLERS[name];
}

/** The controller, as far as the name of a class tells it. */
export function controllerOfClass(className: string | undefined): IngressController | undefined {
  const words = className?.split(/[-.]/) ?? [];
  return CONTROLLER_NAMES.find((name) => words.includes(CONTROLLERS[name].classWord ?? ''));
}

/** Annotations that are about a path for one of the controllers, and so about one Service only. */
export function isAboutPath(key: string): boolean {
  return CONTROLLER_NAMES.some((name) => CONTROLLERS[name].merging?.isForMinion(key));
}
