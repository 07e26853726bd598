// Messages about storage backends.
import type { Table } from './code-messages';

/** Words by code. */
export const STORAGE_WORDS = {
  'azure-credentials-missing': {
    says: 'is missing, and the registry does not start without',
    instead: 'write AzureCredentials.sharedKey(...), clientSecret(...) or defaultCredentials()',
    why: 'Registry 3.x does not start without knowing as whom.',
  },
  'azure-identity-unknown-to-version': {
    says: '<kind>, but registry <version> knows account keys only',
    instead: 'write AzureCredentials.sharedKey(...), or image: "<image>"',
    why: 'Registry 2.8 has no other login to Azure.',
    values: {
      path: 'storage.azure.identity',
      says: '<identity>, but registry <version> knows account keys only',
      instead: 'write storage.azure.identity: sharedKey, or image: { tag: "<tag>" }',
    },
  },
  'base-url-path-unknown-to-version': {
    says: '<value> has a path, which registry <version> leaves out',
    instead: 'write "<origin>", or image: "<image>"',
    why: 'The clients would be sent to other addresses than you expect.',
  },
  'bucket-missing': {
    says: 'is missing',
    instead: 'write the name of a bucket that exists, e.g. "registry-images"',
    why: 'It has no default.',
  },
  'ca-given-twice': {
    says: 'given, and ca too',
    instead: 'leave one of them out',
    why: 'Only one CA is mounted.',
  },
  'ca-not-used': {
    says: 'given, but skipVerify: true accepts any certificate',
    instead: 'leave skipVerify out',
    why: 'The CA would not be used.',
  },
  'ca-without-https': {
    says: 'given, but there is no endpoint that begins with https://',
    instead: 'leave <property> out',
    why: 'The CA would not be used.',
  },
  'chunk-not-a-multiple': {
    says: '<value> is not a multiple of 256Ki',
    instead: 'write e.g. Size.mebibytes(16)',
    why: 'Google takes parts of an upload in multiples of 256 KiB.',
  },
  'chunk-size-out-of-range': {
    says: '<value> <what>',
    instead: 'write e.g. Size.mebibytes(<example>)',
    why: 'The store refuses parts of other sizes.',
  },
  'cloudfront-without-s3': {
    says: 'CloudFront, which reads from S3 only, before <storage> storage',
    instead: 'use StorageBackend.s3(...), or leave it out',
    why: "CloudFront's middleware signs addresses of a distribution whose origin is the bucket.",
  },
  's3-key-not-usable': {
    says: '<what>',
    instead: 'write both keys, or S3Credentials.existingSecret(...)',
    why: 'The key itself is not shown.',
    values: { instead: 'write both keys, or storage.s3.existingSecret' },
  },
  'azure-secret-not-usable': {
    says: '<what>',
    instead: 'write it, or AzureCredentials.existingSharedKey(...) or existingClientSecret(...)',
    why: 'The secret itself is not shown.',
    values: { instead: 'write it, or storage.azure.existingSecret' },
  },
  'swift-password-not-usable': {
    says: '<what>',
    instead: 'write it, or passwordSecret',
    why: 'The password itself is not shown.',
  },
  'key-file-not-json': {
    says: 'is not JSON',
    instead: 'write the content of the JSON key file of the service account',
    why: 'The key file is not shown.',
  },
  'kms-key-without-encryption': {
    says: '<value> is not used without encryption',
    instead: 'write encrypt: true, or leave kmsKeyId out',
    why: 'The key would not be used.',
    values: { instead: 'write storage: { s3: { encrypt: true } }, or leave kmsKeyId out' },
  },
  'no-regions': {
    says: 'is empty, but filter is AWS_REGION',
    instead: 'write e.g. regions: ["eu-central-1"]',
    why: 'Without regions nobody would be sent to the bucket itself.',
  },
  'not-a-folder': {
    says: '<value> is not the absolute path of a folder',
    instead: 'write e.g. "/srv/registry"',
    why: 'The kubelet mounts an absolute path of the node.',
  },
  'not-a-gcs-bucket': {
    says: '<value> is not the name of a bucket: 3 or more lower-case letters, digits, "-", "_" and "."',
    instead: 'write e.g. "registry-images"',
    why: 'Google takes no other names.',
  },
  'not-a-key-file': {
    says: 'is not of a service account',
    instead: 'write the content of the JSON key file of the service account',
    why: 'The key file is not shown.',
  },
  'not-a-middleware-host': {
    says: '<value> is not a host name',
    instead: 'write e.g. "cdn.example.com"',
    why: 'Clients are sent there.',
  },
  'not-a-path-prefix': {
    says: '<value> is not a path',
    instead: 'write e.g. "/registry"',
    why: "It is taken away from the paths of the store's addresses.",
  },
  'not-a-prefix': {
    says: '<value> is not a path of letters, digits and "-_.!*\'()" without a slash at its ends',
    instead: 'write e.g. "<example>"',
    why: 'The drivers join it with paths of their own.',
  },
  'not-an-amazon-region': {
    says: "<value> is not the name of one of Amazon's regions",
    instead: 'write e.g. "eu-central-1"',
    why: "The bucket's address has the region in it.",
  },
  'not-an-azure-account': {
    says: '<value> is not the name of a storage account: 3 to 24 lower-case letters and digits',
    instead: 'write e.g. "companyimages"',
    why: 'Azure takes no other names.',
  },
  'not-an-azure-container': {
    says: '<value> is not the name of a container: 3 to 63 lower-case letters, digits and single "-"',
    instead: 'write e.g. "registry"',
    why: 'Azure takes no other names.',
  },
  'not-an-entra-id': {
    says: '<value> is not an id of Entra ID',
    instead: 'write e.g. "12345678-90ab-cdef-1234-567890abcdef"',
    why: 'Azure names directories and applications by such ids.',
  },
  'not-an-amazon-bucket': {
    says: '<value> is not the name of a bucket: 3 to 63 lower-case letters, digits, "-" and "."',
    instead: 'write e.g. "registry-images"',
    why: 'Amazon takes no other names.',
  },
  'not-an-s3-bucket': {
    says: '<value> is not the name of a bucket: letters, digits, "-", "_" and "."',
    instead: 'write e.g. "registry-images"',
    why: 'Servers take no other names.',
  },
  'password-given-twice': {
    says: 'given, and passwordSecret too',
    instead: 'leave one of them out',
    why: 'One of the two would not be used.',
  },
  'path-style-unknown-to-version': {
    says: "<value> can't be had from registry <version> <with> an endpoint",
    instead: 'leave it out, or write image: "<image>"',
    why: 'Registry 2.8 has the bucket in the path exactly where there is an endpoint.',
    values: { instead: 'leave it out, or write image: { tag: "<tag>" }' },
  },
  'private-key-in-ca': {
    says: 'holds a private key',
    instead: 'write the certificate alone',
    why: 'The string is written into a ConfigMap, where a key would be readable.',
  },
  'private-key-not-usable': {
    says: '<what>',
    instead: '<instead>',
    why: 'The key itself is not shown.',
  },
  'redirect-off-with-middleware': {
    says: 'false, but middleware is about where clients are sent',
    instead: 'leave one of them out',
    why: 'A middleware tells clients where to get blobs, which is a redirect.',
  },
  'region-missing': {
    says: 'is missing',
    instead:
      'write the region of the bucket, e.g. "eu-central-1", or for another server than Amazon\'s its endpoint',
    why: 'Requests to Amazon are signed for a region.',
  },
  'rewrite-unknown-to-version': {
    says: 'rewrite, which registry <version> does not have',
    instead: 'use StorageMiddleware.redirect(...), or write image: "<image>"',
    why: 'Registry 2.8 does not start with a middleware that it does not have.',
  },
  's3-ca-not-pem': {
    says: 'is not a certificate as PEM',
    instead: 'write the content of a file that begins with -----BEGIN CERTIFICATE-----',
    why: 'The pod reads PEM files only.',
  },
  's3-keys-missing': {
    says: "none, but only Amazon's machines know who a pod is",
    instead:
      'write S3Credentials.keys({ accessKeyId: "...", secretAccessKey: "..." }), or S3Credentials.existingSecret(...)',
    why: 'Other servers know nobody without keys.',
    values: {
      path: 'storage.s3.existingSecret',
      instead: 'write storage.s3.accessKeyId and storage.s3.secretAccessKey, or storage.s3.existingSecret',
    },
  },
  'service-account-unknown-to-version': {
    says: 'none, but registry <version> does not know service accounts (IRSA)',
    instead: 'write image: "<image>", or S3Credentials.keys(...) or existingSecret(...)',
    why: 'Registry 2.8 has an AWS SDK that is too old for it.',
    values: {
      path: 'storage.s3.existingSecret',
      instead:
        'write image: { tag: "<tag>" }, or storage.s3.accessKeyId and storage.s3.secretAccessKey or storage.s3.existingSecret',
    },
  },
  'setting-unknown-to-version': {
    says: '<value> is not known to registry <version>',
    instead: 'leave it out, or write image: "<image>"',
    why: 'Registry 2.8 silently ignores unknown keys.',
    values: { instead: 'leave it out, or write image: { tag: "<tag>" }' },
  },
  'signing-unknown-to-version': {
    says: 'true, but registry <version> signs with key files only',
    instead: 'leave it out, or write image: "<image>"',
    why: 'Registry 2.8 signs addresses with the key of a key file.',
    values: { instead: 'leave it out, or write image: { tag: "<tag>" }' },
  },
  'storage-class-unknown-to-version': {
    says: '<value> is not known to registry <version>',
    instead: 'write one of <classes>, or image: "<image>"',
    why: 'Registry 2.8 does not start with it.',
    values: { instead: 'write one of <classes>, or image: { tag: "<tag>" }' },
  },
  'swift-unknown-to-version': {
    says: 'Swift, which registry <version> has no driver for',
    instead:
      'write image: "<image>", or use Swift\'s S3 interface by StorageBackend.s3({ endpoint: "https://...", ... })',
    why: 'Registry 3.x has no Swift driver any more.',
  },
  'update-frequency-unknown-to-version': {
    says: 'is taken for the duration by registry <version>',
    instead: 'leave it out, or write image: "<image>"',
    why: 'Registry 2.8 reads the wrong key for it.',
  },
  'url-empty': {
    says: '<value> is empty',
    instead: 'write e.g. "<example>"',
    why: 'The store has an address.',
  },
  'url-with-credentials': {
    says: 'holds a user or a password',
    instead: 'write "<example>", and the credentials beside it',
    why: 'The address is written into a ConfigMap, and credentials belong in a Secret.',
  },
  'url-without-scheme': {
    says: '<value> has no scheme',
    instead: 'write "<instead>"',
    why: 'The address says whether TLS is spoken.',
  },
  'not-a-url': {
    says: '<value> is not an address that begins with https:// or http://',
    instead: 'write "<instead>"',
    why: 'The drivers speak HTTP.',
  },
  'url-with-query': {
    says: '<value> has a query',
    instead: 'write "<instead>"',
    why: 'The drivers write queries of their own.',
  },
  'redirect-to-volume': {
    says: '<value> is for object storage, and images are in a volume here',
    instead: 'leave it out',
    why: "Clients can't read a volume.",
  },
  'redirect-without-key-file': {
    says: '<value> needs a key file to sign with',
    instead: 'leave it out, or write GcsCredentials.keyFile(...)',
    why: 'Clients are sent to addresses that an account has signed.',
    values: { instead: 'leave it out, or write storage.gcs.keyFile' },
  },
  'redirect-without-signing': {
    says: '<value> needs the right to sign',
    instead:
      'leave it out, or write GcsCredentials.keyFile(...), or give the account iam.serviceAccounts.signBlob and write GcsCredentials.workloadIdentity({ signing: true })',
    why: 'Clients are sent to addresses that an account has signed.',
    values: {
      instead:
        'leave it out, or write storage.gcs.keyFile, or give the account iam.serviceAccounts.signBlob and write storage.gcs.signing: true',
    },
  },
} as const satisfies Table;
