// Options of a registry as pages show them, a line each: every one must make a registry.
import { transformSync } from '@swc/core';
import * as plus from 'cdk8s-plus-27';
import * as library from '../../lib';
import { blocksIn } from './page';
import { manifestsIn, newChart, problemsIn } from './synth';

/** The lines of all TypeScript blocks. */
export function fragmentsIn(page: string): string[] {
  return blocksIn(page, 'ts').flatMap((text) => text.trim().split('\n'));
}

/** Fails where a registry with these options can't be made. */
export function checkFragment(fragment: string): void {
  const chart = newChart();
  const scope = { ...library, ...plus, chart };
  const { code } = transformSync(
    `new Registry(chart, 'registry', { host: 'registry.example.com', ${fragment} });`,
    {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    },
  );
  new Function(...Object.keys(scope), code)(...Object.values(scope));
  expect(problemsIn(chart)).toEqual([]);
  expect(manifestsIn(chart).length).toBeGreaterThan(5);
}
