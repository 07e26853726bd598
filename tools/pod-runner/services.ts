// Gives every Service its addresses and keeps the forwarding to ready pods up to date; see service-proxy.ts.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { TYPESCRIPT } from '../typescript';
import type { Machine } from './machine';
import type { Pod } from './pod';
import type { Forward } from './service-proxy';
import type { Service } from './shapes';

interface Address {
  readonly service: Service;
  readonly clusterIp: string;
  /** Only LoadBalancers have one. */
  readonly externalIp?: string;
}

export class Services {
  static async start(machine: Machine): Promise<Services> {
    const program = [process.execPath, ...TYPESCRIPT, join(__dirname, 'service-proxy.ts')];
    const proxy = machine.spawn(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    return new Services(machine, proxy);
  }

  private readonly addresses = new Map<string, Address>();
  private updates: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly machine: Machine,
    private readonly proxy: ChildProcess,
  ) {}

  async add(service: Service): Promise<void> {
    const { name, namespace = 'default' } = service.metadata;
    if (
      service.spec.type === 'NodePort' &&
      service.spec.ports.some(({ nodePort }) => nodePort === undefined)
    ) {
      throw new Error(`Service ${name}: the runner does not choose node ports`);
    }
    const number = this.addresses.size + 1;
    const clusterIp = `10.96.0.${number}`;
    const externalIp = service.spec.type === 'LoadBalancer' ? `203.0.113.${number}` : undefined;
    this.addresses.set(`${namespace}/${name}`, { service, clusterIp, externalIp });
    for (const ip of [clusterIp, externalIp]) {
      if (ip !== undefined) await this.machine.must(['ip', 'addr', 'add', `${ip}/32`, 'dev', 'lo']);
    }
    this.machine.addHost(name, clusterIp, namespace);
    for (const suffix of ['', '.svc', '.svc.cluster.local']) {
      this.machine.addHost(`${name}.${namespace}${suffix}`, clusterIp);
    }
  }

  /** Where clients find a Service, at the port of this number or name. */
  address(
    namespace: string,
    name: string,
    port?: { name?: string; number?: number },
  ): { ip: string; port: number; externalIp?: string } {
    const found = this.addresses.get(`${namespace}/${name}`);
    const ports = found?.service.spec.ports ?? [];
    const wanted = ports.find(
      (candidate) =>
        port === undefined ||
        candidate.port === port.number ||
        (port.name !== undefined && candidate.name === port.name),
    );
    if (found === undefined || wanted === undefined)
      throw new Error(`Service ${namespace}/${name} has no port ${JSON.stringify(port)}`);
    return { ip: found.clusterIp, externalIp: found.externalIp, port: wanted.port };
  }

  /** Tells the proxy which pods are ready; in the order of the calls. */
  update(pods: readonly Pod[]): Promise<unknown> {
    const forwards = [...this.addresses.values()].flatMap((address) => forwardsOf(address, pods));
    this.updates = this.updates.then(async () => {
      if (!this.proxy.connected) return; // the machine has been stopped
      const answered = new AbortController();
      const [message, disconnect] = ['message', 'disconnect'].map((event) =>
        once(this.proxy, event, answered),
      );
      this.proxy.send(forwards);
      await Promise.race([message, disconnect]);
      answered.abort();
    });
    return this.updates;
  }
}

function forwardsOf({ service, clusterIp, externalIp }: Address, pods: readonly Pod[]): Forward[] {
  const { metadata, spec } = service;
  const selected = pods.filter(
    ({ namespace, labels, ready }) =>
      ready &&
      namespace === (metadata.namespace ?? 'default') &&
      Object.entries(spec.selector).every(([key, value]) => labels[key] === value),
  );
  return spec.ports.flatMap(({ port, targetPort, nodePort }) => {
    const endpoints = selected.map((pod) => `${pod.ip}:${pod.port(targetPort)}`);
    const onMachine = nodePort === undefined ? [] : [{ ip: '0.0.0.0', port: nodePort, endpoints }];
    const outside = externalIp === undefined ? [] : [{ ip: externalIp, port, endpoints }];
    return [{ ip: clusterIp, port, endpoints }, ...outside, ...onMachine];
  });
}
