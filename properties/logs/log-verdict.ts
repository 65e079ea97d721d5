import { DECISION_TYPES } from '../../model/alphabet.ts';
import { counted } from '../../model/counted.ts';
import type { LogJudge, LogViolation } from '../../model/partial/log-judge.ts';
import { type NotShown, notShownBy } from '../../model/partial/not-shown.ts';
import type { Unobserved } from '../../model/partial/unobserved.ts';
import { printable } from '../../model/printable.ts';
import { wrapped } from '../text.ts';

/**
 * `undecided`: no state is left, and some that would have fitted were dropped before, since there were more than are
 * carried. `interrupted`: a signal came before the end, and nothing was wrong by then.
 */
export type LogVerdictWord = 'accepted' | 'interrupted' | 'refused' | 'undecided';

/** The verdict on a log that is not whole, with what it rests on. */
export class LogVerdict {
  readonly violation: LogViolation | null;
  private readonly judge: LogJudge;
  private readonly unobserved: Unobserved;
  private readonly notShown: readonly NotShown[];
  private readonly isInterrupted: boolean;

  constructor(
    judge: LogJudge,
    unobserved: Unobserved,
    violation: LogViolation | null,
    isInterrupted = false,
  ) {
    this.judge = judge;
    this.unobserved = unobserved;
    this.violation = violation;
    this.isInterrupted = isInterrupted;
    this.notShown = notShownBy(unobserved);
  }

  get word(): LogVerdictWord {
    if (this.violation === null) return this.isInterrupted ? 'interrupted' : 'accepted';
    return this.judge.boundReachedAt === null ? 'refused' : 'undecided';
  }

  /** One JSON object. */
  get json(): object {
    const { judge, violation } = this;
    const { steps, left, most, limit, boundReachedAt, filledIn } = judge;
    return {
      verdict: this.word,
      steps,
      violation: violation === null ? null : violationJson(violation),
      unobserved: this.unobserved.words,
      notShown: this.notShown,
      filledIn: inOrder(filledIn),
      candidates: { left: violation === null ? left : 0, most, limit },
      boundReachedAt,
    };
  }

  /** For people, in lines that fit a terminal. */
  get lines(): string {
    return [...this.verdictLines(), ...this.evidenceLines()].join('\n');
  }

  private verdictLines(): string[] {
    const { judge, violation } = this;
    const { steps, boundReachedAt, left, most, limit } = judge;
    if (violation === null) {
      const states = left === 1 ? '1 state is left' : `${left} states are left`;
      return [
        ...wrapped(
          `${this.word}: ${counted(steps, 'step')}${this.isInterrupted ? ' by then' : ''}, completed as the rules permit`,
        ),
        ...wrapped(
          `${states} (at most ${most} at once${boundReachedAt === null ? '' : `; after step ${boundReachedAt} some were dropped, ${limit} are carried`})`,
        ),
      ];
    }
    const [first, ...others] = violation.nearest;
    const dropped =
      boundReachedAt === null
        ? []
        : wrapped(
            `undecided: after step ${boundReachedAt} more states fitted than are carried (${limit}), and one that was dropped may fit; --candidates carries more`,
            undefined,
            2,
          );
    return [
      ...dropped,
      ...wrapped(
        `${boundReachedAt === null ? 'refused' : 'of those carried'}: ${printable(first!.message)}`,
        undefined,
        2,
      ),
      ...others.flatMap(({ message }) => wrapped(`  or: ${printable(message)}`, undefined, 6)),
    ];
  }

  private evidenceLines(): string[] {
    const filled = Object.entries(inOrder(this.judge.filledIn)).map(([type, times]) => `${times} ${type}`);
    return [
      ...(filled.length === 0 ? [] : wrapped(`filled in: ${filled.join(', ')}`, undefined, 2)),
      ...this.notShown.flatMap(({ rule, shown, missing }) =>
        wrapped(
          `${shown === 'nothing' ? 'not shown' : 'shown in part'}: ${rule}; the log leaves out ${missing.join(', ')}`,
          undefined,
          2,
        ),
      ),
    ];
  }
}

function violationJson({ step, rule, entity, message, allowed, nearest }: LogViolation): object {
  return { step, rule, entity, message, allowed, falls: [], nearest };
}

/** Counts by type, in the order of the alphabet. */
function inOrder(filledIn: LogJudge['filledIn']): Record<string, number> {
  return Object.fromEntries(
    DECISION_TYPES.flatMap((type) => (filledIn[type] === undefined ? [] : [[type, filledIn[type]]])),
  );
}
