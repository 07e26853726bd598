// Storage and other settings that an old release took from variables or from config.yml: carried over, or
// named as lost.
import { migrate } from '../../lib/migrate/migration';

test('a bucket beside the driver is carried over or named', () => {
  const s3 = '{s3: {bucket: xyz, region: eu-central-1}}';
  expect(migrate(`storage: ""\nconfigData: {storage: ${s3}}\n`).values.get('storage.s3.bucket')).toBe('xyz');
  const { remarks } = migrate(`extraEnvVars: [{name: REGISTRY_STORAGE, value: "${s3}"}]\n`);
  expect(
    remarks
      .filter(({ matter }) => matter === 'LOST')
      .map(({ text }) => text)
      .join(),
  ).toContain('the registry starts with one only');
});

test('the more specific variable counts, in any order; nothing reaches Object.prototype', () => {
  const [part, leaf] = [
    '{name: REGISTRY_LOG, value: "{level: warn}"}',
    '{name: REGISTRY_LOG_LEVEL, value: debug}',
  ];
  for (const list of [`${part}, ${leaf}`, `${leaf}, ${part}`])
    expect(migrate(`extraEnvVars: [${list}]\n`).values.get('configuration.logLevel')).toBe('debug');
  migrate('extraEnvVars: [{name: REGISTRY_HTTP, value: "{__proto__: {polluted: 1}}"}]\n');
  expect('polluted' in {}).toBe(false);
});
