import { test } from 'vitest';
import { maskedLines, verdictOnLines } from './masked-verdict.ts';
import { AMBIGUOUS, MASKS } from './masks.ts';
import { referenceTraces } from './traces.ts';

test('exp', () => {
  const traces = [...referenceTraces(Number(process.env.N ?? 200), 1)];
  let shown = 0;
  for (const mask of [...MASKS, AMBIGUOUS]) {
    let accepted = 0,
      bound = 0,
      lines = 0,
      most = 0;
    const begin = performance.now();
    for (const [i, trace] of traces.entries()) {
      try {
        const text = maskedLines(trace, mask);
        lines += text.length;
        const { violation, judge } = verdictOnLines(text, 256);
        most = Math.max(most, judge.most);
        if (judge.boundReachedAt !== null) bound++;
        if (violation === null) accepted++;
        else if (shown++ < 10) console.log(mask.name, i, JSON.stringify(violation).slice(0, 1500));
      } catch (e) {
        if (shown++ < 10) console.log(mask.name, i, (e as Error).stack ?? e);
      }
    }
    const s = (performance.now() - begin) / 1000;
    console.log(mask.name, { accepted, bound, lines, most, perS: Math.round(lines / s) });
  }
}, 600000);
