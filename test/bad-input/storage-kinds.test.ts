// Every wrong kind of storage is refused with exactly the messages that its row says, and nothing is written.
import { refusesEach } from './refusal';
import { STORAGE_KINDS } from './storage-kinds';

refusesEach({ 'kinds of storage': STORAGE_KINDS });
