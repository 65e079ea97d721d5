/**
 * Reads OpenMetrics text as far as it is written here: counters and gauges without timestamps and exemplars. From the
 * grammar of OpenMetrics 1.0 (prometheus/OpenMetrics, specification/OpenMetrics.md: "ABNF", and what its section on the
 * text format requires of names, units, order and uniqueness).
 *
 * @returns the value of each sample, by its name and labels as they stand.
 * @throws Error at what does not fit.
 */
export function readOpenMetrics(text: string): Record<string, number> {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.pop() !== '# EOF')
    throw new Error('does not end with # EOF and a line feed');
  const samples: Record<string, number> = {};
  const families = new Map<string, { type: string; closed: boolean }>();
  let current = '';
  for (const line of lines) {
    const meta = /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/.exec(line);
    if (meta !== null) {
      const [, keyword, name, rest] = meta as unknown as [string, string, string, string];
      if (keyword === 'TYPE') {
        if (families.has(name)) throw new Error(`family ${name} twice`);
        if (rest !== 'counter' && rest !== 'gauge') throw new Error(`type ${rest}`);
        families.set(name, { type: rest, closed: false });
        current = name;
      } else if (name !== current || families.get(name)!.closed)
        throw new Error(`${keyword} of ${name} out of place`);
      if (keyword === 'UNIT' && !name.endsWith(`_${rest}`))
        throw new Error(`${name} does not end with ${rest}`);
      if (keyword === 'HELP' && !/^(?:[^\\\n]|\\[n\\"])*$/.test(rest)) throw new Error(`help ${rest}`);
      continue;
    }
    const sample = SAMPLE.exec(line);
    if (sample === null) throw new Error(`no line of a family: ${line}`);
    const [, name, labels = '', value] = sample as unknown as [string, string, string | undefined, string];
    const family = families.get(current);
    if (family === undefined) throw new Error(`${name} before any family`);
    family.closed = true;
    if (name !== (family.type === 'counter' ? `${current}_total` : current))
      throw new Error(`${name} in ${current}`);
    if (`${name}${labels}` in samples) throw new Error(`${name}${labels} twice`);
    if (family.type === 'counter' && Number(value) < 0) throw new Error(`${name} below zero`);
    samples[`${name}${labels}`] = Number(value);
  }
  return samples;
}

const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[n"\\])*"`;
const SAMPLE = new RegExp(
  String.raw`^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{${LABEL}(?:,${LABEL})*\})? ([+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$`,
);
