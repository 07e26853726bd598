// What is generated in chart/registry. The templates beside it are written by hand.
import { join } from 'node:path';
import { PREFETCH_SCRIPT } from '../../lib/caches/prefetch-script';
import { NODE_TRUST_SCRIPT } from '../../lib/clients/node-trust/script';
import { SNAPSHOT_SCRIPT } from '../../lib/maintenance/backup/snapshot-script';
import { COLLECT_SCRIPT } from '../../lib/maintenance/collection/collect-script';
import { WATCH_SCRIPT } from '../../lib/maintenance/collection/watch-script';
import { COPY_LUA } from '../../lib/maintenance/copy/scripts';
import { COPY_SHELL, PLAN_SHELL } from '../../lib/maintenance/copy/shell-scripts';
import { PLAN_SCRIPT } from '../../lib/maintenance/retention/plan-script';
import { RUN_SCRIPT } from '../../lib/maintenance/retention/run-script';
import { RUNNING_IMAGES_SCRIPT } from '../../lib/maintenance/retention/running-images';
import { VERIFICATION_SCRIPT } from '../../lib/maintenance/verification-script';
import { ALERTS_FILE, CACHE_ALERTS_FILE } from './alert-files';
import { CACHE_VALUES_FILE, PRINT_LOGIN, PRINT_NO_LOGIN } from './cache-files';
import { chartYaml } from './chart-yaml';
import { COPY_VALUES_FILE } from './copy-files';
import { DASHBOARD_FILE } from './dashboard-file';
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
    'files/plan.lua': PLAN_SCRIPT,
    'files/run.lua': RUN_SCRIPT,
    'files/running-images.sh': RUNNING_IMAGES_SCRIPT,
    'files/copy.lua': COPY_LUA,
    'files/copy.sh': COPY_SHELL,
    'files/plan-copy.sh': PLAN_SHELL,
    'files/copy-values.yaml': COPY_VALUES_FILE,
    'files/collect.sh': COLLECT_SCRIPT,
    'files/watch-collection.sh': WATCH_SCRIPT,
    'files/snapshot.sh': SNAPSHOT_SCRIPT,
    'files/print-login.sh': PRINT_LOGIN,
    'files/print-no-login.sh': PRINT_NO_LOGIN,
    'files/verify.sh': VERIFICATION_SCRIPT,
    'files/prefetch.sh': PREFETCH_SCRIPT,
    'files/alerts.json': ALERTS_FILE,
    'files/cache-alerts.json': CACHE_ALERTS_FILE,
    'files/dashboard.json': DASHBOARD_FILE,
    'files/cache-values.yaml': CACHE_VALUES_FILE,
  };
}
