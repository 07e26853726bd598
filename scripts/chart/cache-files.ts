// What the templates of caches read: the scripts that print a login, as the constructs write them, and the values that
// an item of `caches` is laid over.
import { stringify } from 'yaml';
import { loginCommand } from '../../lib/caches/login-command';
import { LOGIN_FILES } from '../../lib/caches/upstream-access';
import { CACHE_DEFAULTS } from '../../lib/chart/from-values/caches';

export const PRINT_LOGIN = loginCommand(LOGIN_FILES);
export const PRINT_NO_LOGIN = loginCommand(undefined);

export const CACHE_VALUES_FILE = `# A cache is a registry of its own: all values of one, as the templates of a registry read them.
${stringify(CACHE_DEFAULTS)}`;
