// The values that an item of `copies` is laid over.
import { stringify } from 'yaml';
import { COPY_DEFAULTS } from '../../lib/chart/from-values/copies';

export const COPY_VALUES_FILE = `# What an item of copies is laid over.
${stringify(COPY_DEFAULTS)}`;
