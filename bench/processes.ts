// What a program and those that it has started took of the processor and of memory, by /proc.
import * as fs from 'node:fs';

/** A tick of the kernel's clock for programs, in milliseconds. */
const TICK = 10;

/** A process and its children, which a server keeps while it runs. */
function family(pid: number): number[] {
  const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return [pid, ...children.split(' ').filter(Boolean).map(Number)];
}

/** User and system time, in milliseconds. */
export function cpuMilliseconds(pid: number): number {
  const ticks = family(pid).map((one) => {
    const fields = fs.readFileSync(`/proc/${one}/stat`, 'utf8').replace(/.*\) /, '').split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return TICK * ticks.reduce((sum, one) => sum + one, 0);
}

/** Memory at its highest. */
export function peakMegabytes(pid: number): number {
  const kilobytes = family(pid).map((one) =>
    Number(/^VmHWM:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${one}/status`, 'utf8'))?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}
