// Placeholders: strings that another tool fills in before, or after, Helm reads them.
import { isMap, Kind } from './old-keys';

/** Each tool's placeholder syntax, and its name. */
const TOOLS: readonly { readonly mark: RegExp; readonly what: string }[] = [
  { mark: /\$\{[^{}]*\}/, what: `\${…}, as Flux and envsubst fill in` },
  { mark: /\$\([^()]*\)/, what: '$(…), as Kustomize and Azure DevOps fill in' },
  { mark: /(^|[^A-Za-z0-9])(secret)?ref\+[a-z0-9]+:\/\//, what: 'ref+…, as vals and helm-secrets fill in' },
  { mark: /<(path|vault|key):[^<>]*>/, what: "<path:…>, as Argo CD's Vault Plugin fills in" },
  { mark: /\{\{.*?\}\}/s, what: '{{…}}, as helm-ssm, helmfile and Ansible fill in' },
  { mark: /ENC\[[^\][]*\]/, what: 'ENC[…], as SOPS decrypts' },
  { mark: /^vault:[^#\s]+#/, what: "vault:…#…, as Bank-Vaults' webhook fills in" },
  { mark: /^op:\/\/|\{\{\s*op:\/\//, what: 'op://…, as 1Password fills in' },
];

/**
 * Keys in which the same syntax means something else: Kubernetes' own variables, and templates for programs
 * that read the cluster's objects.
 */
const OTHERWISE: readonly { readonly keys: RegExp; readonly start: string }[] = [
  { keys: /^(extraEnvVars|initContainers)\b/, start: '$(' },
  { keys: /^(initContainers|metrics\.prometheusRule|configData\.log)\b|nnotations\b/, start: '{{' },
  { keys: /^initContainers\b|nnotations\b/, start: '${' },
];

/** The tool that fills in a part of this string, if any. */
export function toolOf(text: unknown, key = ''): string | undefined {
  if (typeof text !== 'string') return undefined;
  return TOOLS.find(
    ({ mark, what }) =>
      mark.test(text) && !OTHERWISE.some(({ keys, start }) => keys.test(key) && what.startsWith(start)),
  )?.what;
}

/** Whether any of it is filled in later. */
export function isFilledIn(value: unknown, key = ''): boolean {
  return toolOf(value, key) !== undefined;
}

/** The tools that fill in parts of a value, by all strings in it. */
export function toolsOf(value: unknown, key: string): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => toolsOf(one, key)))];
  if (isMap(value)) {
    return [
      ...new Set(
        Object.entries(value).flatMap(([name, inside]) => [
          ...toolsOf(name, key),
          ...toolsOf(inside, `${key}.${name}`),
        ]),
      ),
    ];
  }
  return [toolOf(value, key) ?? []].flat();
}

/** Whether the value must be known, since other parts of the translation depend on it. */
export function decides(key: string, kind: Kind): boolean {
  return ['boolean', 'number', 'map', 'list'].includes(kind) || DECIDING.includes(key);
}

const DECIDING = ['storage', 'service.type', 'configPath'];
