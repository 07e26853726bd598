// What is generated in chart/registry. The templates beside it are written by hand.
import { join } from 'node:path';
import { NODE_TRUST_SCRIPT } from '../../lib/clients/node-trust-script';
import { chartYaml } from './chart-yaml';
import { FRONT_SCRIPT, NGINX_CONF } from './front-files';
import { readme } from './readme';
import { valuesSchema } from './values-schema';
import { valuesYaml } from './values-yaml';

export const CHART_FOLDER = join(__dirname, '..', '..', 'chart', 'registry');

/** The generated files, by name. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return {
    'Chart.yaml': chartYaml(),
    'values.yaml': valuesYaml(),
    'values.schema.json': valuesSchema(),
    'README.md': readme(),
    'files/node-trust.sh': NODE_TRUST_SCRIPT,
    'files/nginx.conf': NGINX_CONF,
    'files/front.sh': FRONT_SCRIPT,
  };
}
