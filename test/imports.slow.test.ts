// imports/ is what cdk8s makes of the CRD files beside it. That the library sets each field that they define
// is in every-registry.test.ts.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { contentsOf, newFolder } from './support/folder';
import { mustRun, ROOT } from './support/project';

const IMPORTS = path.join(ROOT, 'imports');

test('the committed types are those of `npm run imports`', () => {
  const folder = newFolder();
  fs.cpSync(path.join(IMPORTS, 'crds'), path.join(folder, 'imports/crds'), { recursive: true });
  const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  mustRun(folder, `PATH="${path.join(ROOT, 'node_modules/.bin')}:$PATH"; ${scripts.imports}`);
  expect(contentsOf(path.join(folder, 'imports'))).toEqual(contentsOf(IMPORTS));
});
