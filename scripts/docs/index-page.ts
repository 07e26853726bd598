// docs/api/README.md: what people set most, and all public types by folder.
import { Assembly, Type } from './assembly';
import { anchorOf, cell, folderOf, generated, linkTo, table } from './pages';

/** What people set most, in the order in which they meet it. */
const MOST = [
  'RegistryProps.host',
  'RegistryProps.createNamespace',
  'RegistryAuthOptions.credentials',
  'RegistryTlsOptions.certificate',
  'RegistryStorageOptions.backend',
  'NewClaimOptions.size',
  'NewClaimOptions.storageClassName',
  'RegistryStorageOptions.deletion',
  'RegistryIngressOptions.className',
  'RegistryServiceOptions.type',
  'RegistryProps.ui',
  'RegistryDeploymentOptions.replicas',
  'RegistryDeploymentOptions.image',
  'PodOptions.resources',
];

/** The index. */
export function indexPage(assembly: Assembly, purposes: ReadonlyMap<string, string>): string {
  const places = assembly.places('RegistryProps');
  const most = MOST.map((member) => {
    const [type, property] = propertyOf(assembly, member);
    const link = `[\`${places.get(member)?.[0] ?? property.name}\`](${folderOf(type)}.md#${anchorOf(type, property.name)})`;
    return [link, cell(property.docs?.summary ?? '').replace(/;$/, '.')];
  });
  const folders = [...new Set(assembly.types.map(folderOf))].sort();
  const links = (folder: string, fits: (type: Type) => boolean) =>
    assembly.types
      .filter((type) => folderOf(type) === folder && fits(type))
      .map(linkTo)
      .join(', ');
  const byFolder = folders.map((folder) => [
    `[${folder}](${folder}.md)`,
    purposes.get(folder) ?? '',
    links(folder, (type) => type.kind === 'class'),
    links(folder, (type) => type.kind !== 'class'),
  ]);
  return `${generated('the comments in lib')}
# API reference

All of it is imported from the package itself: \`import { Registry } from 'cdk8s-registry';\`. [Registry](registry.md#registry) composes a registry from the
other constructs, and [RegistryProps](registry.md#registryprops) are its settings. [values.md](values.md) lists
them with their values in the Helm chart and their keys in \`config.yml\`. In the examples of classes, \`chart\` is a Chart in the App \`app\`, and \`registry\` a Registry in
it; \`Size\`, \`Duration\` and \`Chart\` are from \`cdk8s\`, \`Secret\`, \`ServiceType\` and the like from \`cdk8s-plus-27\`.

## What people set most

In the props of \`Registry\`:

${table(['property', 'sets'], most)}

## All types

${table(['folder of lib', 'holds', 'classes', 'props, options and enums'], byFolder)}
`;
}

/** A type and its property, by both names. */
export function propertyOf(assembly: Assembly, member: string) {
  const [name, key] = member.split('.');
  const type = assembly.types.find((one) => one.name === name);
  const property = type?.properties?.find((one) => one.name === key);
  if (!type || !property) throw new Error(`${member} is no public property`);
  return [type, property] as const;
}
