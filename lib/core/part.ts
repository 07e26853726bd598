// The base of a registry's constructs: their names, the metadata of their objects, and the list of what is wrong.
import { ApiObject, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';
import { Check } from './check';
import { noteMeant, OWN_POD_ANNOTATIONS } from './checksum';
import { checkContext, RegistryContext, userLabels } from './context';
import { Component, standardLabels } from './labels';
import { checkNamesOnce } from './name-clashes';

/** What every part of a registry can be told. */
export interface RegistryPartProps {
  /**
   * Name of the registry. Its objects are called after it: `registry`, `registry-auth`, `registry-ui`, …
   * A DNS label that begins with a letter, of at most 50 characters, because Services are called after it.
   *
   * @default "registry"
   */
  readonly name?: string;

  /**
   * Namespace of the objects.
   *
   * @default - the chart's namespace; without one, the namespace that `kubectl` uses
   */
  readonly namespace?: string;

  /**
   * Labels for all objects and pods. The library's own `app.kubernetes.io/…` labels, by which selectors work, can't be changed;
   * the short `app` label can.
   *
   * @default - the standard labels only
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations for all objects (not for pods).
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /** What a registry has checked for its parts, in place of all of the above. @internal */
  readonly _context?: RegistryContext;
}

/** A registry's name and namespace, as the local store files its secrets. */
export interface RegistryIdentity {
  /** Name of the registry. */
  readonly name: string;
  /**
   * Namespace of the registry.
   *
   * @default - the one that `kubectl` uses
   */
  readonly namespace?: string;
}

/** Metadata of one more object. */
export interface PartObject {
  /** Name of the object. */
  readonly name: string;
  /**
   * More labels.
   *
   * @default - those of the part
   */
  readonly labels?: { [key: string]: string };
  /**
   * More annotations; undefined removes one of the part's.
   *
   * @default - those of the part
   */
  readonly annotations?: { [key: string]: string | undefined };
  /**
   * Namespace of the object.
   *
   * @default - that of the part
   */
  readonly namespace?: string;
}

/** Base of the constructs that make up a registry. Not of use by itself. */
export abstract class RegistryPart extends Construct {
  /** Name of the registry that this is a part of. */
  public readonly registryName: string;

  /** Namespace of the objects, or undefined for the one that `kubectl` uses. */
  public readonly namespace?: string;

  /** Where the constructor of a part notes what is wrong with its props. @internal */
  protected readonly _check: Check;

  /** What was checked, for the parts that this one is made of. @internal */
  public readonly _context: RegistryContext;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props what the part was told
   */
  protected constructor(scope: Construct, id: string, props: RegistryPartProps = {}) {
    super(scope, id);
    this._check = new Check(this);
    checkNamesOnce(this);
    const given = this._check.options<RegistryPartProps>('props', props);
    this._context = given._context ?? checkContext(this._check, this, given);
    this.registryName = this._context.name;
    this.namespace = this._context.namespace;
    this._check.namespaces = this.namespace === undefined ? [] : [this.namespace];
  }

  /** Where the local store files this registry's secrets. @internal */
  public get _identity(): RegistryIdentity {
    return { name: this.registryName, namespace: this.namespace };
  }

  /** Labels of an object of a component. @internal */
  protected _labels(component: Component): Record<string, string> {
    return { ...standardLabels(this.registryName, component), ...this._context.labels };
  }

  /** Checks labels of a user, which may not change what selectors rely on. @internal */
  protected _userLabels(property: string, value: unknown): Record<string, string> {
    return userLabels(this._check, property, value, this.registryName);
  }

  /** Checks annotations of a user for pods, which may not change those by which pods are replaced. @internal */
  protected _podAnnotations(property: string, value: unknown): Record<string, string> {
    const given = Object.entries(this._check.annotations(property, value));
    for (const [key, text] of given.filter(([name]) => OWN_POD_ANNOTATIONS.includes(name))) {
      this._check.report('own-annotation', `${property}["${key}"]`, { value: text });
    }
    return Object.fromEntries(given.filter(([key]) => !OWN_POD_ANNOTATIONS.includes(key)));
  }

  /** Adds an object. `manifest` is complete but for its metadata; patches of users apply to it as it is written. @internal */
  protected _object(
    id: string,
    component: Component,
    about: PartObject,
    manifest: GroupVersionKind & { [key: string]: unknown },
  ): ApiObject {
    const merged = Object.entries({ ...this._context.annotations, ...about.annotations });
    const annotations = Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== undefined));
    const object = new ApiObject(this, id, {
      ...manifest,
      metadata: {
        name: about.name,
        namespace: about.namespace ?? this.namespace,
        labels: { ...this._labels(component), ...about.labels },
        ...(Object.keys(annotations).length > 0 && { annotations }),
      },
    });
    noteMeant(object, manifest);
    return object;
  }
}
