// Messages about values of the Helm chart that no props stand for.
import type { Table } from './code-messages';

export const CHART_WORDS = {
  'cache-labels-taken': {
    says: '<value> is a label of the pods of <other>, too, which the Service of the registry would select',
    instead: 'write another, e.g. "registry"',
    why: 'Services, policies and Deployments find pods by this label.',
  },
  'kubernetes-newer-than-cluster': {
    says: '<value> is newer than this cluster, which is <cluster>',
    instead: 'write the version of your oldest cluster, or leave it out',
    why: 'Before 1.29 the pod of a native sidecar never starts.',
  },
  'mirror-login-without-node-trust': {
    says: 'has no effect, since nodeTrust.enabled: false leaves no pods that write it to nodes',
    instead: 'add nodeTrust: { enabled: true, mirrorOf: ["docker.io"] }, or leave it out',
    why: 'Nodes would go on to the other registry, silently.',
  },
  'sidecar-without-front': {
    says: '<value> has no effect without a front',
    instead: 'add front: { enabled: true }, or leave it out',
    why: 'The registry is a native sidecar of the front, and of nothing else.',
  },
  'certificate-said-twice': {
    says: 'true, but <other> is set, too',
    instead: 'leave one of them out',
    why: 'There is one certificate, and each of these values names another one.',
  },
  'extra-object-of-the-release': {
    says: '<object> is an object of this release already',
    instead: 'choose another name, or leave this object out',
    why: 'Two objects of the same kind, namespace and name overwrite each other.',
  },
  'extra-object-twice': {
    says: '<object> is in the list already',
    instead: 'choose another name, or leave this object out',
    why: 'Two objects of the same kind, namespace and name overwrite each other.',
  },
  'helm-annotation-for-all-objects': {
    says: 'Helm reads this annotation, and would do so on all objects',
    instead: 'leave it out of commonAnnotations',
    why: 'Objects with a hook are no part of the release: Helm neither upgrades nor deletes them with it. With the resource policy keep, helm uninstall leaves all of them behind.',
  },
  'helm-label-for-all-objects': {
    says: 'keys that begin with helm.sh/ are for Helm and for the chart itself',
    instead: 'leave it out of commonLabels',
    why: 'Helm reads none of them in labels but in annotations, and helm.sh/chart tells which chart made an object.',
  },
  'image-registry-said-twice': {
    says: '<value>, but the repository <repository> begins with a registry, too',
    instead: 'leave the registry out of the repository, or write registry: ""',
    why: 'An image is pulled from one registry.',
  },
  'issuer-for-all-objects': {
    says: 'an issuer belongs to the Ingress, and this annotation is on all objects',
    instead: 'write it in ingress.annotations, or use tls.certManager',
    why: 'commonAnnotations are on every object of the release; cert-manager reads an issuer on Ingresses and Gateways.',
  },
  'pull-secret-name-taken': {
    says: '<value> begins with "<own>-", as the other Secrets of this release do',
    instead: 'leave pullSecret.name out, which makes it "<own>-pull", or write e.g. "regcred"',
    why: 'Two Secrets of one name in one namespace overwrite each other, and the release adds more of its own over time.',
  },
  'mirror-login-of-a-job': {
    says: 'with secrets.source: job the chart does not know the password',
    instead:
      'write a password, too, which the user has by auth.htpasswd or auth.existingSecret, or leave it out',
    why: 'The Job generates it in the cluster, and nodes need it in files.',
  },
  'node-trust-of-a-job': {
    says: 'true, but with secrets.source: job the chart does not know the CA',
    instead:
      'leave nodeTrust.enabled out until the job has made the CA, and set nodeTrust: { ca: "-----BEGIN CERTIFICATE-----..." } then',
    why: 'A Job makes the CA in the cluster, after the files for nodes are written.',
  },
  'pull-secret-of-a-job': {
    says: 'true, but with secrets.source: job the chart does not know the password',
    instead: 'leave pullSecret.enabled out, and make the Secret with kubectl create secret docker-registry',
    why: 'The Job generates the password in the cluster, and may write in the namespace of the release only.',
  },
  'release-name-unusable': {
    says: 'is needed, because the release name makes <value>, which is not a lower-case DNS label that begins with a letter',
    instead: 'write e.g. "registry"',
    why: 'Services are named after the release, and their names are DNS labels.',
  },
  'users-said-twice': {
    says: '<value>, but <other> is set, too',
    instead: 'leave one of them out',
    why: 'One of them would have no effect: users expected to log in could not, or clients could push without a login.',
  },
  'uninstall-without-node-trust': {
    says: 'true, but nodeTrust.enabled: false leaves no pods that remove the files',
    instead: 'add nodeTrust: { enabled: true }, or leave out nodeTrust.uninstall',
    why: 'The pods of the node trust remove what they wrote on the nodes, and an upgrade that disables them leaves it there.',
  },
  'volume-said-twice': {
    says: '<value>, but <other> is set, too',
    instead: 'leave one of them out',
    why: 'Images are kept in one place, and the other one would stay empty.',
  },
  'host-path-missing': {
    says: '<value> has no effect without a path',
    instead: 'add persistence.hostPath.path, or leave out persistence.hostPath.<property>',
    why: 'Without a path, images are not in a directory of a node.',
  },
  'copy-of-a-job': {
    says: 'with secrets.source: job the chart does not know the password',
    instead:
      'write login: { username: ..., password: ... } of a user that auth.htpasswd has, or login: { existingSecret: ... }',
    why: 'The Job generates it in the cluster, and the copy needs it in a Secret.',
  },
  'copy-of-nothing': {
    says: 'is missing, and target too',
    instead: 'write the other registry, to copy from it or to it, e.g. target: backup.example.com',
    why: 'A copy is from this registry to another one, or from another one to this.',
  },
  'retention-of-a-job': {
    says: 'with secrets.source: job the chart does not know the password',
    instead:
      'write retention: { login: { username: ..., password: ... } } of a user that auth.htpasswd has, or retention.login.existingSecret',
    why: 'The Job generates it in the cluster, and the retention needs it in a docker config.',
  },
  'retention-without-rules': {
    says: 'is empty, so nothing says what to keep',
    instead: 'add e.g. { repositories: ["team/**"], keep: [{ newest: 10 }] }',
    why: 'What no rule keeps is deleted, and without a rule for a repository all of it is kept.',
  },
  'key-said-twice': {
    says: 'is set, but <other> too',
    instead: 'leave one of them out',
    why: 'The registry reads one of them, and a key that was changed in the other would have no effect.',
  },
} as const satisfies Table;
