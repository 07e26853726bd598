// The HTTP secret that signs upload state, shared by all replicas so that each can continue any upload.
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Component } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { checkSecretKeyRef, SecretKeyRef } from '../core/secret-key-ref';
import { secretManifest } from '../core/secret-manifest';
import { textFromSecret } from './env-from-secret';
import { storeOf } from './store-selection';

const VARIABLE = 'REGISTRY_HTTP_SECRET';
/** Default key in the Secret. */
const KEY = 'secret';

/** Props of {@link RegistryHttpSecret}. */
export interface RegistryHttpSecretProps extends RegistryPartProps {
  /** An existing Secret; otherwise one is generated. */
  readonly existing?: SecretKeyRef;
  /** Key in the generated Secret; `secret` by default. */
  readonly key?: string;
}

/** A generated Secret, or the name of an existing one. */
export class RegistryHttpSecret extends RegistryPart {
  public readonly secretName: string;
  public readonly secretKey: string;
  /** The variable from which the registry reads it. */
  public readonly variables: k8s.EnvVar[];
  /** The secret, if it is generated, to roll the pods when it changes. Creates it in the store if missing. */
  public readonly text: () => string = () => '';

  constructor(scope: Construct, id: string, props: RegistryHttpSecretProps) {
    super(scope, id, props);
    this.secretKey = this._check.dataKey('httpSecretKey', props.key, KEY);
    if (props.existing !== undefined) {
      if (props.key !== undefined) this._check.report('key-of-a-given-secret', 'httpSecretKey');
      const { name, key } = checkSecretKeyRef(this._check, 'httpSecret', props.existing, KEY);
      this.secretName = name;
      this.secretKey = key;
      this.variables = textFromSecret(VARIABLE, this.secretName, this.secretKey);
      return;
    }
    this.secretName = `${this.registryName}-http`;
    this.variables = [
      { name: VARIABLE, valueFrom: { secretKeyRef: { name: this.secretName, key: this.secretKey } } },
    ];
    const store = storeOf(this, this._identity, () => this.text());
    let text: string | undefined;
    this.text = () => {
      text ??= store._secret(this._identity, 'http-secret');
      return text;
    };
    this._object(
      'secret',
      Component.REGISTRY,
      { name: this.secretName },
      secretManifest({ [this.secretKey]: this.text }),
    );
  }
}
