// Collects the notes of an app's constructs, so that the writer of NOTES.txt does not depend on them.
import { Construct, IConstruct } from 'constructs';

const notes = new WeakMap<IConstruct, (() => string)[]>();

/** Adds a note that is written with the app's manifests. */
export function addNotes(construct: Construct, text: () => string): void {
  const { root } = construct.node;
  notes.set(root, [...(notes.get(root) ?? []), text]);
}

/** All notes of an app, in the order in which they were added. */
export function notesOf(root: IConstruct): string[] {
  return (notes.get(root) ?? []).map((text) => text());
}
