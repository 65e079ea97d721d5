import type { Step, TimedStimulus } from '../alphabet.ts';
import type { Configuration, Scenario, Trace } from '../configuration.ts';
import { InputError } from '../input-error.ts';
import { refuseByteOrderMark } from './byte-order-mark.ts';
import { check } from './check.ts';
import { type Format, readHeader } from './header.ts';
import { checkReferences } from './references.ts';
import { stepSchema, timedStimulusSchema } from './schemas.ts';
import { show } from './show.ts';
import { parseStrict } from './strict-json.ts';

/**
 * Reads a file of JSON lines one line at a time, as they arrive: the header, then a step a line. Blank lines at the
 * end and a carriage return at the end of a line are passed over.
 */
export interface LineReader<Item> {
  /** The header's configuration, once the first line has been read. */
  readonly config: Configuration | undefined;
  /**
   * Takes the next line, without its newline.
   *
   * @returns what the line holds; `undefined` for the header and for a blank line.
   * @throws InputError with one line that begins with the place: `line 5: stimulus.demand: expected …, got -3`.
   */
  line(text: string): Item | undefined;
  /**
   * To be called after the last line.
   *
   * @throws InputError when there was no line at all, or none but the header: what nothing happens in is not accepted.
   */
  end(): Configuration;
}

/**
 * A reader of scenarios.
 *
 * @param options.acceptTrace whether a trace will do as well: its decisions are then checked, and dropped.
 */
export function createScenarioReader(options: { acceptTrace?: boolean } = {}): LineReader<TimedStimulus> {
  const accepted: Format[] = options.acceptTrace === true ? ['xx-scenario', 'xx-trace'] : ['xx-scenario'];
  return createReader<TimedStimulus>(accepted, (value, format, place) => {
    if (format === 'xx-scenario') return check(timedStimulusSchema, value, place);
    const { at, stimulus } = check(stepSchema, value, place);
    return { at, stimulus };
  });
}

/** A reader of traces. */
export function createTraceReader(): LineReader<Step> {
  return createReader<Step>(['xx-trace'], (value, _format, place) => check(stepSchema, value, place));
}

/** A whole scenario from its lines. @throws InputError as {@link LineReader} does. */
export function readScenario(lines: Iterable<string>, options: { acceptTrace?: boolean } = {}): Scenario {
  const { config, items } = readAll(createScenarioReader(options), lines);
  return { config, stimuli: items };
}

/** A whole trace from its lines. @throws InputError as {@link LineReader} does. */
export function readTrace(lines: Iterable<string>): Trace {
  const { config, items } = readAll(createTraceReader(), lines);
  return { config, steps: items };
}

function readAll<Item>(reader: LineReader<Item>, lines: Iterable<string>) {
  const items: Item[] = [];
  for (const text of lines) {
    const item = reader.line(text);
    if (item !== undefined) items.push(item);
  }
  return { config: reader.end(), items };
}

/**
 * A reader of files of JSON lines, of any kind.
 *
 * @param read makes an item of a line that has been parsed.
 * @param onUnobserved takes what a header says that the file leaves out; without it such a file is refused.
 */
export function createReader<Item extends TimedStimulus>(
  accepted: readonly Format[],
  read: (value: unknown, format: Format, place: string) => Item,
  onUnobserved?: (words: readonly string[], config: Configuration, place: string) => void,
): LineReader<Item> {
  let lineNumber = 0;
  let blankLine = 0;
  let header: { format: Format; config: Configuration } | undefined;
  let previousAt: number | undefined;

  function line(text: string): Item | undefined {
    lineNumber++;
    const place = `line ${lineNumber}`;
    if (lineNumber === 1) refuseByteOrderMark(text, place);
    if (isBlank(text)) {
      blankLine ||= lineNumber;
      return undefined;
    }
    if (blankLine > 0) {
      throw new InputError(
        `line ${blankLine}: a blank line, but line ${lineNumber} goes on: only the end may be blank`,
      );
    }
    const value = parseStrict(text.endsWith('\r') ? text.slice(0, -1) : text, place);
    if (header === undefined) {
      header = readHeader(value, accepted, place, onUnobserved);
      return undefined;
    }
    const item = read(value, header.format, place);
    checkOrder(item, previousAt, place);
    checkReferences(item.stimulus, header.config, place);
    previousAt = item.at;
    return item;
  }

  function end(): Configuration {
    if (header === undefined) {
      throw new InputError(
        `line 1: the file is empty; expected a header {"format":"${accepted[0]}","version":1,"config":{...}}`,
      );
    }
    if (previousAt === undefined) {
      const what = header.format === 'xx-trace' ? 'trace' : 'scenario';
      throw new InputError(
        `line 1: the ${what} ends with its header, so there is nothing to play; line 2 must boot`,
      );
    }
    return header.config;
  }

  return {
    get config() {
      return header?.config;
    },
    line,
    end,
  };
}

/**
 * Time never runs backwards, and `boot` comes first and once.
 *
 * @param previousAt the time of the stimulus before; none for the first.
 * @throws InputError otherwise, which begins with the place.
 */
export function checkOrder(
  { at, stimulus }: TimedStimulus,
  previousAt: number | undefined,
  place: string,
): void {
  if (previousAt === undefined) {
    if (stimulus.type === 'boot') return;
    throw new InputError(
      `${place}: stimulus.type: expected "boot", the first step, got ${show(stimulus.type)}`,
    );
  }
  if (stimulus.type === 'boot') {
    throw new InputError(`${place}: stimulus.type: a second "boot"; only the first step boots`);
  }
  if (at < previousAt) {
    throw new InputError(`${place}: at: time runs backwards, from ${previousAt} on the line before to ${at}`);
  }
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
