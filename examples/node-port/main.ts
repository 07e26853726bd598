// The simplest registry that works: a port on every node, no login, no TLS. For a lab whose network you
// trust.
import { App, Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import {
  Registry,
  RegistryApp,
  RegistryCertificate,
  RegistryCredentials,
  RegistryEnvironment,
} from '../../lib';

/** Builds the example in an app. One setting comes from a variable, which is optional. */
export function build(app: App): Chart {
  const env = new RegistryEnvironment(app);
  const chart = new Chart(app, 'registry', { namespace: env.text('REGISTRY_NAMESPACE') ?? 'registry' });

  new Registry(chart, 'registry', {
    createNamespace: true,
    // Each node reaches the registry at itself, an address for which Docker and containerd ask for no
    // certificate.
    host: '127.0.0.1',
    service: { type: ServiceType.NODE_PORT, port: 5000, nodePort: 30500 },
    auth: { credentials: RegistryCredentials.anonymous() },
    tls: { certificate: RegistryCertificate.none() },
  });
  return chart;
}

if (require.main === module) {
  const app = new RegistryApp();
  build(app);
  try {
    app.synth();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
