// Every kind of registry that tests know, by its name. A new one gets a row in the file of its domain.
import type { RegistryProps } from '../../lib';
import { BESIDE } from './beside';
import { FRONTS } from './fronts';
import { GENERAL } from './general';
import type { Kind } from './kind';
import { METRICS } from './metrics';
import { ROUTES } from './routes';
import { STORAGE } from './storage';
import { UIS } from './uis';

const HOST = 'registry.example.com';

/** The kinds of each domain. */
export const CATALOGUE: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  general: GENERAL,
  storage: STORAGE,
  routes: mapped(ROUTES, routed),
  UIs: mapped(UIS, ({ props, existing }) => ({
    props: (scope) => ({ host: HOST, ...props(scope) }),
    existing,
  })),
  metrics: METRICS,
  fronts: FRONTS,
  'what stands beside': BESIDE,
};

/** All of them. */
export const REGISTRIES: readonly (readonly [name: string, kind: Kind])[] = Object.values(CATALOGUE).flatMap(
  (kinds) => Object.entries(kinds),
);

/** A registry behind a route, and what some routes name that others made. */
export function routed(props: RegistryProps): Kind {
  return { props: () => ({ host: HOST, ...props }), existing: ['Gateway/public', 'Middleware/allow-office'] };
}

function mapped<T>(rows: Readonly<Record<string, T>>, kindOf: (row: T) => Kind): Record<string, Kind> {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, kindOf(row)]));
}
