// The path of a synth's output, for the commands in the notes.
import * as path from 'node:path';
import { App } from 'cdk8s';
import { IConstruct } from 'constructs';
import { fileWord, shellWord } from '../core/shell';

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
  const { outdir = 'dist' } = construct.node.root as Partial<App>;
  // An app in memory: `Testing.app()` gives it a folder of a random name, which is never written to.
  return /^cdk8s\.outdir\./.test(path.basename(outdir)) ? 'dist' : shortest(outdir);
}

/**
 * Relative where it is below the folder in which the app runs, so that a clone elsewhere has the same
 * notes.
 */
function shortest(folder: string): string {
  const below = path.relative('', folder);
  if (below === '') return '.';
  return path.isAbsolute(folder) && isOutside(below) ? folder : below;
}

function isOutside(relative: string): boolean {
  return relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
}
