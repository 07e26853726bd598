// What users of the package get. No file in this folder imports this one.
export { CertificateIssuer, CertManagerOptions, ExternalIssuerOptions } from './cert-manager';
export { FixedStore } from './credentials/fixed-store';
export { LocalStore } from './credentials/local-store';
export { RegistryStore } from './credentials/store';
export { DefaultServiceAccountPullSecrets, DefaultServiceAccountPullSecretsProps } from './default-account-pull-secrets';
export { HelmChart, HelmChartProps } from './helm/helm-chart';
export { HelmParameterOptions, HelmValues } from './helm/helm-values';
export { RegistryHelmChart, RegistryHelmChartProps } from './helm/registry-helm-chart';
export { IngressController } from './ingress-controllers';
export { RegistryApp } from './manifests/registry-app';
export { PodOptions } from './pod-options';
export { Registry, RegistryProps } from './registry';
export { RegistryAuth, RegistryAuthOptions, RegistryAuthProps, RegistryCredentials } from './registry-auth';
export { CertificateKeyType, PemCertificate, RegistryCertificate, SelfSignedOptions } from './registry-certificate';
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
export { ExistingGatewayOptions, NewGatewayOptions, RegistryGateway } from './registry-gateway';
export { RegistryHttpRoute, RegistryHttpRouteOptions, RegistryHttpRouteProps } from './registry-http-route';
export { RegistryVersion } from './registry-image';
export { RegistryIngress, RegistryIngressOptions, RegistryIngressProps } from './registry-ingress';
export { RegistryIngressRoute, RegistryIngressRouteOptions, RegistryIngressRouteProps } from './registry-ingress-route';
export { RegistryLocalHosting, RegistryLocalHostingProps } from './registry-local-hosting';
export { ExternalLoginOptions, RegistryLogin } from './registry-login';
export { RegistryMetrics, RegistryMetricsOptions, RegistryMetricsProps, ServiceMonitorOptions } from './registry-metrics';
export { NetworkPolicyOptions, RegistryNetworkPolicy, RegistryNetworkPolicyProps } from './registry-network-policy';
export { NodeFile, NodeFilesOptions, NodeRuntime, RegistryNodeFiles } from './registry-node-files';
export { RegistryNodeTrust, RegistryNodeTrustProps } from './registry-node-trust';
export { RegistryPart, RegistryPartProps } from './registry-part';
export { RegistryPullSecret, RegistryPullSecretProps } from './registry-pull-secret';
export { RegistryRoute, RegistryRouteProps } from './registry-route';
export { ExternalTrafficPolicy, RegistryService, RegistryServiceOptions, RegistryServiceProps } from './registry-service';
export {
  RegistryStorage,
  RegistryStorageOptions,
  RegistryStorageProps,
  StorageHealthOptions,
  UploadPurgingOptions,
} from './registry-storage';
export { RegistryTls, RegistryTlsOptions, RegistryTlsProps, TlsTermination } from './registry-tls';
export { RegistryToolbox, RegistryToolboxProps } from './registry-toolbox';
export { RegistryUI, RegistryUIOptions, RegistryUIProps } from './registry-ui';
export { RegistryUIAccess, RegistryUIHostOptions } from './registry-ui-access';
export { RegistryUISettings, RegistryUITagOrder, RegistryUITheme, RegistryUIThemeColors } from './registry-ui-settings';
export { RegistryUser, RegistryUserEnvironmentOptions, RegistryUserOptions } from './registry-user';
export { AzureClient, AzureCredentials, AzureOptions } from './storage/azure';
export { ExistingClaimOptions, NewClaimOptions } from './storage/claims';
export { GcsCredentials, GcsIdentityOptions, GcsOptions } from './storage/gcs';
export { HostPathOptions } from './storage/host-path';
export { S3Options, S3StorageClass } from './storage/s3';
export { S3Credentials, S3Keys, S3SecretKeys } from './storage/s3-credentials';
export { StorageBackend } from './storage/storage-backend';
export { StorageClasses, StorageClassPreference } from './storage/storage-classes';
export {
  CloudFrontFilter,
  CloudFrontOptions,
  RedirectMiddlewareOptions,
  RewriteMiddlewareOptions,
  StorageMiddleware,
} from './storage/storage-middleware';
export { SwiftOptions } from './storage/swift';
export { TraefikApi } from './traefik';
