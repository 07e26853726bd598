// The steps of NOTES.txt for users: log in, push and pull, open the UI.

import { kubectlIn } from '../../core/kubectl';
import { shellWord } from '../../core/shell';
import type { Registry } from '../../registry';
import { addresses, nodesComeApart } from './addresses';
import type { Step } from './step';

export function login(registry: Registry): Step {
  const { auth, storage, front } = registry;
  if (auth.anonymous)
    return storage.readOnly || front?._ruled
      ? undefined
      : [
          'No login',
          `Everyone who reaches the registry can ${storage.deletion ? 'pull, push and delete' : 'pull and push'}.`,
        ];
  const user = auth.userNames[0];
  const [address] = addresses(registry);
  if (auth.byToken)
    return [`Log in, as a user of the token service at ${auth.realm}`, ...tokenLogin(registry, address)];
  if (auth._verifier) return ['Log in, as a user whom the verifier knows', `docker login ${address}`];
  if (user === undefined) return ['Log in, as a user from your own Secret', `docker login ${address}`];
  const name = shellWord(user);
  const show = auth.showPasswordCommand(user);
  const variable = auth._passwordVariable(user);
  if (show === undefined) return [`Log in${passwordFrom(variable)}`, `docker login ${address} -u ${name}`];
  const why = variable === undefined ? '' : `, since ${variable.name} was not set`;
  return [
    `Log in: the password was generated${why}, and is kept in the folder that this command reads`,
    `${show} | docker login ${address} -u ${name} --password-stdin`,
  ];
}

/** What the token service needs, and keys that these manifests don't hold. */
function tokenLogin(registry: Registry, address: string): string[] {
  const { realm, files } = registry.auth._tokens ?? {};
  return [
    ...(realm === undefined ? ['Route this path on each host of the registry to the token service.'] : []),
    ...(files?.secret === undefined
      ? []
      : [
          `The registry reads the keys of tokens only at startup. Restart it when the Secret ${files.secret.name} changes:`,
          `${kubectlIn(registry.namespace)} rollout restart deployment/${registry.registryName}`,
          'Then log in:',
        ]),
    `docker login ${address}`,
  ];
}

/** Where a given password came from. */
function passwordFrom(variable: { readonly name: string; readonly set: boolean } | undefined): string {
  if (variable === undefined) return '';
  if (variable.set) return `: the password was read from the variable ${variable.name}`;
  return `: the password is the last value of the variable ${variable.name}, which was not set this time`;
}

export function push(registry: Registry): Step {
  const [pushed, pulled] = addresses(registry).map((entry) => `${entry}/hello:1.0`);
  const pull = !nodesComeApart(registry)
    ? [`docker pull ${pushed}`]
    : [
        'On a node, with the address that nodes pull from (log in to it first, as above):',
        `docker pull ${pulled}`,
      ];
  return [
    'Push and pull',
    'docker pull busybox:1.37',
    `docker tag busybox:1.37 ${pushed}`,
    `docker push ${pushed}`,
    ...pull,
  ];
}

export function ui({ ui }: Registry): Step {
  return (
    ui && [
      'Open the UI',
      ...(ui._asksForLogin ? ["It asks for the registry's login before it shows anything."] : []),
      ui.url,
    ]
  );
}
