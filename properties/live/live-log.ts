import type { PartId, Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { check } from '../../model/format/check.ts';
import { readHeader } from '../../model/format/header.ts';
import { decisionSchema, stepSchema, timedStimulusSchema } from '../../model/format/schemas.ts';
import { parseStrict } from '../../model/format/strict-json.ts';
import { InputError } from '../../model/input-error.ts';
import type { PropertyId } from '../catalogue.ts';
import { leavingOut } from '../parts.ts';
import { Follower } from './follower.ts';
import type { Incident } from './incident.ts';

/** What came of a line of a log. */
export interface Heard {
  readonly incident: Incident | null;
  /** Decisions that the line holds. */
  readonly decisions: number;
}

const NOTHING: Heard = { incident: null, decisions: 0 };

/**
 * A log of which line after line is read, for as long as it grows: a header, then a step a line. It may begin anew, with a
 * `boot`, as a system that was started again writes it; a header alone, as at the beginning of each file of a log that is
 * cut into files, changes nothing. What cannot be read is told, and what follows is read.
 */
export class LiveLog {
  /** How often the log began, the first time included. */
  begun = 0;
  private readonly properties: readonly PropertyId[];
  private readonly without: readonly PartId[];
  private config: Configuration | null = null;
  /** Of a header after which no step has come. */
  private announced: Configuration | null = null;
  private current: Follower | null = null;
  /** Steps of those before the log began anew. */
  private stepsBefore = 0;

  /** @param without parts of XX that are left out, beside those that a header names. */
  constructor(properties: readonly PropertyId[], without: readonly PartId[] = []) {
    this.properties = properties;
    this.without = without;
  }

  /** Whether it is known of which cluster this is a log. */
  get hasHeader(): boolean {
    return this.config !== null;
  }

  /** Steps that were taken since the reading began. */
  get steps(): number {
    return this.stepsBefore + (this.current?.steps ?? 0);
  }

  /** Who judges it; null before the first step. */
  get follower(): Follower | null {
    return this.current;
  }

  /**
   * Takes the next line, without its newline.
   *
   * @param line its number in its file.
   * @throws InputError when the first line is not a header: then it is not known of which cluster this is a log.
   */
  take(text: string, line: number): Heard {
    if (text.trim() === '') return NOTHING;
    const place = `line ${line}`;
    if (this.config === null) {
      this.config = this.headed(parseStrict(text, place), place);
      this.announced = this.config;
      return NOTHING;
    }
    try {
      const value = parseStrict(text, place);
      if (isHeader(value)) {
        this.announced = this.headed(value, place);
        return NOTHING;
      }
      return this.takeStep(readAsFarAsPossible(value, place), line);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const begun = beginningOfStep(text);
      return begun === null
        ? this.lose(line, error.message)
        : this.takeStep({ step: begun, why: error.message }, line);
    }
  }

  /** Notes a line of which nothing could be read. */
  lose(line: number, message: string): Heard {
    if (this.config === null) throw new InputError(message);
    this.current ??= new Follower(this.config, this.properties);
    return { incident: this.current.lose(line, message), decisions: 0 };
  }

  private headed(value: unknown, place: string): Configuration {
    return leavingOut(readHeader(value, ['xx-trace'], place).config, this.without);
  }

  private takeStep({ step, why }: ReadStep, line: number): Heard {
    const isUnannounced = step.stimulus.type === 'boot' && this.isUnderWay && this.announced === null;
    const follower = this.followerOf(step);
    // A second boot is possible only where a log begins anew, and then a header says so.
    const unannounced = `line ${line}: a second boot, and no header before it; what follows is judged as that of the same cluster, started again`;
    const incident =
      why === null && isUnannounced
        ? follower.takeUnjudged(step, line, { type: 'impossible', message: unannounced })
        : follower.take(step, line, why);
    return { incident, decisions: step.decisions.length };
  }

  private get isUnderWay(): boolean {
    return this.current !== null && this.current.steps > 0;
  }

  /** Who judges a step: a new one, where the log begins anew. */
  private followerOf({ stimulus }: Step): Follower {
    const { announced } = this;
    this.announced = null;
    const isBoot = stimulus.type === 'boot';
    if (announced !== null && !isBoot && !isSame(announced, this.config!)) {
      throw new InputError(
        'the header before it is of another cluster, so the log must begin anew: expected stimulus "boot"',
      );
    }
    if (this.isUnderWay && !isBoot) return this.current!;
    if (announced !== null) this.config = announced;
    this.begun++;
    this.stepsBefore = this.steps;
    this.current = new Follower(this.config!, this.properties);
    return this.current;
  }
}

function isHeader(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value;
}

function isSame(one: Configuration, other: Configuration): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What was read of a step, and why not more. */
interface ReadStep {
  readonly step: Step;
  readonly why: string | null;
}

/** How many ends of values are tried, from the last one on, as the end of what can be read of a line. */
const MOST_ENDS = 256;

/** What can be read of a line that ends too soon: its stimulus, and the decisions that are whole; null when nothing can. */
function beginningOfStep(text: string): Step | null {
  let end = text.length;
  for (let tries = 0; tries < MOST_ENDS; tries++) {
    end = text.lastIndexOf('}', end - 1);
    if (end < 0) return null;
    for (const rest of [']}', ',"decisions":[]}']) {
      const step = stepIn(`${text.slice(0, end + 1)}${rest}`);
      if (step !== null) return step;
    }
  }
  return null;
}

function stepIn(text: string): Step | null {
  try {
    return stepSchema.safeParse(parseStrict(text, '')).data ?? null;
  } catch {
    return null;
  }
}

/**
 * The step that a line holds. Of a line in which only some decisions cannot be read, the others.
 *
 * @throws InputError when not even its stimulus can be read.
 */
function readAsFarAsPossible(value: unknown, place: string): ReadStep {
  const result = stepSchema.safeParse(value);
  if (result.success) return { step: result.data, why: null };
  const { at, stimulus, decisions } = (value ?? {}) as Partial<Record<keyof Step, unknown>>;
  const timed = timedStimulusSchema.safeParse({ at, stimulus });
  let why = '';
  try {
    check(stepSchema, value, place);
  } catch (error) {
    if (!(error instanceof InputError) || !timed.success) throw error;
    why = error.message;
  }
  const read = (Array.isArray(decisions) ? decisions : []).flatMap((one) => {
    const decision = decisionSchema.safeParse(one);
    return decision.success ? [decision.data] : [];
  });
  return { step: { ...timed.data!, decisions: read }, why };
}
