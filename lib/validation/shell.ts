// Words in commands that people copy.

/** A path as a shell takes it. */
export function forShell(file: string): string {
  const path = file.startsWith('-') ? `./${file}` : file;
  return /^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
