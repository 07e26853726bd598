{{- /* Refused combinations of storage settings, and what depends on the registry's major version. */}}

{{- define "registry.problemsOfStorage" -}}
{{- $type := .Values.storage.type }}
{{- if eq $type "s3" }}
{{- include "registry.problemsOfS3" . }}
{{- else if eq $type "gcs" }}
{{- include "registry.problemsOfGcs" . }}
{{- else if eq $type "azure" }}
{{- include "registry.problemsOfAzure" . }}
{{- else if eq $type "swift" }}
{{- include "registry.problemsOfSwift" . }}
{{- else if eq (toJson .Values.storage.redirect) "true" }}
storage.redirect: true is for object storage, and the backend is a volume; leave storage.redirect out [redirect-to-volume]
{{- end }}
{{- include "registry.problemsOfHostPath" . }}
{{- include "registry.problemsOfDescriptorCache" . }}
{{- $keys := dict "s3" (list "accessKeyId" "secretAccessKey") "gcs" (list "keyFile") "azure" (list "accountKey" "clientSecret") "swift" (list "password") }}
{{- $store := index .Values.storage $type }}
{{- range get $keys $type | default list }}
{{- if and $store.existingSecret (index $store .) }}
storage.{{ $type }}.{{ . }}: is set, but storage.{{ $type }}.existingSecret too; leave one of them out [key-said-twice]
{{- end }}
{{- end }}
{{- if and .Values.userFromPlatform (include "registry.fixesOwner" .) }}
persistence.hostPath.fixOwner: true, but userFromPlatform: true leaves the owner of the folder unknown; leave persistence.hostPath.fixOwner or userFromPlatform out [owner-unknown]
{{- end }}
{{- end }}

{{- /* What is wrong with a password or a key that is given. No message shows it. */}}
{{- define "registry.problemOfSecret" -}}
{{- if not . }}
{{- "is missing" }}
{{- else if not (regexMatch "^[^\\s\\p{Z}\\p{Cc}\\x{feff}]+$" .) }}
{{- "has spaces or line breaks" }}
{{- end }}
{{- end }}

{{- /* A directory of a node that would not be used, or that is missing. */}}
{{- define "registry.problemsOfHostPath" -}}
{{- $persistence := .Values.persistence }}
{{- $hostPath := $persistence.hostPath }}
{{- include "registry.problemsOfClaim" (list . "") }}
{{- if $hostPath.path }}
{{- $others := list }}
{{- if ne .Values.storage.type "filesystem" }}
{{- $others = append $others (printf "storage.type: %s" .Values.storage.type) }}
{{- end }}
{{- if not $persistence.enabled }}
{{- $others = append $others "persistence.enabled: false" }}
{{- end }}
{{- if $persistence.existingClaim }}
{{- $others = append $others "persistence.existingClaim" }}
{{- end }}
{{- range $others }}
persistence.hostPath.path: {{ include "registry.shown" $hostPath.path }}, but {{ . }} is set, too; leave one of them out [volume-said-twice]
{{- end }}
{{- else }}
{{- range $property := list "nodeName" "volumeName" "fixOwner" }}
{{- with index $hostPath $property }}
persistence.hostPath.{{ $property }}: {{ include "registry.shown" . }} has no effect without a path; add persistence.hostPath.path, or leave out persistence.hostPath.{{ $property }} [host-path-missing]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* A URL that may hold a password or a token, which no message shows: (list PATH URL EXAMPLE). */}}
{{- define "registry.problemsOfUrl" -}}
{{- if contains "@" (index . 1) }}
{{ index . 0 }}: has an "@", as after a user name or a password; write e.g. "{{ index . 2 }}", and the credentials beside it [url-with-credentials]
{{- else if regexMatch "[?#]" (index . 1) }}
{{ index . 0 }}: has a "?" or a "#"; leave that out, and all that follows it [url-with-query]
{{- else if include "registry.hasWrongPort" (index . 1) }}
{{ index . 0 }}: {{ include "registry.shown" (index . 1) }} has a port that is not from 1 to 65535, or has leading zeros; write the port of the server, or leave it out [url-port-out-of-range]
{{- end }}
{{- end }}

