import { describe, expect, test } from 'vitest';
import { MASKS } from './masks.ts';
import { ofTheReference } from './measure-masks.ts';
import { nodesVerdict } from './nodes-verdict.ts';
import { splitTrace } from './split.ts';
import { referenceTraces, spacedTraces } from './traces.ts';

/** As long as a machine with other work to do may take. */
const PATIENCE_MS = 1_800_000;

describe('1,000 traces of the reference are accepted as logs that lack', () => {
  const traces = [...referenceTraces(1000, 1)];
  test.each(MASKS)(
    '$name',
    (mask) => {
      expect(ofTheReference(traces, mask)).toMatchObject({ accepted: 1000, undecided: 0 });
    },
    PATIENCE_MS,
  );
});

test(
  'no trace of the reference is refused when it is taken apart into the logs of its nodes, by clocks off by 5 ms',
  () => {
    let accepted = 0;
    for (const [seed, trace] of [...spacedTraces(150, 7)].entries()) {
      const logs = splitTrace(trace, { skewMs: 5, seed, constant: seed % 2 === 0 });
      const { word } = nodesVerdict(logs, 5, 20_000);
      expect(word, `trace ${seed}`).not.toBe('refused');
      if (word === 'accepted') accepted++;
    }
    expect(accepted).toBeGreaterThanOrEqual(145);
  },
  PATIENCE_MS,
);
