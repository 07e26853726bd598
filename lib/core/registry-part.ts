// Base of a registry's constructs: names, object metadata, and collected problems.
import { ApiObject, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';
import { Check } from './check';
import { OWN_POD_ANNOTATIONS, recordOriginal } from './checksum';
import { checkContext, RegistryContext, userLabels } from './context';
import { checkNamesOnce } from './duplicate-objects';
import { Component, standardLabels } from './labels';

/** Props common to all parts of a registry. */
export interface RegistryPartProps {
  /**
   * Name of the registry and name prefix of its objects: `registry`, `registry-auth`, `registry-ui`, … A DNS
   * label of at most 50 characters that starts with a letter, as Services require.
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
   * Labels for all objects and pods. The library's own `app.kubernetes.io/…` labels are used by selectors and
   * can't be changed; the short `app` label can.
   *
   * @default - the standard labels only
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations for all objects, but not for pods.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Validated name, namespace, host, labels and annotations; replaces these props, and `host` of a route.
   * @internal
   */
  readonly _context?: RegistryContext;
}

/** A registry's name and namespace, its key in a store of generated secrets. */
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

/** Metadata of an additional object. */
export interface PartObject {
  /** Name of the object. */
  readonly name: string;
  /**
   * Additional labels.
   *
   * @default - those of the part
   */
  readonly labels?: { [key: string]: string };
  /**
   * Additional annotations; undefined removes one of the part's.
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

/** Base class of a registry's constructs. Not for direct use. */
export abstract class RegistryPart extends Construct {
  /** Name of the registry that this part belongs to. */
  public readonly registryName: string;

  /** Namespace of the objects, or undefined for the one that `kubectl` uses. */
  public readonly namespace?: string;

  /** Collects problems in the part's props. @internal */
  protected readonly _check: Check;

  /** Validated context, passed to child parts. @internal */
  public readonly _context: RegistryContext;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props name, namespace, labels and annotations
   */
  protected constructor(scope: Construct, id: string, props: RegistryPartProps = {}) {
    super(scope, id);
    this._check = new Check(this, scope instanceof RegistryPart ? scope._propertyOf(id) : '');
    checkNamesOnce(this);
    const given = this._check.options<RegistryPartProps>('props', props);
    this._context = given._context ?? checkContext(this._check, this, given);
    this.registryName = this._context.name;
    this.namespace = this._context.namespace;
    this._check.namespaces = this.namespace === undefined ? [] : [this.namespace];
  }

  /** Key of this registry in a store of generated secrets. @internal */
  public get _identity(): RegistryIdentity {
    return { name: this.registryName, namespace: this.namespace };
  }

  /**
   * The prop that holds the options of a child part, by the child's id; empty if they are this part's own
   * props. @internal
   */
  public _propertyOf(_id: string): string {
    return '';
  }

  /** Labels of an object of a component. @internal */
  protected _labels(component: Component): Record<string, string> {
    return { ...standardLabels(this.registryName, component), ...this._context.labels };
  }

  /** Validates user labels, which may not change those that selectors use. @internal */
  protected _userLabels(property: string, value: unknown): Record<string, string> {
    return userLabels(this._check, property, value, this.registryName);
  }

  /** Validates user annotations for pods, which may not change those that roll pods. @internal */
  protected _podAnnotations(property: string, value: unknown): Record<string, string> {
    const given = Object.entries(this._check.annotations(property, value));
    for (const [key, text] of given.filter(([name]) => OWN_POD_ANNOTATIONS.includes(name))) {
      this._check.report('own-annotation', `${property}["${key}"]`, { value: text });
    }
    return Object.fromEntries(given.filter(([key]) => !OWN_POD_ANNOTATIONS.includes(key)));
  }

  /**
   * Adds an object to the construct tree; `RegistryApp.synth` (app/app.ts) writes it, with user
   * patches applied. `manifest` is complete except for metadata. @internal
   */
  protected _object(
    id: string,
    component: Component,
    about: PartObject,
    manifest: GroupVersionKind & { [key: string]: unknown },
  ): ApiObject {
    const merged = Object.entries({ ...this._context.annotations, ...about.annotations });
    const annotations = Object.fromEntries(
      merged.filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const object = new ApiObject(this, id, {
      ...manifest,
      metadata: {
        name: about.name,
        namespace: about.namespace ?? this.namespace,
        labels: { ...this._labels(component), ...about.labels },
        ...(Object.keys(annotations).length > 0 && { annotations }),
      },
    });
    recordOriginal(object, manifest);
    return object;
  }
}
