// CPU and memory of a container: omitted values keep their defaults, and a request never exceeds its limit.
import { Size } from 'cdk8s';
import { ContainerResources, Cpu, CpuResources, MemoryResources } from 'cdk8s-plus-27';
import { Check, kibibytes } from './check';

/** Requests and limits, completed with defaults. */
export function checkResources(
  check: Check,
  property: string,
  value: unknown,
  defaults: ContainerResources,
): ContainerResources {
  const given = check.options<ContainerResources>(property, value);
  const cpu = check.options<CpuResources>(`${property}.cpu`, given.cpu);
  const memory = check.options<MemoryResources>(`${property}.memory`, given.memory);
  return {
    cpu: bounded<Cpu>(
      check,
      `${property}.cpu`,
      defaults.cpu ?? {},
      {
        request: check.instance(`${property}.cpu.request`, cpu.request, Cpu, undefined, 'Cpu.millis(100)'),
        limit: check.instance(`${property}.cpu.limit`, cpu.limit, Cpu, undefined, 'Cpu.units(1)'),
      },
      millicores,
      (value) => value.amount,
    ),
    memory: bounded<Size>(
      check,
      `${property}.memory`,
      defaults.memory ?? {},
      {
        request: check.size(`${property}.memory.request`, memory.request, undefined, 'Size.mebibytes(128)'),
        limit: check.size(`${property}.memory.limit`, memory.limit, undefined, 'Size.mebibytes(512)'),
      },
      kibibytes,
      (value) => value.asString(),
    ),
  };
}

interface Bounds<T> {
  readonly request?: T;
  readonly limit?: T;
}

/** If only one of the two was given and conflicts with the other's default, it is used for both. */
function bounded<T>(
  check: Check,
  property: string,
  defaults: Bounds<T>,
  given: Bounds<T>,
  measure: (value: T) => number,
  show: (value: T) => string,
): Bounds<T> {
  const { request = defaults.request, limit = defaults.limit } = given;
  if (request === undefined || limit === undefined || measure(request) <= measure(limit))
    return { request, limit };
  if (given.request === undefined) return { request: limit, limit };
  if (given.limit === undefined) return { request, limit: request };
  check.report('limit-below-request', `${property}.limit`, { value: show(limit), request: show(request) });
  return { request, limit: request };
}

function millicores(cpu: Cpu): number {
  return cpu.amount.endsWith('m') ? Number.parseFloat(cpu.amount) : Number.parseFloat(cpu.amount) * 1000;
}
