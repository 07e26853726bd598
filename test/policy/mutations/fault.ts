// What a planted fault is and the short form in which the tables write one.
import { Editor } from './editor';

export interface Mutation {
  readonly name: string;
  /** Changes the set in place; throws MissingTarget where the set has nothing to plant the fault in. */
  readonly mutate: (objects: unknown[]) => void;
  /** What every problem that the fault adds looks like. */
  readonly expect: RegExp;
}

export const POD = 'spec/template/spec';
export const CONTAINER = `${POD}/containers/0`;

/**
 * A fault in one object, `Deployment/registry`. `red` holds what turns red: the rule's name, or several
 * separated by `|`, after a text that the problem contains: `runAsUser is 0 [run-as-user]`.
 */
export function fault(name: string, target: string, edit: (editor: Editor) => void, red: string): Mutation {
  const [kind = '', suffix = ''] = target.split('/');
  return faults(name, (objects) => edit(Editor.find(objects, kind, suffix)), red);
}

/** A fault that touches the set as a whole. */
export function faults(name: string, mutate: (objects: unknown[]) => void, red: string): Mutation {
  const [, text = '', rules = ''] = /^(.*?) ?\[([a-z|-]+)\]$/.exec(red) ?? [];
  return { name, mutate, expect: new RegExp(`^\\w+/.*${escaped(text)}.*\\[(${rules})\\]$`) };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
