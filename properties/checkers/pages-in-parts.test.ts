import { describe, expect, test } from 'vitest';
import type { Trace } from '../../model/configuration.ts';
import { emptyTally } from '../../model/coverage.ts';
import { Judge } from '../../model/judge.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { inTwoParts, judgeInParts, movesMuch } from '../play/reruns.ts';
import { independentTraces } from '../testing/independent.ts';
import { everywhere } from '../testing/wander.ts';

/** What the judge says of a trace whose pages move in parts. */
function judgedInParts({ config, steps }: Trace) {
  const decisions = steps.map((step) => step.decisions);
  return judgeInParts({ config, stimuli: steps }, decisions, emptyTally());
}

/** How many page-outs and page-ins of a trace can be split. */
function splittable({ steps }: Trace): number {
  return steps.flatMap(({ decisions }) => decisions).filter(movesMuch).length;
}

describe('pages-in-parts', () => {
  test('holds wherever the rules let the model go', () => {
    let split = 0;
    everywhere(800, ({ config }) => {
      const judge = new Judge(config);
      return {
        onStep(_model, { at, stimulus, decisions }) {
          split += decisions.filter(movesMuch).length;
          expect(judge.step(at, stimulus, decisions.flatMap(inTwoParts))).toBeNull();
        },
      };
    });
    expect(split).toBeGreaterThan(100);
  });

  test('holds of the traces of an independent implementation', () => {
    const traces = independentTraces().map(({ trace }) => trace);
    expect(traces.reduce((sum, trace) => sum + splittable(trace), 0)).toBeGreaterThan(0);
    for (const trace of traces) expect(judgedInParts(trace)).toBeNull();
  });

  test('does not let more move than may move, in whatever parts', () => {
    const { trace } = independentTraces().find((each) => splittable(each.trace) > 0)!;
    const { config } = trace;
    const xx = createXX();
    xx.reset(config);
    const steps = trace.steps.map(({ at, stimulus }) => ({ at, stimulus, decisions: xx.step(at, stimulus) }));
    const last = steps.findIndex(({ decisions }) =>
      decisions.some((d) => d.type === 'pageOut' && movesMuch(d)),
    );
    const decisions = steps[last]!.decisions.map((decision) =>
      decision.type === 'pageOut' ? { ...decision, memory: decision.memory + 1 } : decision,
    );
    const tooMuch = { config, steps: [...steps.slice(0, last), { ...steps[last]!, decisions }] };
    expect(judgedInParts(tooMuch)?.rule).toMatch(/^(page-out-lowest|possible-decision)$/);
  });
});