{{- define "registry.problemsOfS3" -}}
{{- $s3 := .Values.storage.s3 }}
{{- include "registry.problemsOfUrl" (list "storage.s3.endpoint" $s3.endpoint "https://minio.example.com") }}
{{- $amazon := include "registry.s3.isAmazon" . }}
{{- if not $s3.bucket }}
storage.s3.bucket: is missing; write the name of a bucket that exists, e.g. "registry-images" [bucket-missing]
{{- else if and $amazon (not (regexMatch "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$" $s3.bucket)) }}
storage.s3.bucket: {{ include "registry.shown" $s3.bucket }} is not the name of a bucket: 3 to 63 lower-case letters, digits, "-" and "."; write e.g. "registry-images" [not-an-amazon-bucket]
{{- end }}
{{- if and $amazon (not $s3.region) }}
storage.s3.region: is missing; write the region of the bucket, e.g. "eu-central-1", or the endpoint of a server other than Amazon S3 [region-missing]
{{- else if and $amazon (not (regexMatch "^[a-z]{2,4}(-[a-z]+)+-[0-9]+$" $s3.region)) }}
storage.s3.region: {{ include "registry.shown" $s3.region }} is not the name of one of Amazon's regions; write e.g. "eu-central-1" [not-an-amazon-region]
{{- end }}
{{- $id := $s3.accessKeyId }}
{{- $key := $s3.secretAccessKey }}
{{- if and (or $id $key) (not $s3.existingSecret) }}
{{- range $property, $value := dict "accessKeyId" $id "secretAccessKey" $key }}
{{- with include "registry.problemOfSecret" $value }}
storage.s3.{{ $property }}: {{ . }}; write both keys, or storage.s3.existingSecret [s3-key-not-usable]
{{- end }}
{{- end }}
{{- end }}
{{- $keys := or $s3.existingSecret $id $key }}
{{- if not (or $keys $amazon) }}
storage.s3.existingSecret: none, but pods have identities on Amazon only; write storage.s3.accessKeyId and storage.s3.secretAccessKey, or storage.s3.existingSecret [s3-keys-missing]
{{- end }}
{{- if and $s3.kmsKeyId (eq (toJson $s3.encrypt) "false") }}
storage.s3.kmsKeyId: {{ include "registry.shown" $s3.kmsKeyId }} is not used without encryption; write storage: { s3: { encrypt: true } }, or leave kmsKeyId out [kms-key-without-encryption]
{{- end }}
{{- with $s3.chunkSize }}
{{- $size := include "registry.kibibytes" . | int64 }}
{{- if lt $size 5120 }}
storage.s3.chunkSize: {{ include "registry.shown" . }} is below the 5Mi that S3 takes at least; write e.g. "10Mi" [chunk-size-out-of-range]
{{- else if gt $size 5242880 }}
storage.s3.chunkSize: {{ include "registry.shown" . }} is above the 5Gi that S3 takes at most; write e.g. "10Mi" [chunk-size-out-of-range]
{{- end }}
{{- end }}
{{- include "registry.problemsOfS3Ca" . }}
{{- if eq (include "registry.majorVersion" .) "2" }}
{{- if not $keys }}
storage.s3.existingSecret: none, but registry 2.8 does not support service accounts (IRSA); write image: { tag: "3.1.1" }, or storage.s3.accessKeyId and storage.s3.secretAccessKey or storage.s3.existingSecret [service-account-unknown-to-version]
{{- end }}
{{- if and $s3.storageClass (not (has $s3.storageClass (list "NONE" "STANDARD" "REDUCED_REDUNDANCY"))) }}
storage.s3.storageClass: "{{ $s3.storageClass }}" is not supported by registry 2.8; write one of NONE, STANDARD, REDUCED_REDUNDANCY, or image: { tag: "3.1.1" } [storage-class-unknown-to-version]
{{- end }}
{{- $pathStyle := toJson $s3.pathStyle }}
{{- if and $s3.endpoint (eq $pathStyle "false") }}
storage.s3.pathStyle: false is not supported by registry 2.8 with an endpoint; leave storage.s3.pathStyle out, or write image: { tag: "3.1.1" } [path-style-unknown-to-version]
{{- else if and (not $s3.endpoint) (eq $pathStyle "true") }}
storage.s3.pathStyle: true is not supported by registry 2.8 without an endpoint; leave storage.s3.pathStyle out, or write image: { tag: "3.1.1" } [path-style-unknown-to-version]
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfS3Ca" -}}
{{- $s3 := .Values.storage.s3 }}
{{- $property := ternary "ca" "caSecret" (not (empty $s3.ca)) }}
{{- if or $s3.ca $s3.caSecret }}
{{- if and $s3.ca $s3.caSecret }}
storage.s3.caSecret: is set, and ca too; leave storage.s3.caSecret or storage.s3.ca out [ca-given-twice]
{{- end }}
{{- if $s3.skipVerify }}
storage.s3.{{ $property }}: is set, but skipVerify: true accepts any certificate; leave skipVerify out [ca-not-used]
{{- end }}
{{- if not (include "registry.usableUrl" $s3.endpoint | hasPrefix "https:") }}
storage.s3.{{ $property }}: is set, but there is no endpoint that begins with https://; leave {{ $property }} out [ca-without-https]
{{- end }}
{{- if not (or $s3.caSecret (regexMatch "(?m)^-----BEGIN CERTIFICATE-----\r?$" $s3.ca)) }}
storage.s3.ca: is not a certificate as PEM; write the content of a file that begins with -----BEGIN CERTIFICATE----- [s3-ca-not-pem]
{{- else if and (not $s3.caSecret) (contains "PRIVATE KEY-----" $s3.ca) }}
storage.s3.ca: contains a private key; write the certificate alone [private-key-in-ca]
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfGcs" -}}
{{- $gcs := .Values.storage.gcs }}
{{- if not $gcs.bucket }}
storage.gcs.bucket: is missing; write the name of a bucket that exists, e.g. "registry-images" [bucket-missing]
{{- end }}
{{- with $gcs.chunkSize }}
{{- $size := include "registry.kibibytes" . | int64 }}
{{- if lt $size 256 }}
storage.gcs.chunkSize: {{ include "registry.shown" . }} is below the 256Ki that Google takes at least; write e.g. "10Mi" [chunk-size-out-of-range]
{{- else if mod $size 256 }}
storage.gcs.chunkSize: {{ include "registry.shown" . }} is not a multiple of 256Ki; write e.g. "16Mi" [chunk-not-a-multiple]
{{- end }}
{{- end }}
{{- if and $gcs.keyFile (not $gcs.existingSecret) }}
{{- $parsed := printf "[%s, 0]" $gcs.keyFile | fromJsonArray }}
{{- /* What isn't JSON gives a list with the message of the error alone. */}}
{{- if ne (len $parsed) 2 }}
storage.gcs.keyFile: is not JSON; write the content of the JSON key file of the service account [key-file-not-json]
{{- else if not (include "registry.isServiceAccount" (first $parsed)) }}
storage.gcs.keyFile: is not the key of a service account; write the content of the JSON key file of the service account [not-a-key-file]
{{- end }}
{{- end }}
{{- $keyFile := or $gcs.existingSecret $gcs.keyFile }}
{{- $redirect := eq (toJson .Values.storage.redirect) "true" }}
{{- $old := eq (include "registry.majorVersion" .) "2" }}
{{- if and $old $gcs.signing (not $keyFile) }}
storage.gcs.signing: true, but registry 2.8 signs with key files only; leave storage.gcs.signing out, or write image: { tag: "3.1.1" } [signing-unknown-to-version]
{{- end }}
{{- if and $redirect (not (or $keyFile $gcs.signing)) }}
{{- if $old }}
storage.redirect: true needs a key file to sign with; leave storage.redirect out, or write storage.gcs.keyFile [redirect-without-key-file]
{{- else }}
storage.redirect: true needs permission to sign URLs; leave storage.redirect out, or write storage.gcs.keyFile, or give the account iam.serviceAccounts.signBlob and write storage.gcs.signing: true [redirect-without-signing]
{{- end }}
{{- end }}
{{- end }}

