// Messages about storage backends.
import type { Table } from './code-messages';

/** Words by code. */
export const STORAGE_WORDS = {
  'azure-credentials-missing': {
    says: 'is missing, and the registry does not start without credentials',
    instead: 'write AzureCredentials.sharedKey(...), clientSecret(...) or defaultCredentials()',
    why: 'Registry 3.x needs to know which identity to use.',
  },
  'azure-identity-unknown-to-version': {
    says: '<kind>, but registry <version> supports account keys only',
    instead: 'write AzureCredentials.sharedKey(...), or image: "<image>"',
    why: 'Registry 2.8 has no other authentication to Azure.',
    values: {
      path: 'storage.azure.identity',
      says: '<identity>, but registry <version> supports account keys only',
      instead: 'write storage.azure.identity: sharedKey, or image: { tag: "<tag>" }',
    },
  },
  'base-url-path-unknown-to-version': {
    says: '<value> has a path, which registry <version> drops',
    instead: 'write "<origin>", or image: "<image>"',
    why: 'Clients would be redirected to the wrong URLs.',
  },
  'bucket-missing': {
    says: 'is missing',
    instead: 'write the name of a bucket that exists, e.g. "registry-images"',
    why: 'It has no default.',
  },
  'ca-given-twice': {
    says: 'is set, and ca too',
    instead: 'leave one of them out',
    why: 'Only one CA is mounted.',
    values: { instead: 'leave storage.s3.caSecret or storage.s3.ca out' },
  },
  'ca-not-used': {
    says: 'is set, but skipVerify: true accepts any certificate',
    instead: 'leave skipVerify out',
    why: 'The CA would not be used.',
  },
  'ca-without-https': {
    says: 'is set, but there is no endpoint that begins with https://',
    instead: 'leave <property> out',
    why: 'The CA would not be used.',
  },
  'chunk-not-a-multiple': {
    says: '<value> is not a multiple of 256Ki',
    instead: 'write e.g. Size.mebibytes(16)',
    why: 'Google Cloud Storage accepts upload parts in multiples of 256 KiB.',
    values: { instead: 'write e.g. "16Mi"' },
  },
  'chunk-size-out-of-range': {
    says: '<value> <what>',
    instead: 'write e.g. Size.mebibytes(<example>)',
    why: 'The storage refuses parts of other sizes.',
    values: { instead: 'write e.g. "<example>Mi"' },
  },
  'cloudfront-without-s3': {
    says: 'CloudFront, which supports S3 storage only, with <storage> storage',
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
    values: { instead: 'write it, or storage.swift.existingSecret' },
  },
  'swift-password-in-clear': {
    says: '<value> would send the password unencrypted',
    instead: 'write a URL that begins with https://, or accept this with insecurePasswordOverHttp: true',
    why: 'The registry sends the password to Keystone whenever it needs a new token.',
    values: {
      instead:
        'write a URL that begins with https://, or accept this with storage.swift.insecurePasswordOverHttp: true',
    },
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
    why: 'Without regions no client would be redirected to the bucket.',
  },
  'not-a-folder': {
    says: '<value> is not the absolute path of a folder',
    instead: 'write e.g. "/srv/registry"',
    why: 'The kubelet mounts an absolute path of the node.',
  },
  'not-a-gcs-bucket': {
    says: '<value> is not the name of a bucket: 3 or more lower-case letters, digits, "-", "_" and "."',
    instead: 'write e.g. "registry-images"',
    why: 'Google accepts no other names.',
  },
  'not-a-key-file': {
    says: 'is not the key of a service account',
    instead: 'write the content of the JSON key file of the service account',
    why: 'The key file is not shown.',
  },
  'not-a-middleware-host': {
    says: '<value> is not a host name',
    instead: 'write e.g. "cdn.example.com"',
    why: 'Clients are redirected there.',
  },
  'not-a-node-name': {
    says: '<value> is not the name of a node: at most 63 lower case letters, digits, "-" and "."',
    instead: 'write its label kubernetes.io/hostname, e.g. "worker-1"',
    why: 'The volume is bound to the node by that label.',
  },
  'not-a-path-prefix': {
    says: '<value> is not a path',
    instead: 'write e.g. "/registry"',
    why: "It is removed from the paths of the storage's URLs.",
  },
  'not-a-prefix': {
    says: '<value> is not a path of letters, digits and "-_.!*\'()" without a slash at its ends',
    instead: 'write e.g. "<example>"',
    why: 'The drivers join it with their own paths.',
  },
  'not-an-amazon-region': {
    says: "<value> is not the name of one of Amazon's regions",
    instead: 'write e.g. "eu-central-1"',
    why: "The bucket's address has the region in it.",
  },
  'not-an-azure-account': {
    says: '<value> is not the name of a storage account: 3 to 24 lower-case letters and digits',
    instead: 'write e.g. "companyimages"',
    why: 'Azure accepts no other names.',
  },
  'not-an-azure-container': {
    says: '<value> is not the name of a container: 3 to 63 lower-case letters, digits and single "-"',
    instead: 'write e.g. "registry"',
    why: 'Azure accepts no other names.',
  },
  'not-an-entra-id': {
    says: '<value> is not an ID of Microsoft Entra',
    instead: 'write e.g. "12345678-90ab-cdef-1234-567890abcdef"',
    why: 'Tenants and applications have such IDs.',
  },
  'not-an-amazon-bucket': {
    says: '<value> is not the name of a bucket: 3 to 63 lower-case letters, digits, "-" and "."',
    instead: 'write e.g. "registry-images"',
    why: 'Amazon accepts no other names.',
  },
  'not-an-s3-bucket': {
    says: '<value> is not the name of a bucket: letters, digits, "-", "_" and "."',
    instead: 'write e.g. "registry-images"',
    why: 'Servers take no other names.',
  },
  'password-given-twice': {
    says: 'is set, and passwordSecret too',
    instead: 'leave one of them out',
    why: 'One of the two would not be used.',
  },
  'path-style-unknown-to-version': {
    says: '<value> is not supported by registry <version> <with> an endpoint',
    instead: 'leave it out, or write image: "<image>"',
    why: 'Registry 2.8 uses path-style addresses exactly when an endpoint is set.',
    values: { instead: 'leave storage.s3.pathStyle out, or write image: { tag: "<tag>" }' },
  },
  'private-key-in-ca': {
    says: 'contains a private key',
    instead: 'write the certificate alone',
    why: 'The string is written into a ConfigMap, where a key would be readable.',
  },
  'private-key-not-usable': {
    says: '<what>',
    instead: '<instead>',
    why: 'The key itself is not shown.',
  },
  'redirect-off-with-middleware': {
    says: 'false, but middleware changes redirects',
    instead: 'leave one of them out',
    why: 'A middleware tells clients where to get blobs, which is a redirect.',
  },
  'region-missing': {
    says: 'is missing',
    instead:
      'write the region of the bucket, e.g. "eu-central-1", or the endpoint of a server other than Amazon S3',
    why: 'Requests to Amazon are signed for a region.',
  },
  'rewrite-unknown-to-version': {
    says: 'rewrite, which registry <version> does not support',
    instead: 'use StorageMiddleware.redirect(...), or write image: "<image>"',
    why: 'Registry 2.8 does not start with an unknown middleware.',
  },
  's3-ca-not-pem': {
    says: 'is not a certificate as PEM',
    instead: 'write the content of a file that begins with -----BEGIN CERTIFICATE-----',
    why: 'The pod reads PEM files only.',
  },
  's3-keys-missing': {
    says: 'none, but pods have identities on Amazon only',
    instead:
      'write S3Credentials.keys({ accessKeyId: "...", secretAccessKey: "..." }), or S3Credentials.existingSecret(...)',
    why: 'Other servers require keys.',
    values: {
      path: 'storage.s3.existingSecret',
      instead: 'write storage.s3.accessKeyId and storage.s3.secretAccessKey, or storage.s3.existingSecret',
    },
  },
  'service-account-unknown-to-version': {
    says: 'none, but registry <version> does not support service accounts (IRSA)',
    instead: 'write image: "<image>", or S3Credentials.keys(...) or existingSecret(...)',
    why: 'The AWS SDK of registry 2.8 is too old for it.',
    values: {
      path: 'storage.s3.existingSecret',
      instead:
        'write image: { tag: "<tag>" }, or storage.s3.accessKeyId and storage.s3.secretAccessKey or storage.s3.existingSecret',
    },
  },
  'setting-unknown-to-version': {
    says: '<value> is not supported by registry <version>',
    instead: 'leave it out, or write image: "<image>"',
    why: 'Registry 2.8 silently ignores unknown keys.',
    values: { instead: 'leave it out, or write image: { tag: "<tag>" }' },
  },
  'signing-unknown-to-version': {
    says: 'true, but registry <version> signs with key files only',
    instead: 'leave it out, or write image: "<image>"',
    why: 'Registry 2.8 signs addresses with the key of a key file.',
    values: { instead: 'leave storage.gcs.signing out, or write image: { tag: "<tag>" }' },
  },
  'storage-class-unknown-to-version': {
    says: '<value> is not supported by registry <version>',
    instead: 'write one of <classes>, or image: "<image>"',
    why: 'Registry 2.8 does not start with it.',
    values: { instead: 'write one of <classes>, or image: { tag: "<tag>" }' },
  },
  'swift-unknown-to-version': {
    says: 'Swift, which registry <version> has no driver for',
    instead:
      'write image: "<image>", or use Swift\'s S3 interface by StorageBackend.s3({ endpoint: "https://...", ... })',
    why: 'Registry 3.x removed the Swift driver.',
    values: {
      instead:
        'write image: { tag: "<tag>" }, or use Swift\'s S3 interface by storage.type: s3 and storage.s3.endpoint',
    },
  },
  'update-frequency-unknown-to-version': {
    says: 'is read as the duration by registry <version>',
    instead: 'leave it out, or write image: "<image>"',
    why: 'Registry 2.8 reads the wrong key for it.',
  },
  'url-empty': {
    says: '<value> is empty',
    instead: 'write e.g. "<example>"',
    why: 'The storage needs an address.',
  },
  'url-with-credentials': {
    says: 'has an "@", as after a user name or a password',
    instead: 'write e.g. "<example>", and the credentials beside it',
    why: 'The address is written into a ConfigMap, and credentials belong in a Secret.',
  },
  'url-without-scheme': {
    says: '<value> has no scheme',
    instead: 'write "<instead>"',
    why: 'The scheme decides whether TLS is used.',
  },
  'not-a-url': {
    says: '<value> is not an address that begins with https:// or http://',
    instead: 'write "<instead>"',
    why: 'The drivers speak HTTP.',
  },
  'url-port-out-of-range': {
    says: '<value> has a port that is not from 1 to 65535, or has leading zeros',
    instead: 'write the port of the server, or leave it out',
    why: 'No server has such a port. Some programs read a number with leading zeros as octal.',
  },
  'url-with-query': {
    says: 'has a "?" or a "#"',
    instead: 'leave that out, and all that follows it',
    why: 'The drivers add their own query. The message does not show the URL, whose query may be a token.',
  },
  'redirect-to-volume': {
    says: '<value> is for object storage, and the backend is a volume',
    instead: 'leave it out',
    why: "Clients can't read a volume.",
    values: { instead: 'leave storage.redirect out' },
  },
  'redirect-without-key-file': {
    says: '<value> needs a key file to sign with',
    instead: 'leave it out, or write GcsCredentials.keyFile(...)',
    why: 'Clients are redirected to signed URLs.',
    values: { instead: 'leave storage.redirect out, or write storage.gcs.keyFile' },
  },
  'redirect-without-signing': {
    says: '<value> needs permission to sign URLs',
    instead:
      'leave it out, or write GcsCredentials.keyFile(...), or give the account iam.serviceAccounts.signBlob and write GcsCredentials.workloadIdentity({ signing: true })',
    why: 'Clients are redirected to signed URLs.',
    values: {
      instead:
        'leave storage.redirect out, or write storage.gcs.keyFile, or give the account iam.serviceAccounts.signBlob and write storage.gcs.signing: true',
    },
  },
  'not-an-address-of-redis': {
    says: 'is not a host with at most a port',
    instead: 'write e.g. "redis.data.svc:6379"',
    why: 'The scheme and the login have options of their own. The message does not show the address, which may have a password.',
  },
  'not-a-user-of-redis': {
    says: 'is not the name of a user: it is empty, or has spaces',
    instead: 'write e.g. "registry"',
    why: 'Names of users in access lists have no spaces.',
  },
  'redis-ca-without-tls': {
    says: 'has no effect without TLS',
    instead: 'leave it out, or leave withoutTls out',
    why: 'Only the certificate of an encrypted connection is checked.',
  },
  'redis-tls-unknown-to-version': {
    says: 'false, but registry <version> can not encrypt the connection to Redis',
    instead: 'write withoutTls: true if nobody else reads that network, or version: RegistryVersion.V3',
    values: {
      instead: 'write withoutTls: true if nobody else reads that network, or use an image of version 3',
    },
    why: 'Distribution has TLS for Redis since 3.0.',
  },
  'redis-user-unknown-to-version': {
    says: '<value> can not log in from registry <version>, which sends a password only',
    instead: 'leave it out, or write version: RegistryVersion.V3',
    values: { instead: 'leave it out, or use an image of version 3' },
    why: 'Distribution has users of Redis since 3.0.',
  },
  'redis-user-without-password': {
    says: '<value> has no password',
    instead: 'write password: { secret: Secret.fromSecretName(...) }, or leave it out',
    values: { instead: 'write existingSecret: redis-password, or leave it out' },
    why: 'A user logs in by a password.',
  },
  'valkey-name-too-long': {
    says: 'makes the Service "<name>", whose name has <characters> characters, and more than 63',
    instead: 'give the registry a name of at most 46 characters',
    values: { instead: 'write a fullnameOverride of at most 46 characters' },
    why: 'The API server refuses names of Services with more characters.',
  },
  'valkey-memory-too-small': {
    says: '<value> is below 1 MiB',
    instead: 'write e.g. Size.mebibytes(64)',
    values: { instead: 'write e.g. "64Mi"' },
    why: 'Valkey itself takes about 1 MiB: with less it drops each descriptor at once.',
  },
} as const satisfies Table;
