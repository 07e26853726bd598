// All ingress controllers by name. To add one, add its file, a member of `IngressController`, and an entry
// here.
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

/** Names of all controllers. */
export const CONTROLLER_NAMES = Object.keys(CONTROLLERS) as IngressController[];

/** Stands in for an invalid name, until the problem is reported. */
export const PLACEHOLDER_CONTROLLER = IngressController.COMMUNITY_NGINX;

/** The controller of a name, or `unknownController` if there is none. */
export function controllerOf(name: IngressController | undefined): Controller {
  return name === undefined ? unknownController : CONTROLLERS[name];
}

/** The controller that a class name identifies, if any. */
export function controllerOfClass(className: string | undefined): IngressController | undefined {
  const words = className?.split(/[-.]/) ?? [];
  return CONTROLLER_NAMES.find((name) => {
    const { classWord } = CONTROLLERS[name];
    return classWord !== undefined && words.includes(classWord);
  });
}

/** Whether an annotation applies to a path for one of the controllers, and so to one Service only. */
export function isAboutPath(key: string): boolean {
  return CONTROLLER_NAMES.some((name) => CONTROLLERS[name].merging?.isForMinion(key));
}
