// What users of the package get. No file in this folder imports this one.
export { FixedStore } from './credentials/fixed-store';
export { LocalStore } from './credentials/local-store';
export { RegistryStore } from './credentials/store';
export { RegistryApp } from './manifests/registry-app';
export { PodOptions } from './pod-options';
export { Registry, RegistryProps } from './registry';
export { RegistryAuth, RegistryAuthOptions, RegistryAuthProps, RegistryCredentials } from './registry-auth';
export {
  RegistryConfiguration,
  RegistryConfigurationOptions,
  RegistryConfigurationProps,
  RegistryLogFormat,
  RegistryLogLevel,
} from './registry-configuration';
export { RegistryDeployment, RegistryDeploymentOptions, RegistryDeploymentProps } from './registry-deployment';
export { RegistryEnvironment } from './registry-environment';
export {
  ExternalSecretOptions,
  ExternalSecretStore,
  ExternalSecretVersion,
  RegistryExternalSecret,
  RegistryExternalSecretProps,
  RemoteValue,
} from './registry-external-secret';
export { GarbageCollectionOptions } from './registry-garbage-collection';
export { RegistryVersion } from './registry-image';
export { RegistryIngress, RegistryIngressOptions, RegistryIngressProps } from './registry-ingress';
export { RegistryLocalHosting, RegistryLocalHostingProps } from './registry-local-hosting';
export { ExternalLoginOptions, RegistryLogin } from './registry-login';
export { NetworkPolicyOptions, RegistryNetworkPolicy, RegistryNetworkPolicyProps } from './registry-network-policy';
export { NodeFile, NodeFilesOptions, NodeRuntime, RegistryNodeFiles } from './registry-node-files';
export { RegistryNodeTrust, RegistryNodeTrustProps } from './registry-node-trust';
export { RegistryPart, RegistryPartProps } from './registry-part';
export { RegistryPullSecret, RegistryPullSecretProps } from './registry-pull-secret';
export { RegistryService, RegistryServiceOptions, RegistryServiceProps } from './registry-service';
export {
  ExistingClaimOptions,
  NewClaimOptions,
  RegistryStorage,
  RegistryStorageOptions,
  RegistryStorageProps,
  StorageBackend,
} from './registry-storage';
export {
  CertificateKeyType,
  PemCertificate,
  RegistryCertificate,
  RegistryTls,
  RegistryTlsOptions,
  RegistryTlsProps,
  SelfSignedOptions,
  TlsTermination,
} from './registry-tls';
export { RegistryToolbox, RegistryToolboxProps } from './registry-toolbox';
export { RegistryUI, RegistryUIOptions, RegistryUIProps } from './registry-ui';
export { RegistryUser, RegistryUserOptions } from './registry-user';
