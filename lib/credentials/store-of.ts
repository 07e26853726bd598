// Which store a registry uses: the one that was set for a scope above it, else the folder `.registry`.
import { Construct, IConstruct } from 'constructs';
import { LocalStore } from './local-store';
import { RegistryStore, StoreOwner } from './store';

const watched = new WeakMap<IConstruct, Set<string>>();

/**
 * The store of a construct. What keeps it from serving the owner is reported with the app's other mistakes, once for each owner.
 *
 * @param fill asks the store for all that the construct needs of it
 */
export function storeOf(construct: Construct, owner: StoreOwner, fill: () => void): RegistryStore {
  let store = construct.node.scopes
    .reverse()
    .map((scope) => RegistryStore._setFor(scope))
    .find((set) => set !== undefined);
  if (!store) {
    store = new LocalStore();
    store.useIn(construct.node.root as Construct);
  }
  const owners = watched.get(construct.node.root) ?? new Set();
  const key = `${owner.namespace ?? ''}/${owner.name}`;
  if (!owners.has(key)) construct.node.addValidation({ validate: () => store._problems(owner) });
  watched.set(construct.node.root, owners.add(key));
  construct.node.addValidation({ validate: () => store._missing(owner, fill) });
  return store;
}