{{- /* What a key file holds: of a service account? */}}
{{- define "registry.isServiceAccount" -}}
{{- if kindIs "map" . }}
{{- if and (eq (toString .type) "service_account") (kindIs "string" .client_email) (kindIs "string" .private_key) }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfAzure" -}}
{{- $azure := .Values.storage.azure }}
{{- include "registry.problemsOfUrl" (list "storage.azure.endpoint" $azure.endpoint "https://account.blob.core.windows.net") }}
{{- if not $azure.accountName }}
storage.azure.accountName: "" is not the name of a storage account: 3 to 24 lower-case letters and digits; write e.g. "companyimages" [not-an-azure-account]
{{- end }}
{{- if not $azure.container }}
storage.azure.container: "" is not the name of a container: 3 to 63 lower-case letters, digits and single "-"; write e.g. "registry" [not-an-azure-container]
{{- end }}
{{- if eq $azure.identity "clientSecret" }}
{{- range list "tenantId" "clientId" }}
{{- if not (index $azure .) }}
storage.azure.{{ . }}: "" is not an ID of Microsoft Entra; write e.g. "12345678-90ab-cdef-1234-567890abcdef" [not-an-entra-id]
{{- end }}
{{- end }}
{{- end }}
{{- $secret := dict "sharedKey" "accountKey" "clientSecret" "clientSecret" }}
{{- $property := get $secret $azure.identity }}
{{- if and $property (not $azure.existingSecret) }}
{{- with index $azure $property | include "registry.problemOfSecret" }}
storage.azure.{{ $property }}: {{ . }}; write it, or storage.azure.existingSecret [azure-secret-not-usable]
{{- end }}
{{- end }}
{{- if eq (include "registry.majorVersion" .) "2" }}
{{- if ne $azure.identity "sharedKey" }}
storage.azure.identity: {{ $azure.identity }}, but registry 2.8 supports account keys only; write storage.azure.identity: sharedKey, or image: { tag: "3.1.1" } [azure-identity-unknown-to-version]
{{- end }}
{{- range $setting, $value := dict "prefix" $azure.prefix "endpoint" (include "registry.usableUrl" $azure.endpoint) }}
{{- with $value }}
storage.azure.{{ $setting }}: {{ include "registry.shown" . }} is not supported by registry 2.8; leave it out, or write image: { tag: "3.1.1" } [setting-unknown-to-version]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfSwift" -}}
{{- $swift := .Values.storage.swift }}
{{- include "registry.problemsOfUrl" (list "storage.swift.authUrl" $swift.authUrl "https://keystone.example.com/v3") }}
{{- if not $swift.authUrl }}
storage.swift.authUrl: "" is empty; write e.g. "https://keystone.example.com/v3" [url-empty]
{{- else if and (include "registry.usableUrl" $swift.authUrl | hasPrefix "http://") (not $swift.insecurePasswordOverHttp) }}
storage.swift.authUrl: {{ include "registry.shown" $swift.authUrl }} would send the password unencrypted; write a URL that begins with https://, or accept this with storage.swift.insecurePasswordOverHttp: true [swift-password-in-clear]
{{- end }}
{{- with $swift.chunkSize }}
{{- if lt (include "registry.kibibytes" . | int64) 1024 }}
storage.swift.chunkSize: {{ include "registry.shown" . }} is below the 1Mi that Swift takes at least; write e.g. "10Mi" [chunk-size-out-of-range]
{{- end }}
{{- end }}
{{- range $property, $example := dict "container" "registry-images" "username" "registry" }}
{{- if not (index $swift $property) }}
storage.swift.{{ $property }}: "" is empty or has control characters; write e.g. "{{ $example }}" [not-a-single-line]
{{- end }}
{{- end }}
{{- if not $swift.existingSecret }}
{{- with include "registry.problemOfSecret" $swift.password }}
storage.swift.password: {{ . }}; write it, or storage.swift.existingSecret [swift-password-not-usable]
{{- end }}
{{- end }}
{{- if eq (include "registry.majorVersion" .) "3" }}
storage.swift: Swift, which registry 3.x has no driver for; write image: { tag: "2.8.3" }, or use Swift's S3 interface by storage.type: s3 and storage.s3.endpoint [swift-unknown-to-version]
{{- end }}
{{- end }}

{{- /* A claim that would not be used: (list CONTEXT PREFIX), where the prefix is that of paths. */}}
{{- define "registry.problemsOfClaim" -}}
{{- $at := index . 1 }}
{{- with index . 0 }}
{{- $claim := .Values.persistence.existingClaim }}
{{- if $claim }}
{{- if ne .Values.storage.type "filesystem" }}
{{ $at }}persistence.existingClaim: {{ include "registry.shown" $claim }}, but storage.type: {{ .Values.storage.type }} is set, too; leave one of them out [volume-said-twice]
{{- end }}
{{- if not .Values.persistence.enabled }}
{{ $at }}persistence.existingClaim: {{ include "registry.shown" $claim }}, but {{ $at }}persistence.enabled: false is set, too; leave one of them out [volume-said-twice]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
