// The context that a registry's parts share. Validated once, by the registry or by a part that is used alone.
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { isImageRegistry } from './addresses';
import { Check } from './check';
import { isDnsLabel, isIpv4 } from './formats';
import { Component, selectorLabels, standardLabels } from './labels';

declare const CHECKED: unique symbol;

/** Branded type of a validated string. */
export type Checked<What extends string> = string & { readonly [CHECKED]: What };

/** Validated name, namespace and host of a registry, with what its objects and pods have in common. */
export interface RegistryContext {
  readonly name: Checked<'name'>;
  /** Undefined means the namespace that `kubectl` uses. */
  readonly namespace?: Checked<'namespace'>;
  /** A host name or an IPv4 address. */
  readonly host: Checked<'host'>;
  readonly labels: { readonly [key: string]: string };
  readonly annotations: { readonly [key: string]: string };
  /** Undefined means that each image comes from where it is published. */
  readonly imageRegistry?: Checked<'imageRegistry'>;
}

/** Unvalidated props; only some constructs have a host or images. */
interface Given {
  readonly name?: unknown;
  readonly namespace?: unknown;
  readonly host?: unknown;
  readonly labels?: unknown;
  readonly annotations?: unknown;
  readonly imageRegistry?: unknown;
}

/** Validates a construct's props. */
export function checkContext(check: Check, scope: Construct, props: Given): RegistryContext {
  const { host } = props;
  const name = check.string(
    'name',
    props.name,
    'registry',
    (text) => /^[a-z]/.test(text) && isDnsLabel(text) && text.length <= 50,
    'not-a-name-of-a-registry',
  );
  const namespace =
    props.namespace === undefined
      ? checkNamespace(check, "the chart's namespace", Chart.of(scope).namespace)
      : checkNamespace(check, 'namespace', props.namespace);
  return {
    name: name as Checked<'name'>,
    namespace: namespace as Checked<'namespace'> | undefined,
    host: (isIpv4(String(host))
      ? String(host)
      : check.host('host', host, 'registry.localhost')) as Checked<'host'>,
    labels: userLabels(check, 'labels', props.labels, name),
    annotations: check.annotations('annotations', props.annotations),
    imageRegistry: checkImageRegistry(check, props.imageRegistry),
  };
}

/** User labels, without those that selectors use. */
export function userLabels(
  check: Check,
  property: string,
  value: unknown,
  registryName: string,
): Record<string, string> {
  const own = {
    ...standardLabels(registryName, Component.REGISTRY),
    ...selectorLabels(registryName, Component.REGISTRY),
  };
  const reserved = Object.keys(own).filter((key) => key !== 'app');
  return Object.fromEntries(
    Object.entries(check.labels(property, value)).filter(([key, text]) => {
      if (!reserved.includes(key)) return true;
      check.report('own-label', `${property}["${key}"]`, { value: text });
      return false;
    }),
  );
}

function checkImageRegistry(check: Check, given: unknown): Checked<'imageRegistry'> | undefined {
  const checked = check.string('imageRegistry', given, '', isImageRegistry, 'not-an-image-registry');
  return checked === '' ? undefined : (checked as Checked<'imageRegistry'>);
}

function checkNamespace(check: Check, property: string, given: unknown): string | undefined {
  if (given === undefined) return undefined;
  return check.string(property, given, 'registry', isDnsLabel, 'not-a-namespace', { example: 'registry' });
}
