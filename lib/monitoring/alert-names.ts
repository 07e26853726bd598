// The names of the alerts, and of the exporters whose metrics they ask for.

/** Alerts of a RegistryAlerts. What each means is in docs/operations/alerts.md. */
export enum RegistryAlert {
  /** No pod of the registry is available. */
  UNAVAILABLE = 'RegistryUnavailable',
  /** Some pods of the registry, of its UI or of a cache are not available. */
  REPLICAS_MISSING = 'RegistryReplicasMissing',
  /** A container restarts again and again. */
  CRASH_LOOPING = 'RegistryCrashLooping',
  /** A container was killed, for it used more memory than its limit. */
  OUT_OF_MEMORY = 'RegistryOutOfMemory',
  /** A pod answers with server errors. */
  ERRORS = 'RegistryErrors',
  /** A pod answers requests for manifests slowly. */
  MANIFESTS_SLOW = 'RegistryManifestsSlow',
  /** The storage answers slowly. */
  STORAGE_SLOW = 'RegistryStorageSlow',
  /** The descriptor cache does not answer. */
  DESCRIPTOR_CACHE_FAILS = 'RegistryDescriptorCacheFails',
  /** The volume has little free space. */
  VOLUME_NEARLY_FULL = 'RegistryVolumeNearlyFull',
  /** The volume will be full within days. */
  VOLUME_FILLING = 'RegistryVolumeFilling',
  /** The certificate ends soon. */
  CERTIFICATE_ENDING = 'RegistryCertificateEnding',
  /** The blackbox exporter does not reach the registry. */
  UNREACHABLE = 'RegistryUnreachable',
  /** The last run of a CronJob failed. */
  CRON_JOB_FAILED = 'RegistryCronJobFailed',
  /** A CronJob did not succeed for too long. */
  CRON_JOB_MISSED = 'RegistryCronJobMissed',
  /** Velero made no complete backup for too long. */
  BACKUP_MISSED = 'RegistryBackupMissed',
  /** Metrics that other alerts need are missing. */
  METRICS_MISSING = 'RegistryMetricsMissing',
}

/** What serves metrics to Prometheus, besides the registry. */
export enum AlertExporter {
  /**
   * kube-state-metrics: Deployments, pods and CronJobs.
   *
   * @see https://github.com/kubernetes/kube-state-metrics/tree/main/docs
   */
  KUBE_STATE_METRICS = 'kube-state-metrics',
  /**
   * The kubelet of each node: volumes of claims.
   *
   * @see https://kubernetes.io/docs/reference/instrumentation/metrics/
   */
  KUBELET = 'kubelet',
  /**
   * cert-manager: its Certificates.
   *
   * @see https://cert-manager.io/docs/devops-tips/prometheus-metrics/
   */
  CERT_MANAGER = 'cert-manager',
}
