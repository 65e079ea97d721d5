import { stripVTControlCharacters } from 'node:util';
import { ruleSetOf } from '../../model/rules/rule-set.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { framesOf } from '../replay/frames.ts';
import { frameText } from '../replay/show.ts';
import { readFinding } from './files.ts';
import type { TextFinding } from './finding.ts';
import { watch } from './watch.ts';

/** Steps that are shown: what is seen is seen after the last of them. */
const SHOWN = 3;

/** The last steps of a finding's scenario in the words of `xx replay`, up to where it is seen. */
export function replayed({ id, scheduler }: TextFinding, seenAfter: number): string[] {
  const { scenario, steps } = watch(readFinding(id), createScheduler(scheduler), () => () => null);
  const rules = ruleSetOf([]);
  const recording = {
    scenario,
    asked: { properties: [], rules, except: [] },
    endsUnjudged: false,
    leavesOut: false,
    config: scenario.config,
    rules,
    steps: steps.map((step, index) => ({
      step: index + 1,
      timed: { at: step.at, stimulus: step.stimulus },
      decisions: step.decisions,
    })),
    finding: null,
    violation: null,
  };
  const lines: string[] = [];
  for (const frame of framesOf(recording, (step) => step > seenAfter - SHOWN && step <= seenAfter)) {
    lines.push(...frameText(frame, null).map(stripVTControlCharacters));
  }
  return lines;
}
