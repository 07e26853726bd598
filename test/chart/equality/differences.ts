// Where two objects differ: places such as `spec.replicas`, each with what is there on both sides.

/** At most so many characters of a value are shown. */
const SHOWN = 160;

/** Lists are compared in their order. Keys that are undefined are not there. */
export function differences(chart: unknown, constructs: unknown, at = ''): string[] {
  if (Object.is(chart, constructs)) return [];
  if (Array.isArray(chart) && Array.isArray(constructs)) {
    const length = Math.max(chart.length, constructs.length);
    return Array.from({ length }, (_, index) =>
      differences(chart[index], constructs[index], `${at}[${index}]`),
    ).flat();
  }
  if (isMap(chart) && isMap(constructs)) {
    const keys = [...new Set([...Object.keys(chart), ...Object.keys(constructs)])];
    return keys.flatMap((key) => differences(chart[key], constructs[key], at === '' ? key : `${at}.${key}`));
  }
  if (typeof chart === 'string' && typeof constructs === 'string' && chart.includes('\n'))
    return [`${at}: ${firstLine(chart, constructs)}`];
  return [`${at}: the chart has ${shown(chart)}, the constructs ${shown(constructs)}`];
}

function firstLine(chart: string, constructs: string): string {
  const [one, other] = [chart.split('\n'), constructs.split('\n')];
  const line = one.findIndex((text, index) => text !== other[index]);
  const index = line === -1 ? one.length : line;
  return `line ${index + 1}: the chart has ${shown(one[index])}, the constructs ${shown(other[index])}`;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
