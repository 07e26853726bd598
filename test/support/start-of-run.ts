// Before the first test of a run: its name, by which clusters that it starts are found at its end.

import { RUN } from '../cluster/support/own-cluster';

export default function startOfRun(): void {
  process.env[RUN] ||= String(process.pid);
}
