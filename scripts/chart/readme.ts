// README.md of the chart: how to install it, and the table of values.
import { describedValues } from './tree';

const HOME = 'https://github.com/cdk8s-registry/cdk8s-registry';

/** README.md. */
export function readme(): string {
  return `# registry

A private container registry ([CNCF Distribution](https://distribution.github.io/distribution/)) with TLS, login, storage, a route and a UI.
Safe by default: a generated password, a certificate, pods that fulfil Pod Security \`restricted\`, a read-only root, a NetworkPolicy.

It makes the same objects as the TypeScript constructs of [cdk8s-registry](${HOME}), so it has what they have: pushes that aren't
cut, a garbage collection that breaks no image, probes that check the storage. Values that contradict each other are refused before anything is installed, all
at once, with what to write instead.

## Install

From this folder, or with the address of the registry that it was pushed to (\`oci://…/registry\`) instead of \`.\`:

    helm install registry . --namespace registry --create-namespace

The notes that it prints guide you through the rest, for your values: address, certificate, login, push, pull. \`helm get notes registry -n registry\` shows them again, and
\`helm test registry -n registry\` pushes images and pulls them.

## Set it up

With an Ingress, the UI, and a larger volume:

    host: registry.example.com
    ingress: { enabled: true, className: nginx }
    ui: { enabled: true, deleteImages: true }
    storage: { deletion: true }
    persistence: { size: 100Gi }

With images in a bucket, and two replicas:

    replicaCount: 2
    storage:
      type: s3
      s3: { bucket: images, region: eu-central-1, existingSecret: registry-s3 }

With users of your own (\`htpasswd -nbB -C 10 alice PASSWORD\` prints an entry), or in an existing Secret:

    auth: { htpasswd: "alice:$2y$10$..." }
    auth: { existingSecret: registry-users }

With a certificate of your own, or one from cert-manager:

    tls: { existingSecret: registry-example-com }
    tls: { certManager: { enabled: true, issuer: { name: letsencrypt } } }

## Good to know

- **Passwords.** Without users of your own, one is generated, and kept in the Secret \`<name>-login\`. The registry checks a password at each request; Helm can hash only at bcrypt's
  cost 10, which takes some 60 ms each. Where many nodes pull at once, set \`secrets.source: job\`, which hashes at cost 4, or make a long random password and hash it like this: its length protects it.

      password=$(openssl rand -hex 24); htpasswd -nbB -C 4 ci "$password"

- **Upgrades.** \`helm upgrade\` keeps what was generated. The certificate is good for a year and is renewed by the first upgrade in its last third, under the same CA.
  \`helm template\` can't look into the cluster, so it generates new secrets each time: with tools that render charts that way (Argo CD, Flux' post-renderers), set
  \`secrets.source: job\`, or give \`auth.existingSecret\`, \`tls.existingSecret\` and \`httpSecret.existingSecret\`.
- **Uninstalling** keeps the claim with the images and the generated Secrets. \`kubectl delete pvc,secret -l app.kubernetes.io/instance=registry -n registry\` removes them too.
- **Coming from another chart?** \`npx --package cdk8s-registry cdk8s-registry-migrate values.yaml\` translates values of the charts \`stable/docker-registry\` and \`twuni/docker-registry\`, and names what it can't carry over.
- **Editors.** A first line \`# yaml-language-server: $schema=values.schema.json\` lets your editor complete and check the values file.

## Values

${table()}
`;
}

function table(): string {
  const cell = (text: string) => text.replace(/\s+/g, ' ').replace(/\|/g, '\\|');
  const rows = describedValues().map(
    ({ path, type, default: given, about }) =>
      `| \`${path}\` | ${type} | \`${cell(JSON.stringify(given))}\` | ${cell(about)} |`,
  );
  return ['| Key | Type | Default | Description |', '|---|---|---|---|', ...rows].join('\n');
}
