// What all constructs of a registry share: its name and namespace, the labels and annotations of their objects, and the list of what is wrong.
import { ApiObject, Chart, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';
import { Check } from './check';
import { noteMeant, OWN_POD_ANNOTATIONS } from './checksum';
import { isDnsLabel } from './formats';
import { Component, selectorLabels, standardLabels } from './labels';
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

  private readonly extraLabels: Record<string, string>;
  private readonly extraAnnotations: Record<string, string>;

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
    this.registryName = this._check.text(
      'name',
      given.name,
      'registry',
      (name) => /^[a-z]/.test(name) && isDnsLabel(name) && name.length <= 50,
      'not-a-name-of-a-registry',
    );
    this.namespace =
      given.namespace === undefined
        ? this.namespaceOfChart()
        : this._check.text('namespace', given.namespace, 'registry', isDnsLabel, 'not-a-namespace', { example: 'registry' });
    this._check.namespaces = this.namespace === undefined ? [] : [this.namespace];
    this.extraLabels = this.labelsWithoutReserved(this._check.labels('labels', given.labels), 'labels');
    this.extraAnnotations = this._check.annotations('annotations', given.annotations);
  }

  /** Where the local store files this registry's secrets. @internal */
  public get _identity(): RegistryIdentity {
    return { name: this.registryName, namespace: this.namespace };
  }

  /** What was found fine, for the parts that this one is made of. @internal */
  public get _shared(): RegistryPartProps {
    return { name: this.registryName, namespace: this.namespace, labels: this.extraLabels, annotations: this.extraAnnotations };
  }

  /** Labels of an object of a component. @internal */
  protected _labels(component: Component): Record<string, string> {
    return { ...standardLabels(this.registryName, component), ...this.extraLabels };
  }

  /** Checks labels of a user, which may not change what selectors rely on. @internal */
  protected _userLabels(property: string, value: unknown): Record<string, string> {
    return this.labelsWithoutReserved(this._check.labels(property, value), property);
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
    const merged = Object.entries({ ...this.extraAnnotations, ...about.annotations });
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

  private namespaceOfChart(): string | undefined {
    const namespace = Chart.of(this).namespace;
    if (namespace === undefined) return undefined;
    return this._check.text("the chart's namespace", namespace, 'registry', isDnsLabel, 'not-a-namespace', { example: 'registry' });
  }

  private labelsWithoutReserved(labels: Record<string, string>, property: string): Record<string, string> {
    const reserved = new Set(
      Object.keys({ ...standardLabels(this.registryName, Component.REGISTRY), ...selectorLabels(this.registryName, Component.REGISTRY) }),
    );
    reserved.delete('app');
    return Object.fromEntries(
      Object.entries(labels).filter(([key, value]) => {
        if (reserved.has(key)) this._check.report('own-label', `${property}["${key}"]`, { value });
        return !reserved.has(key);
      }),
    );
  }
}
