// Every wrong web page of the tables in test/bad-input/pages.ts and page-places.ts is refused with exactly the messages that its row says, and nothing is written.
import { PAGE_LOGINS, PAGE_PLACES } from './bad-input/page-places';
import { PAGE_SETTINGS, PAGE_TEXTS, PAGES } from './bad-input/pages';
import { refusesEach } from './bad-input/refusal';
import type { Row } from './bad-input/row';

const TABLES: Record<string, readonly Row[]> = {
  pages: PAGES,
  'texts of pages': PAGE_TEXTS,
  'settings of pages': PAGE_SETTINGS,
  'places of pages': PAGE_PLACES,
  'logins of pages': PAGE_LOGINS,
};

refusesEach(TABLES);
