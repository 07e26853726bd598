#!/usr/bin/env node
// `npx cdk8s-registry-migrate`
import * as fs from 'node:fs';
import { migrateCommand } from './command';

process.exitCode = migrateCommand(process.argv.slice(2), {
  read: (file) => fs.readFileSync(file === '-' ? 0 : file, 'utf8'),
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
});
