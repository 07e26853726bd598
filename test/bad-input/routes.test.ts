// Every wrong route of the tables in test/bad-input/routes.ts is refused with exactly the messages that its row says, and nothing is written.
import { refusesEach } from './refusal';
import { BALANCERS, CERT_MANAGER, CONTROLLERS, HTTP_ROUTES, INGRESS_ROUTES, PASSWORDS_PAST_ROUTES, PULL_ADDRESSES, ROUTES } from './routes';
import type { Row } from './row';

const TABLES: Record<string, readonly Row[]> = {
  routes: ROUTES,
  controllers: CONTROLLERS,
  IngressRoutes: INGRESS_ROUTES,
  HTTPRoutes: HTTP_ROUTES,
  'load balancers': BALANCERS,
  'cert-manager': CERT_MANAGER,
  'pull addresses': PULL_ADDRESSES,
  'passwords past routes': PASSWORDS_PAST_ROUTES,
};

refusesEach(TABLES);
