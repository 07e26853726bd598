// The alert about the descriptor cache: where it does not answer, the registry asks its storage instead, and says nothing.
import { RegistryVersion } from '../distribution/version';
import type { Alert } from './alert';
import { RegistryAlert } from './alert-names';
import { BY_POD, type Monitored, own } from './monitored';
import { REGISTRY } from './server-rules';

/** Lookups of layers, and those that the cache answered. */
export function lookupsOf(of: Monitored): { readonly all: string; readonly hits: string } {
  const [all, hits] =
    of.version === RegistryVersion.V2
      ? ['Request', 'Hit'].map((type) => own(of, 'registry_storage_cache_total', { type }))
      : ['requests', 'hits'].map((what) => own(of, `registry_storage_cache_${what}_total`));
  return { all: all as string, hits: hits as string };
}

/**
 * The alert; none without a cache. A cache that works answers some lookups of the first pull, too, as a pull asks for the
 * same layers several times: none at all means that it is away.
 */
export function descriptorCacheRules(of: Monitored): Alert[] {
  if (!of.descriptorCache) return [];
  const { all, hits } = lookupsOf(of);
  return [
    {
      name: RegistryAlert.DESCRIPTOR_CACHE_FAILS,
      severity: 'warning',
      exporter: REGISTRY,
      expr: [
        `sum by (${BY_POD}) (increase(${all}[15m])) > ${MANY}`,
        `unless sum by (${BY_POD}) (increase(${hits}[15m])) > 0`,
      ].join('\n'),
      for: '10m',
      summary: `The descriptor cache of registry ${of.name} answers nothing.`,
      description:
        'None of {{ $value | humanize }} lookups of pod {{ $labels.pod }} was answered, so that each pull asks the storage for all of its layers: Redis is away or refuses the login.',
    },
  ];
}

/** More than a few images that nobody asked for twice. */
const MANY = 100;
