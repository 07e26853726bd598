// What a collection, which is made later, adds to the front in the registry's pod: its ConfigMap and its port. It is
// in the object as synthesized, so that it moves nothing that a patch of the user's names by its number.
import { Lazy } from 'cdk8s';
import { COLLECTION_PORT, COLLECTION_PORT_NAME } from '../front/collection-switch';
import { RegistryFront } from '../front/front';

interface Named {
  readonly name: string;
  ports?: unknown;
}

/** Changes the spec of the pod of a manifest, whose volume and container of the front are there. */
export function withCollections(spec: { volumes: Named[]; containers: Named[] }, front: RegistryFront): void {
  spec.volumes = spec.volumes.map((volume) =>
    volume.name === 'front-switches'
      ? (Lazy.any({ produce: () => switches(volume, front) }) as unknown as Named)
      : volume,
  );
  for (const container of spec.containers)
    if (container.name === 'front') {
      const given = container.ports as object[];
      const collection = { name: COLLECTION_PORT_NAME, containerPort: COLLECTION_PORT };
      container.ports = Lazy.any({
        produce: () => (front._collectionSwitch === undefined ? given : [...given, collection]),
      });
    }
}

/** The ConfigMap by which people make the registry read-only, and beside it that of a collection. */
function switches(volume: Named, { switchName, _collectionSwitch: collection }: RegistryFront): object {
  if (collection === undefined) return volume;
  const source = (name: string) => ({ configMap: { name, optional: true } });
  return { name: volume.name, projected: { sources: [source(switchName), source(collection)] } };
}
