// `npm run synth`: runs the app that cdk8s.yaml names, as `npx cdk8s synth` does, without the CLI, whose start takes longer than the app. The app leaves
// `dist` as it is when a setting is wrong, and what it did not write there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const { app, output = 'dist' } = parse(readFileSync('cdk8s.yaml', 'utf8'));
const { status, signal, stderr } = spawnSync(app, {
  // The folder is this app's alone: what it wrote for a registry that it no longer has goes as well.
  env: { ...process.env, CDK8S_OUTDIR: output, CDK8S_REGISTRY_OWN_FOLDER: 'true' },
  shell: true,
  stdio: ['inherit', 'inherit', 'pipe'],
  encoding: 'utf8',
});
process.stderr.write(stderr);
if (status === 0) {
  const next = existsSync(`${output}/NOTES.txt`) ? `: ${output}/NOTES.txt lists the next commands` : '';
  console.log(`The manifests are in ${output}${next}.`);
} else {
  if (stderr === '') console.error(`"${app}" ended with ${signal ?? `exit code ${status}`}`);
  process.exitCode = status ?? 1;
}
