// Announces a cluster's own registry to tools, as Kubernetes' KEP-1755 describes and Tilt, Skaffold, ctlptl
// and others read it.
import { ApiObject, Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { hasWrongPort } from '../core/addresses';
import { required } from '../core/check';
import { Component } from '../core/labels';
import { RegistryPart } from '../core/registry-part';
import { hasPassword } from '../core/secret-keys';
import { Registry } from '../registry';
import { bothAddresses } from '../routing/pull-address';

/** Props of `RegistryLocalHosting`. */
export interface RegistryLocalHostingProps {
  /** The registry to announce. */
  readonly registry: Registry;

  /**
   * URL of a page that explains how to use this registry.
   *
   * @default - none
   */
  readonly help?: string;
}

/**
 * The ConfigMap `local-registry-hosting` in the namespace `kube-public`, which everyone can read. A cluster
 * has one.
 *
 * @example
 * new RegistryLocalHosting(chart, 'hosting', {
 *   registry,
 *   help: 'https://wiki.example.com/registry',
 * });
 */
export class RegistryLocalHosting extends RegistryPart {
  /** The ConfigMap. */
  public readonly configMap: ApiObject;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the registry
   */
  constructor(scope: Construct, id: string, props: RegistryLocalHostingProps) {
    super(scope, id, { _context: required('registry', props?.registry, Registry)._context });
    const { registry } = props;
    const { push, pull } = bothAddresses(this._check, registry);
    const help = this._check.string(
      'help',
      props.help,
      '',
      (text) => /^https?:\/\/[^/\s]+\S*$/.test(text) && !hasWrongPort(text),
      'help-not-a-url',
    );
    if (hasPassword(help)) this._check.report('help-with-password', 'help');
    const { serviceName, port } = registry.service;
    const hosting = {
      host: push,
      ...(pull !== push && { hostFromContainerRuntime: pull }),
      ...(registry.namespace !== undefined && {
        hostFromClusterNetwork: `${serviceName}.${registry.namespace}.svc:${port}`,
      }),
      ...(help !== '' && { help }),
    };
    this.configMap = this._object(
      'config',
      Component.LOCAL_HOSTING,
      { name: 'local-registry-hosting', namespace: 'kube-public' },
      k8s.KubeConfigMap.manifest({ data: { 'localRegistryHosting.v1': Yaml.stringify(hosting) } }),
    );
  }
}
