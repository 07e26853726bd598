// Where a person finds what a synth writes: what commands in the notes name.
import * as path from 'node:path';
import { App } from 'cdk8s';
import { IConstruct } from 'constructs';
import { fileWord, shellWord } from '../core/shell';

/** Set by scripts/synth.mjs, which has an app write to a folder aside (CDK8S_OUTDIR): where the files are when it is done. */
const FINAL = 'CDK8S_REGISTRY_OUTPUT';

/** The folder of an app's manifests, for a shell in the folder in which the app ran. */
export function outputFolder(construct: IConstruct): string {
  return fileWord(folderOf(construct));
}

/** The same as the value of kubectl's -f, which takes a list of files as CSV. */
export function outputFolderOfKubectl(construct: IConstruct): string {
  const folder = folderOf(construct);
  return /[",\n]/.test(folder) ? shellWord(`"${folder.replaceAll('"', '""')}"`) : fileWord(folder);
}

function folderOf(construct: IConstruct): string {
  return shortest(finalFolder((construct.node.root as Partial<App>).outdir ?? 'dist'));
}

function finalFolder(outdir: string): string {
  // An app in memory: `Testing.app()` makes it a folder of a random name, which is never written to.
  if (/^cdk8s\.outdir\./.test(path.basename(outdir))) return 'dist';
  const { CDK8S_OUTDIR: aside, [FINAL]: final } = process.env;
  if (!aside || !final) return outdir;
  const below = path.relative(aside, outdir);
  return isOutside(below) ? outdir : path.join(final, below);
}

/** Relative where it is below the folder in which the app runs, so that a clone in another place has the same notes. */
function shortest(folder: string): string {
  const below = path.relative('', folder);
  if (below === '') return '.';
  return path.isAbsolute(folder) && isOutside(below) ? folder : below;
}

function isOutside(relative: string): boolean {
  return relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
}
