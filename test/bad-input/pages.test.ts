// Every wrong web page of the tables in test/bad-input/pages.ts and page-places.ts is refused with exactly the messages that its row says, and nothing is written.
import { PAGE_LOGINS, PAGE_PLACES } from './page-places';
import { PAGE_SETTINGS, PAGE_TEXTS, PAGES } from './pages';
import { refusesEach } from './refusal';
import type { Row } from './row';

const TABLES: Record<string, readonly Row[]> = {
  pages: PAGES,
  'texts of pages': PAGE_TEXTS,
  'settings of pages': PAGE_SETTINGS,
  'places of pages': PAGE_PLACES,
  'logins of pages': PAGE_LOGINS,
};

refusesEach(TABLES);
