// Selects a registry's store: the one set for an enclosing scope, else the folder `.registry`.

import { Construct, IConstruct } from 'constructs';
import { addProblems } from '../core/problem';
import { RegistryIdentity } from '../core/registry-part';
import { LocalStore } from './local-store';
import { RegistryStore, StoreLocation } from './store';

const watched = new WeakMap<IConstruct, Set<string>>();

/**
 * The store of a construct. Problems that keep it from serving the owner are reported with the app's other
 * problems, once per owner.
 *
 * @param fill requests everything that the construct needs from the store; called only to test a read-only
 * store
 */
export function storeOf(construct: Construct, owner: RegistryIdentity, fill: () => void): RegistryStore {
  let store = closest(construct);
  if (!store) {
    store = new LocalStore();
    store.useIn(construct.node.root as Construct);
  }
  const owners = watched.get(construct.node.root) ?? new Set();
  const key = keyOf(owner);
  if (!owners.has(key)) addProblems(construct, () => store._problems(owner));
  watched.set(construct.node.root, owners.add(key));
  addProblems(construct, () => store._missing(owner, fill));
  return store;
}

/** Location of an owner's generated secrets; undefined if it has none. */
export function locationOfStore(construct: Construct, owner: RegistryIdentity): StoreLocation | undefined {
  return watched.get(construct.node.root)?.has(keyOf(owner)) ? closest(construct)?._location : undefined;
}

function closest(construct: Construct): RegistryStore | undefined {
  return construct.node.scopes
    .reverse()
    .map((scope) => RegistryStore._setFor(scope))
    .find((set) => set !== undefined);
}

function keyOf(owner: RegistryIdentity): string {
  return `${owner.namespace ?? ''}/${owner.name}`;
}
