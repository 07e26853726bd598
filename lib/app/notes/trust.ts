// The steps of NOTES.txt about trust: clients and nodes that must know a private CA, and certificates that end.

import { NodeRuntime } from '../../clients/node-files';
import { kubectlIn } from '../../core/kubectl';
import type { Registry } from '../../registry';
import { dateOf } from '../../secrets/certificate';
import { addresses, nodesComeApart } from './addresses';
import type { Step } from './step';

export function trust(registry: Registry): Step {
  const { tls, route, service, _configuredRuntimes: configured } = registry;
  const [pushes, pulls] = addresses(registry);
  const apart = nodesComeApart(registry);
  // Docker and containerd accept plain HTTP from the machine itself by default.
  const insecure = [
    ...(registry.url.startsWith('https:') ? [] : [pushes]),
    ...(apart && (!registry.url.startsWith('https:') || registry._pullsPastTls) ? [pulls] : []),
  ];
  const remote = insecure.filter((entry) => !/^(localhost|127\.0\.0\.1)(:|$)/.test(entry));
  if (insecure.length > 0 && remote.length === 0) return undefined;
  if (remote.length > 0) {
    const list = remote.map((entry) => `"${entry}"`).join(', ');
    return [
      'Not encrypted',
      `Configure every client to accept plain HTTP: for Docker, "insecure-registries": [${list}] in /etc/docker/daemon.json.`,
    ];
  }
  const here = route === undefined || route.tls !== undefined;
  if (!tls.privateCa || (!here && !apart)) return undefined;
  // A port-forward ends here: nodes don't use it.
  const inside = route === undefined && !service.external && !apart;
  const docker = (entry: string) =>
    `  sudo install -D -m 644 registry-ca.crt /etc/docker/certs.d/${entry}/ca.crt`;
  const nodesToo = !apart && !inside && !configured.has(NodeRuntime.DOCKER);
  const places = [
    ...(here
      ? [`Docker, Podman and skopeo, here${nodesToo ? ' and on nodes with Docker' : ''}:`, docker(pushes)]
      : []),
    ...(apart && !configured.has(NodeRuntime.DOCKER) ? ['Nodes with Docker:', docker(pulls)] : []),
    ...(inside || configured.has(NodeRuntime.CONTAINERD) ? [] : containerd(pulls)),
    ...(inside || configured.has(NodeRuntime.K3S) ? [] : [k3s(pulls)]),
    ...(here
      ? [
          'curl, git and most other programs on Debian and Ubuntu:',
          '  sudo install -m 644 registry-ca.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates',
          'Browsers have their own trust stores: import registry-ca.crt as a certificate authority in their settings.',
        ]
      : []),
    ...(inside
      ? [
          'Nodes do not resolve Service names. To pull from nodes, give the registry an Ingress, a load balancer or a node port.',
        ]
      : []),
  ];
  if (places.length === 0) return undefined;
  return [
    'Trust the certificate: it is signed by a private CA',
    `${kubectlIn(registry.namespace)} get secret ${tls.secretName} -o jsonpath='{.data.ca\\.crt}' | base64 -d > registry-ca.crt`,
    ...places,
  ];
}

function k3s(entry: string): string {
  return `Nodes with k3s: set tls.ca_file of "${entry}" under configs in /etc/rancher/k3s/registries.yaml to the path of registry-ca.crt, and restart k3s.`;
}

function containerd(entry: string): string[] {
  const folder = `/etc/containerd/certs.d/${entry}`;
  return [
    'Nodes with containerd (config_path = "/etc/containerd/certs.d" in its config.toml):',
    `  sudo install -D -m 644 registry-ca.crt ${folder}/ca.crt`,
    `  printf '[host."https://%s"]\\n  ca = "/etc/containerd/certs.d/%s/ca.crt"\\n' ${entry} ${entry} | sudo tee ${folder}/hosts.toml`,
  ];
}

/** Rotation of the CA: clients that trust the old one must trust the next before it signs. */
export function nextAuthority(registry: Registry): Step {
  const { _change: change } = registry.tls;
  if (!change) return undefined;
  const [ends, from] = [dateOf(change.oldEnds), dateOf(change.from)];
  if (change.done)
    return [
      'Trust the new CA',
      `The old CA is valid until ${ends}, and has not signed since ${from}. Clients that trust only that CA fail: install ca.crt there again, as above.`,
    ];
  return [
    `Trust the next CA too, before ${from}`,
    `The CA expires on ${ends}. The file ca.crt holds the next CA, too: install it everywhere again, as above. The old CA signs until ${from},`,
    'and the next CA from then on.',
  ];
}

/** User-provided certificates that expire soon. */
export function renewal(registry: Registry): Step {
  const { _endsSoon: lines } = registry.tls;
  return lines.length === 0 ? undefined : ['Renew what expires soon', ...lines];
}
