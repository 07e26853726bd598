// Settings that samples of refusals have in common.

export const INGRESS = { 'ingress.enabled': true };
export const GATEWAY = { 'httpRoute.enabled': true, 'httpRoute.gateway.className': 'nginx' };
export const EXISTING_GATEWAY = { 'httpRoute.enabled': true, 'httpRoute.gateway.name': 'public' };
export const INGRESS_ROUTE = { 'ingressRoute.enabled': true };
export const UI = { ...INGRESS, 'ui.enabled': true };
export const UI_HOST = { ...UI, 'ui.host': 'images.example.com' };
export const UI_LOGIN = { ...UI, 'ui.login': true, 'ingress.controller': 'COMMUNITY_NGINX' };
export const AMAZON = {
  'storage.type': 's3',
  'storage.s3.bucket': 'images',
  'storage.s3.region': 'eu-central-1',
};
export const MINIO = {
  'storage.type': 's3',
  'storage.s3.bucket': 'images',
  'storage.s3.endpoint': 'https://minio.example.com',
  'storage.s3.existingSecret': 'keys',
};
export const GCS = { 'storage.type': 'gcs', 'storage.gcs.bucket': 'images' };
export const AZURE = {
  'storage.type': 'azure',
  'storage.azure.accountName': 'company',
  'storage.azure.container': 'images',
  'storage.azure.accountKey': 'key',
};
export const SWIFT = {
  'image.tag': '2.8.3',
  'storage.type': 'swift',
  'storage.swift.container': 'images',
  'storage.swift.authUrl': 'https://keystone.example.com/v3',
  'storage.swift.username': 'registry',
  'storage.swift.password': 'secret',
};
export const TOKENS = {
  'auth.token.enabled': true,
  'auth.token.realm': 'https://auth.example.com/token',
  'auth.token.service': 'registry.example.com',
  'auth.token.issuer': 'auth.example.com',
  'auth.token.jwksSecret': 'keys',
};
export const VERIFIER = { 'auth.verifier.url': 'http://oauth2-proxy.auth.svc:4180/oauth2/auth' };
export const FOLDER = { 'persistence.hostPath.path': '/srv/registry' };
export const OLD = { 'image.tag': '2.8.3' };
