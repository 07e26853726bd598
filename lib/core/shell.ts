// Words as a shell takes them: every command that this library writes for people is meant to be copied.

/** What no shell makes anything else of: neither sh nor bash nor zsh. */
const PLAIN = /^[\w./@:,+%][\w./@:,+%=-]*$/;

/** A text as one word of a command. */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : inQuotes(text);
}

/** The same, in quotes whatever it is. */
export function inQuotes(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The name of a file as one word, which no program takes for an option. */
export function fileWord(file: string): string {
  return shellWord(file.startsWith('-') ? `./${file}` : file);
}
