// Synthesizes one registry in a process of its own: node -r esbuild-register synth-once.ts STORE OUTDIR [UID]
import { Chart } from 'cdk8s';
import { LocalStore, Registry, RegistryApp } from '../../lib';

const [store, outdir, uid] = process.argv.slice(2);
// Only after all is loaded: that user may not be allowed to read this folder.
if (uid) process.setuid?.(Number(uid));

const app = new RegistryApp({ outdir });
new LocalStore({ directory: store }).useIn(app);
new Registry(new Chart(app, 'chart', { namespace: 'registry' }), 'registry', { ingress: {} });
try {
  app.synth();
} catch (error) {
  process.stderr.write((error as Error).message);
  process.exitCode = 1;
}
