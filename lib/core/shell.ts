// Shell quoting: every printed command can be copied and run.

/** Strings that sh, bash and zsh leave unchanged. */
const PLAIN = /^[\w./@:,+%][\w./@:,+%=-]*$/;

/** A string as a single shell word. */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : inQuotes(text);
}

/** The same, always quoted. */
function inQuotes(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A file name as a single shell word that is never parsed as an option. */
export function fileWord(file: string): string {
  return shellWord(file.startsWith('-') ? `./${file}` : file);
}
