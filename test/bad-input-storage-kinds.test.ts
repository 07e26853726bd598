// Every wrong kind of storage is refused with exactly the messages that its row says, and nothing is written.
import { refusesEach } from './bad-input/refusal';
import { STORAGE_KINDS } from './bad-input/storage-kinds';

refusesEach({ 'kinds of storage': STORAGE_KINDS });
