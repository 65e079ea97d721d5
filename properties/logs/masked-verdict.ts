import type { Trace } from '../../model/configuration.ts';
import { LogJudge, type LogViolation } from '../../model/partial/log-judge.ts';
import { maskedHeaderLine, maskedStepLine } from '../../model/partial/mask.ts';
import { createLogReader } from '../../model/partial/reader.ts';
import { Unobserved } from '../../model/partial/unobserved.ts';
import type { Mask } from './masks.ts';

/** The lines of a trace as a log under a mask has them. */
export function maskedLines({ config, steps }: Trace, { unobserved }: Mask): string[] {
  const hidden = new Unobserved(unobserved, config, 'mask');
  const lines = steps.map((step) => maskedStepLine(step, hidden)).filter((line) => line !== null);
  return [maskedHeaderLine(config, hidden), ...lines];
}

/** What the judge of logs says of one. */
export interface LogVerdict {
  readonly violation: LogViolation | null;
  readonly judge: LogJudge;
}

/** Reads and judges the lines of a log. @throws InputError when it is bad input. */
export function verdictOnLines(lines: readonly string[], limit?: number): LogVerdict {
  const reader = createLogReader();
  let judge: LogJudge | undefined;
  for (const line of lines) {
    const step = reader.line(line);
    judge ??= new LogJudge(reader.config!, reader.unobserved!, limit);
    if (step === undefined) continue;
    const violation = judge.step(step);
    if (violation !== null) return { violation, judge };
  }
  return { violation: null, judge: judge! };
}
