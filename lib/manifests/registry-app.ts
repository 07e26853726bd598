// The App that writes numbered files, once all mistakes of the whole app are known to be none.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiObject, App, DependencyGraph, Yaml } from 'cdk8s';
import { RegistryStore } from '../credentials/store';
import { notesOf } from './notes';
import { filesOf, Manifest } from './table';

/**
 * A cdk8s App that writes each object of each registry to the numbered file of its part (`100-registry-secrets.yaml`, …,
 * `700-registry-ui-ingress.yaml`), objects that are not of this library to `900-others.yaml`, and a `NOTES.txt` with the next commands.
 *
 * Nothing is written before all of the app has been found valid. The App's own settings for file names and for splitting output are not used.
 */
export class RegistryApp extends App {
  /**
   * Writes all files into the output folder.
   *
   * @throws one Error that names all mistakes
   */
  public synth(): void {
    const mistakes = [...mistakesOf(this), ...(usesDummies(this) ? [DUMMIES] : [])];
    if (mistakes.length > 0) throw new Error(`This app can't be written:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    // One walk over the app; chart by chart, cdk8s would validate the whole app again for each chart.
    const objects = new DependencyGraph(this.node).topology().filter((construct) => ApiObject.isApiObject(construct));
    const manifests = objects.map((object) => object.toJson() as Manifest);
    const files = [...filesOf(manifests)].map(([file, contents]) => [file, Yaml.stringify(...contents)] as const);
    const notes = notesOf(this).join('\n');
    fs.mkdirSync(this.outdir, { recursive: true });
    for (const [file, text] of files) fs.writeFileSync(path.join(this.outdir, file), text);
    if (notes !== '') fs.writeFileSync(path.join(this.outdir, 'NOTES.txt'), notes);
  }
}

const DUMMIES =
  "store: the app uses a FixedStore, whose dummy secrets are for tests and can't be deployed; leave it out, or use new LocalStore()";

function mistakesOf(app: App): string[] {
  return app.node
    .findAll()
    .flatMap((construct) =>
      construct.node.validate().map((mistake) => (construct.node.path ? `[${construct.node.path}] ${mistake}` : mistake)),
    );
}

function usesDummies(app: App): boolean {
  return app.node.findAll().some((construct) => RegistryStore._setFor(construct)?.dummy);
}
