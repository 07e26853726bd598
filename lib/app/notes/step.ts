// One step of NOTES.txt.

/** The heading and the lines below it; undefined if this registry needs no such step. */
export type Step = [heading: string, ...lines: string[]] | undefined;
