// The last step: validates the whole app, then writes each object to its numbered file.
import { ApiObject, App, DependencyGraph, Yaml } from 'cdk8s';
import { messageOf, problemOf } from '../core/problem';
import { RegistryStore } from '../secrets/store';
import { filesOf, Manifest, registriesOf } from './file-table';
import { notesOf } from './notes/collector';
import { replaceFiles } from './output-files';
import { ownersLine, staleFiles } from './stale-files';

/**
 * A cdk8s App that writes each object of each registry to the numbered file of its part
 * (`100-registry-secrets.yaml`, …, `700-registry-ui-ingress.yaml`), objects that are not of this library to
 * `900-others.yaml`, and a `NOTES.txt` with the next commands.
 *
 * Each file begins with `---`, so that all of them concatenated are one stream too. Only their owner can read
 * files that hold Secrets. Files that an earlier synth wrote for the same registries, and that are no longer
 * needed, are removed: they would be applied again.
 *
 * Nothing is written until the whole app is validated, and if writing fails, the previous files remain. The
 * App's own settings for file names and for splitting output are not used.
 *
 * @example
 * const app = new RegistryApp();
 * const chart = new Chart(app, 'chart', { namespace: 'registry' });
 * new Registry(chart, 'registry', { ingress: {} });
 * app.synth();
 */
export class RegistryApp extends App {
  /**
   * Writes all files into the output folder.
   *
   * @throws one Error with all problems, or with the reason if the files can't be written
   */
  public synth(): void {
    const messages = [
      ...messagesOf(this),
      ...(usesDummies(this) ? [messageOf(problemOf('store-for-tests', 'store'))] : []),
    ];
    if (messages.length > 0)
      throw new Error(
        `Synthesis failed; nothing was written:\n${messages.map((message) => `  ${message}`).join('\n')}`,
      );
    // One pass over the app; chart by chart, cdk8s would validate the whole app again for each chart.
    const objects = new DependencyGraph(this.node)
      .topology()
      .filter((construct) => ApiObject.isApiObject(construct));
    const manifests = objects.map((object) => object.toJson() as Manifest);
    const registries = registriesOf(manifests);
    const files = [...filesOf(manifests)].map(([name, contents]) => ({
      name,
      text: `---\n${ownersLine(name, registries)}${Yaml.stringify(...contents)}`,
      secret: contents.some(holdsSecrets),
    }));
    const notes = notesOf(this).join('\n');
    if (notes !== '') files.push({ name: 'NOTES.txt', text: notes, secret: false });
    const written = new Set(files.map(({ name }) => name));
    replaceFiles(this.outdir, files, () => staleFiles(this.outdir, registries, written));
  }
}

/** Whether an object contains confidential data. */
function holdsSecrets({ kind, data, stringData }: Manifest): boolean {
  return kind === 'Secret' && Object.keys({ ...data, ...stringData }).length > 0;
}

function messagesOf(app: App): string[] {
  return app.node
    .findAll()
    .flatMap((construct) =>
      construct.node
        .validate()
        .map((message) => (construct.node.path ? `[${construct.node.path}] ${message}` : message)),
    );
}

function usesDummies(app: App): boolean {
  return app.node.findAll().some((construct) => RegistryStore._setFor(construct)?.dummy);
}
