// Written by `npm run chart`; see lessons.ts.
import type { Lessons } from './lessons';

export const LESSONS: Lessons = {
  homes: {},
  origins: {},
  withoutDefault: [],
  runs: [],
};
