import type { PartId, Step, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { counted } from '../../model/counted.ts';
import type { ImpossibleStimulus } from '../../model/input-error.ts';
import { printable } from '../../model/printable.ts';
import type { PropertyVerdict } from '../campaign/summary.ts';
import { type PropertyId, propertyOf } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { notTriedText, whyNotApplicable } from '../parts.ts';
import { askedOf, askedWithin } from '../play/asked.ts';
import { Assessor } from '../play/assessor.ts';
import { emptyCampaignTally, timesMet } from '../play/tally.ts';
import { wrapped } from '../text.ts';
import { verdictText } from '../verdict-text.ts';

/** The verdict on a trace as it grows: up to the first step that is refused. */
export class TraceVerdict {
  finding: Finding | null = null;
  /** Whether a signal came before the end of the trace. */
  isInterrupted = false;
  private readonly properties: readonly PropertyId[];
  private readonly assessor: Assessor;
  /** The parts of XX that the cluster leaves out. */
  private readonly without: readonly PartId[];

  /** @param properties only these are judged, each on its own evidence; everything when empty. */
  constructor(config: Configuration, properties: readonly PropertyId[]) {
    this.properties = properties;
    this.without = config.without ?? [];
    this.assessor = new Assessor(config, emptyCampaignTally(), askedWithin(askedOf(properties), config));
  }

  /** Judges a step, unless one before it was refused. @throws ImpossibleStimulus when its stimulus is not possible. */
  take({ at, stimulus, decisions }: Step): void {
    this.finding ??= this.assessor.assess(at, stimulus, decisions);
  }

  /**
   * Judges that a scheduler calls a stimulus impossible, unless a step before it was refused.
   *
   * @throws ImpossibleStimulus when it is right.
   */
  takeRefusal({ at, stimulus }: TimedStimulus, refusal: ImpossibleStimulus): void {
    this.finding ??= this.assessor.assessRefusal(at, stimulus, refusal);
  }

  /** Of the properties asked for, those that nothing in the trace has put to the test. */
  private get notShown(): PropertyId[] {
    return this.properties.filter((id) => timesMet(this.assessor.tally, id) === 0);
  }

  /** One JSON object. */
  get json(): object {
    const { finding, assessor, properties } = this;
    const shown = properties.map((id) => ({
      id,
      met: timesMet(assessor.tally, id),
      verdict: this.verdictOn(id),
    }));
    const soFar = this.isInterrupted ? 'interrupted' : 'accepted';
    const verdict = finding === null ? soFar : 'refused';
    const judged = properties.length === 0 ? {} : { properties: shown };
    const tried = this.without.length === 0 ? {} : { without: this.without };
    return { verdict, steps: assessor.steps, violation: violationOf(finding, assessor), ...tried, ...judged };
  }

  private verdictOn(id: PropertyId): PropertyVerdict {
    if (this.finding?.property === id) return 'violated';
    if (whyNotApplicable(id, this.without) !== null) return 'not applicable';
    return this.finding !== null || this.notShown.includes(id) ? 'not shown' : 'holds';
  }

  /** For people, in lines that fit a terminal. */
  get lines(): string {
    const { finding, assessor, notShown, without } = this;
    const notTried = notTriedText(without);
    const untried = notTried === null ? [] : wrapped(notTried);
    if (finding !== null) return [...refusalLines(assessor.steps, finding), ...untried].join('\n');
    const lines = wrapped(
      this.isInterrupted ? interruptedText(assessor.steps) : verdictText(assessor.steps, null),
    );
    for (const id of notShown) {
      const whyNot = whyNotApplicable(id, without);
      const said =
        whyNot === null
          ? `not shown: ${id}; in this trace it never happens that ${propertyOf(id).premise}`
          : `not applicable: ${id}; ${whyNot}`;
      lines.push(...wrapped(said, undefined, 2));
    }
    return [...lines, ...untried].join('\n');
  }
}

function interruptedText(steps: number): string {
  if (steps === 0) return 'interrupted: nothing was judged';
  const are = steps === 1 ? 'was' : 'were';
  return `interrupted: ${counted(steps, 'step')} ${are} judged, and accepted; what follows was not judged`;
}

function violationOf(finding: Finding | null, { violation }: Assessor): object | null {
  if (finding === null) return null;
  const { step, property, rule, entity, message, falls } = finding;
  const allowed = violation?.allowed ?? [];
  return { step, rule: rule ?? property, entity, message, allowed, falls };
}

function refusalLines(steps: number, { message, falls }: Finding): string[] {
  return [
    ...wrapped(verdictText(steps, printable(message)), undefined, 2),
    ...falls.flatMap((fallen) => wrapped(`  ${fallen.property}: ${printable(fallen.message)}`, undefined, 2)),
  ];
}
