// Public API. No file in this folder imports this one.

export { RegistryApp } from './app/app';
export { RegistryEnvironment } from './app/environment';
export { RegistryAuth, RegistryAuthOptions, RegistryAuthProps } from './auth/auth';
export { ExternalLoginOptions, RegistryLogin, UserLoginOptions } from './auth/client-login';
export { RegistryCredentials } from './auth/credentials';
export { RegistryTokenOptions } from './auth/token';
export { RegistryUser, RegistryUserEnvironmentOptions, RegistryUserOptions } from './auth/user';
export { RegistryVerifierOptions } from './auth/verifier';
export { RegistryCache } from './caches/cache';
export { RegistryCacheAlertsOptions } from './caches/cache-alerts';
export { RegistryCacheLogin, RegistryCacheOptions, RegistryCacheProps } from './caches/cache-options';
export { CachePrefetchOptions } from './caches/prefetch-options';
export { RegistryHelmChart, RegistryHelmChartProps } from './chart/helm-chart';
export { HelmChart } from './chart-engine/helm-chart';
export {
  HelmChartProps,
  HelmNoteOptions,
  HelmOptionalOptions,
  HelmReferenceOptions,
  HelmSecretOptions,
  HelmTextOptions,
  HelmValueOptions,
} from './chart-engine/props';
export {
  DefaultServiceAccountPullSecrets,
  DefaultServiceAccountPullSecretsProps,
} from './clients/default-service-account-pull-secrets';
export { RegistryLocalHosting, RegistryLocalHostingProps } from './clients/local-registry-hosting';
export { NodeFile, NodeFilesOptions, NodeRuntime, RegistryNodeFiles } from './clients/node-files';
export { RegistryNodeTrust } from './clients/node-trust/node-trust';
export { RegistryNodeTrustProps } from './clients/node-trust/options';
export { RegistryPullSecret, RegistryPullSecretProps } from './clients/pull-secret';
export { JobPodOptions } from './core/job-pod-options';
export { PodOptions } from './core/pod-options';
export { ProbeOptions } from './core/probes';
export { RegistryPart, RegistryPartProps } from './core/registry-part';
export { SecretKeyRef } from './core/secret-key-ref';
export { RegistryVersion } from './distribution/version';
export { AccessPermission, AccessRule, RegistryAccess, RegistryAccessOptions } from './front/access';
export { RegistryFront, RegistryFrontProps } from './front/front';
export { FrontLimitsOptions, RegistryFrontOptions } from './front/front-options';
export { Subject, SubjectKind } from './front/subject';
export { RegistrySnapshots } from './maintenance/backup/snapshots';
export { RegistrySnapshotsProps } from './maintenance/backup/snapshots-options';
export { RegistryVeleroBackup } from './maintenance/backup/velero';
export { RegistryVeleroBackupProps, VeleroVolumes } from './maintenance/backup/velero-options';
export { RegistryCollection } from './maintenance/collection/collection';
export { RegistryCollectionProps } from './maintenance/collection/options';
export { RegistryCopy } from './maintenance/copy/copy';
export { CopyEndpoint, CopyHostOptions, CopyRegistryOptions } from './maintenance/copy/endpoint';
export { RegistryCopyProps } from './maintenance/copy/options';
export { RegistryRetentionProps, SpareRunningOptions } from './maintenance/retention/options';
export { RegistryRetention } from './maintenance/retention/retention';
export { RetentionRule, RetentionTagsOptions } from './maintenance/retention/rule';
export { RegistryToolbox, RegistryToolboxProps } from './maintenance/toolbox';
export { RegistryVerification } from './maintenance/verification';
export { RegistryVerificationProps, VerificationAddress } from './maintenance/verification-options';
export { AlertExporter, RegistryAlert } from './monitoring/alert-names';
export { AlertThresholds } from './monitoring/alert-thresholds';
export { RegistryAlerts, RegistryAlertsProps } from './monitoring/alerts';
export { RegistryAlertsOptions } from './monitoring/alerts-options';
export { AlertedCronJob } from './monitoring/cron-jobs';
export { RegistryDashboard, RegistryDashboardOptions, RegistryDashboardProps } from './monitoring/dashboard';
export {
  RegistryMetrics,
  RegistryMetricsOptions,
  RegistryMetricsProps,
  ServiceMonitorOptions,
} from './monitoring/metrics';
export {
  NetworkPolicyOptions,
  RegistryNetworkPolicy,
  RegistryNetworkPolicyProps,
} from './network/network-policy';
export { Registry } from './registry';
export { RegistryProps } from './registry-props';
export { IngressController } from './routing/controllers/controller';
export { ExistingGatewayOptions, NewGatewayOptions, RegistryGateway } from './routing/gateway';
export { RegistryHttpRoute, RegistryHttpRouteOptions, RegistryHttpRouteProps } from './routing/http-route';
export { RegistryIngress, RegistryIngressOptions, RegistryIngressProps } from './routing/ingress';
export {
  RegistryIngressRoute,
  RegistryIngressRouteOptions,
  RegistryIngressRouteProps,
} from './routing/ingress-route';
export { RegistryRoute, RegistryRouteProps } from './routing/route';
export { TraefikApi } from './routing/traefik-objects';
export {
  ExternalSecretOptions,
  ExternalSecretStore,
  ExternalSecretVersion,
  RegistryExternalSecret,
  RegistryExternalSecretProps,
  RemoteValue,
} from './secrets/external-secret';
export { FixedStore } from './secrets/fixed-store';
export { LocalStore, LocalStoreOptions } from './secrets/local-store';
export { RegistryStore } from './secrets/store';
export { AutoscalingOptions } from './server/autoscaling';
export { RegistryConfiguration, RegistryConfigurationProps } from './server/configuration';
export {
  RegistryConfigurationOptions,
  RegistryLogFormat,
  RegistryLogLevel,
} from './server/configuration-options';
export { RegistryDeployment, RegistryDeploymentProps } from './server/deployment';
export { RegistryDeploymentOptions } from './server/deployment-options';
export { PodDisruptionBudgetOptions } from './server/disruption-budget';
export { GarbageCollectionOptions } from './server/garbage-collection';
export {
  ExternalTrafficPolicy,
  RegistryService,
  RegistryServiceOptions,
  RegistryServiceProps,
} from './server/service';
export { AzureClient, AzureCredentials, AzureOptions } from './storage/azure';
export { StorageBackend } from './storage/backend';
export { EphemeralOptions, ExistingClaimOptions, NewClaimOptions } from './storage/claims';
export { DescriptorCache } from './storage/descriptor-cache';
export { GcsCredentials, GcsIdentityOptions, GcsOptions } from './storage/gcs';
export { StorageHealthOptions } from './storage/health-check';
export { HostPathOptions } from './storage/host-path';
export {
  CloudFrontFilter,
  CloudFrontOptions,
  RedirectMiddlewareOptions,
  RewriteMiddlewareOptions,
  StorageMiddleware,
} from './storage/middleware';
export { RedisOptions } from './storage/redis';
export { S3Options, S3StorageClass } from './storage/s3';
export { S3Credentials, S3Keys, S3SecretKeys } from './storage/s3-credentials';
export {
  RegistryStorage,
  RegistryStorageOptions,
  RegistryStorageProps,
} from './storage/storage';
export { StorageClasses, StorageClassPreference } from './storage/storage-class';
export { SwiftOptions } from './storage/swift';
export { UploadPurgingOptions } from './storage/upload-purging';
export { ValkeyOptions } from './storage/valkey';
export { CertificateIssuer, CertManagerOptions, ExternalIssuerOptions } from './tls/cert-manager';
export {
  CertificateKeyType,
  PemCertificate,
  RegistryCertificate,
  SelfSignedOptions,
} from './tls/certificate-source';
export { RegistryTls, RegistryTlsOptions, RegistryTlsProps, TlsTermination } from './tls/tls';
export { RegistryUIAccess, RegistryUIHostOptions, RegistryUIPathOptions } from './ui/access';
export {
  RegistryUISettings,
  RegistryUITagOrder,
  RegistryUITheme,
  RegistryUIThemeColors,
} from './ui/settings';
export { RegistryUI, RegistryUIOptions, RegistryUIProps } from './ui/ui';
