// Collects the notes of an app's registries for RegistryApp, which doesn't depend on Registry.
import { Construct, IConstruct } from 'constructs';

const notes = new WeakMap<IConstruct, (() => string)[]>();

/** Adds notes, which are written together with the app's manifests. */
export function addNotes(construct: Construct, text: () => string): void {
  const { root } = construct.node;
  notes.set(root, [...(notes.get(root) ?? []), text]);
}

/** All notes of an app, in the order in which they were added. */
export function notesOf(root: IConstruct): string[] {
  return (notes.get(root) ?? []).map((text) => text());
}
