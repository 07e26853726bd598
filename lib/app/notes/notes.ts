// NOTES.txt: the next steps for exactly this registry. Every command in it can be copied.
import type { Registry } from '../../registry';
import { locationOfStore } from '../../secrets/store-selection';
import { access, switches } from './access';
import { laterSteps } from './change-and-delete';
import { address, passage } from './reach';
import type { Step } from './step';
import { nextAuthority, renewal, trust } from './trust';
import { apply, certificate, network } from './until-it-runs';
import { login, push, ui } from './use';

/** The notes of a registry. */
export function writeNotes(registry: Registry): string {
  const title = titleOf(registry);
  return [
    title,
    '='.repeat(title.length),
    '',
    ...stepsOf(registry).map(([heading, ...lines], index) =>
      [`${index + 1}. ${heading}`, ...lines.map((line) => `   ${line}`.trimEnd()), ''].join('\n'),
    ),
  ].join('\n');
}

/** The heading of the notes. */
export function titleOf(registry: Registry): string {
  return `Registry "${registry.registryName}" at ${registry.url}`;
}

/** The next steps, in order. */
export function stepsOf(registry: Registry): [heading: string, ...lines: string[]][] {
  return [
    apply,
    certificate,
    network,
    address,
    passage,
    trust,
    nextAuthority,
    renewal,
    access,
    login,
    push,
    ui,
    switches,
    keep,
  ]
    .map((step) => step(registry))
    .filter((step) => step !== undefined)
    .concat(laterSteps(registry));
}

/** Where the secrets for the next synth are stored. */
function keep(registry: Registry): Step {
  const location = locationOfStore(registry, { name: registry.registryName, namespace: registry.namespace });
  if (!location) return undefined;
  const { folder, since } = location;
  return [
    'Keep the generated secrets',
    `They are in ${folder}${since ? `, which was created on ${since}` : ''}: back it up like a password. If you had an earlier one, restore it:`,
    'the passwords and the CA that clients have do not match this one.',
  ];
}
