// What stands for joxit/docker-registry-ui, which cannot be had from a package registry: the files in
// ui-image, which keep to the image's documented contract, and Debian's nginx. With UI_DIR the page is a real
// build of the UI.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Machine } from './machine';

const FOLDER = resolve(__dirname, 'ui-image');
const HTML = 'usr/share/nginx/html';
/** The parts of the image's root that are its own. */
const PARTS = ['etc/nginx', 'etc/passwd', 'docker-entrypoint.sh', 'docker-entrypoint.d', HTML];

export const UI_CONFIG = {
  workingDir: `/${HTML}`,
  entrypoint: ['/docker-entrypoint.sh'],
  cmd: ['nginx', '-g', 'daemon off;'],
  env: { NGINX_LISTEN_PORT: '80', NGINX_PROXY_HEADER_Host: '$http_host', SHOW_CATALOG_NB_TAGS: 'false' },
};

export function isUiImage(image: string): boolean {
  return /^joxit\/docker-registry-ui:2\.6\.\d+$/.test(image);
}

/** bubblewrap's arguments for the files, all of which the image gives to its user nginx. */
export function uiFiles(machine: Machine): string[] {
  const copy = join(machine.makeFolder('programs'), 'ui-image');
  if (!existsSync(copy)) {
    cpSync(FOLDER, copy, { recursive: true });
    const { UI_DIR } = process.env;
    if (UI_DIR) cpSync(UI_DIR, join(copy, HTML), { recursive: true });
    spawnSync('chmod', ['-R', 'a+rX,u+w', copy]); // a clone or a build may be for its owner only
  }
  return PARTS.flatMap((part) => ['--ro-bind', join(copy, part), `/${part}`]);
}
