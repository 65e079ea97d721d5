import * as z from 'zod';
import { check } from '../../../../model/format/check.ts';
import { readHeader } from '../../../../model/format/header.ts';
import { checkOrder } from '../../../../model/format/lines.ts';
import { checkReferences } from '../../../../model/format/references.ts';
import { timedStimulusSchema } from '../../../../model/format/schemas.ts';
import { show } from '../../../../model/format/show.ts';
import { InputError } from '../../../../model/input-error.ts';
import { CATALOGUE, type PropertyId } from '../../../../properties/catalogue.ts';
import type { Finding } from '../../../../properties/checkers/checker.ts';
import { MUTANTS } from '../../../../properties/mutants/index.ts';
import { didYouMean } from '../../../../properties/nearest.ts';
import { OF_WHOLE_RUNS } from '../../../../properties/play/whole-runs.ts';
import type { PageData } from '../../../../properties/replay/exports/html/data.ts';
import { placeOf } from '../../run/address.ts';
import { problemsOf } from '../../run/address-problems.ts';
import { readDecisions } from '../../run/page-data.ts';
import { KNOWN } from '../../run/players.ts';
import { tooLarge } from './cluster.ts';
import { HANDS, type Session } from './session.ts';

/** What an address asks for. Anybody may have written it, so each part is validated as a file is. */
export interface Wanted {
  /** A scenario and who plays it. */
  readonly session: Session | null;
  readonly step: number | null;
  readonly point: number | null;
  readonly beside: string | null;
  /** A preset by its name, which may have to be loaded. */
  readonly preset: string | null;
  /** Who is to play. */
  readonly scheduler: string | null;
  /** A rule or property to break. */
  readonly goal: PropertyId | null;
  /** What was not understood, each in a sentence. */
  readonly problems: readonly string[];
}

/** What a link says was found is not believed; what one play shows is found here anew. */
function claimText({ step, property }: { step: number; property: string }): string {
  return `The link claims that step ${step} violates ${property}. It is played and judged here anew, once; what takes several plays to find out is not checked here.`;
}

/** Reads a fragment: `#run=…&step=3`, `#preset=crash&scheduler=hermod`, `#break=kill-iff`. */
export function wantedOf(fragment: string): Wanted {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const problems = problemsOf(fields, FIELDS);
  const { step, point, beside, data, claimed, fault } = placeOf(fragment);
  const said = (name: string, read: (text: string) => string | null): string | null => {
    const text = fields.get(name);
    if (text === null) return null;
    const problem = read(text);
    if (problem === null) return text;
    problems.push(problem);
    return null;
  };
  const known = (text: string, also: readonly string[] = []): string | null => {
    const names = [...KNOWN.map(({ name }) => name), ...also];
    return names.includes(text) ? null : `There is no scheduler ${show(text)}${didYouMean(text, names)}.`;
  };
  let session: Session | null = null;
  if (fields.has('run')) {
    try {
      if (data === null) throw new InputError(`${fault}; copy the whole link again`);
      session = sessionOfData(data);
      if (claimed !== undefined) problems.push(claimText(claimed));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(`The scenario in the address cannot be read: ${error.message}.`);
    }
  }
  const ids = CATALOGUE.map(({ id }) => id as string);
  const wanted: Wanted = {
    ...{ session, step, point },
    beside: said('beside', known) === null ? null : beside,
    preset: fields.get('preset'),
    scheduler: said('scheduler', (text) => known(text, [HANDS])),
    goal: said('break', (text) =>
      ids.includes(text) ? null : `There is no rule or property ${show(text)}${didYouMean(text, ids)}.`,
    ) as PropertyId | null,
    problems,
  };
  return { ...wanted, problems: [...problems, ...leftOut(wanted)] };
}

/** What an address asks for although something else in it leaves no room for that. */
function leftOut({ session, goal, preset, scheduler }: Wanted): string[] {
  const sentences: string[] = [];
  if (preset !== null && session !== null)
    sentences.push('The address has a run in it, so its preset is left out.');
  else if (preset !== null && goal !== null)
    sentences.push(`The address asks to break ${goal}, so its preset is left out.`);
  const isAble = scheduler === HANDS || MUTANTS.some(({ name, rule }) => name === scheduler && rule === goal);
  if (session === null && goal !== null && scheduler !== null && !isAble)
    sentences.push(`${scheduler} is not known to break ${goal}, so somebody else plays.`);
  return sentences;
}

const FIELDS: readonly string[] = ['run', 'step', 'point', 'beside', 'preset', 'scheduler', 'break'];

const MOST_STIMULI = 60_000;

const pageDataSchema = z.object({
  file: z.string({ error: 'expected a title' }),
  scenario: z.object({ config: z.unknown(), stimuli: z.array(z.unknown()).min(1).max(MOST_STIMULI) }),
  player: z.discriminatedUnion('type', [
    z.object({ type: z.literal('scheduler'), name: z.string() }),
    z.object({
      type: z.literal('decisions'),
      name: z.string(),
      deflated: z.string(),
      endsUnjudged: z.boolean(),
    }),
  ]),
  properties: z.array(z.string()),
  told: z.unknown(),
});

/** Of what was told only that is believed which playing it once does not show. */
const toldSchema = z.object({
  property: z.enum(OF_WHOLE_RUNS),
  rule: z.null(),
  step: z.int().min(1),
  entity: z.string(),
  message: z.string(),
  falls: z.array(z.never()),
});

/**
 * A session from what a link has in it, which is what the links of the viewer have, too.
 *
 * @throws InputError with what is wrong.
 */
export function sessionOfData(data: unknown): Session {
  const { file, scenario, player, properties, told } = check<z.infer<typeof pageDataSchema>>(
    pageDataSchema,
    data,
    'link',
  );
  const header = { format: 'xx-scenario', version: 1, config: scenario.config };
  const { config } = readHeader(header, ['xx-scenario'], 'link');
  for (const [path, problem] of tooLarge(config)) throw new InputError(`config.${path}: ${problem}`);
  let previousAt: number | undefined;
  const stimuli = scenario.stimuli.map((item, index) => {
    const place = `step ${index + 1}`;
    const timed = check(timedStimulusSchema, item, place);
    checkOrder(timed, previousAt, place);
    checkReferences(timed.stimulus, config, place);
    previousAt = timed.at;
    return timed;
  });
  const ids = properties.map((id) => {
    const found = CATALOGUE.find((property) => property.id === id);
    if (found === undefined) throw new InputError(`there is no rule or property ${show(id)}`);
    return found.id;
  });
  const believed = toldSchema.safeParse(told);
  const common = {
    ...{ title: file, config, properties: ids },
    ...(believed.success ? { told: believed.data as Finding } : {}),
  };
  if (player.type === 'scheduler') {
    if (!KNOWN.some(({ name }) => name === player.name))
      throw new InputError(`there is no scheduler ${show(player.name)} in this page`);
    return { ...common, player: player.name, stimuli, decisions: [], isOpen: false };
  }
  const decisions = decisionsIn(player, stimuli.length);
  // A trace may end before its scenario does.
  const played = stimuli.slice(0, decisions.length);
  return { ...common, player: HANDS, stimuli: played, decisions, isOpen: player.endsUnjudged };
}

function decisionsIn(
  { deflated }: Extract<PageData['player'], { type: 'decisions' }>,
  most: number,
): Session['decisions'] {
  const read = readDecisions(deflated);
  if (read.length === 0) throw new InputError('its decisions are cut off; copy the whole link again');
  // What was left out has no decisions, and with empty hands there is nothing like it.
  return read.slice(0, most).map((decisions) => decisions ?? []);
}
