import { deflateRawSync } from 'node:zlib';
import { counted } from '../../model/counted.ts';
import { RULE_IDS } from '../../model/rules/rule-set.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { SCHEDULERS } from '../../reference-impl/schedulers/registry.ts';
import type { InParts, Stretch } from '../../reference-impl/simulation/stretch.ts';
import { seconds } from '../../reference-impl/simulation/text.ts';
import { breathe } from '../breathe.ts';
import type { PropertyId } from '../catalogue.ts';
import type { PageData } from '../replay/exports/html/data.ts';

/** Plays to the end of what comes in parts; null when it is interrupted. */
export async function inTurns<Result>(
  parts: InParts<Result>,
  interrupted: () => boolean,
): Promise<Result | null> {
  for (;;) {
    const next = parts.next();
    if (next.done) return next.value;
    await breathe();
    if (interrupted()) return null;
  }
}

/** Who played, as far as a page has to know. */
export interface PlayedBy {
  readonly scheduler: Scheduler;
  /** Whether it lists machines otherwise than XX does: then the page does not have it, and that rule is not asked. */
  readonly listsOtherwise?: boolean;
}

/** A stretch of a simulation as a page plays it. @param title of what it is a stretch of. */
export function replayOf(stretch: Stretch, by: PlayedBy, title: string): PageData {
  const { configuration: config, steps, fromStep, toStep } = stretch;
  const { name } = by.scheduler;
  const stimuli = steps.map(({ at, stimulus }) => ({ at, stimulus }));
  const decisions = steps.map((step) => step.decisions);
  return {
    file: `${title}: ${name}, ${seconds(stretch.fromMs)} to ${seconds(stretch.toMs)}`,
    about: aboutText(stretch),
    scenario: { config, stimuli },
    player: isPlayedAgain(by)
      ? { type: 'scheduler', name }
      : {
          type: 'decisions',
          name,
          endsUnjudged: false,
          deflated: deflateRawSync(JSON.stringify(decisions), { level: 9 }).toString('base64'),
        },
    properties: askedOf(by),
    leavesOut: false,
    told: null,
    range: { from: fromStep, to: toStep },
  };
}

/** What of it is as it was in the run, and what is not. */
function aboutText({ alive, fromMs, fromStep, steps }: Stretch): string {
  if (alive === null) {
    return `These are the steps of the run itself, from its beginning; the stretch begins with step ${fromStep}, at ${seconds(fromMs)}.`;
  }
  return `The run is too long to be played from its beginning, so this is a stretch of ${counted(steps.length, 'step')}, and only like it: 0 ms here is ${seconds(fromMs)} there. It begins with the ${counted(alive, 'invocation')} alive then, which arrive at once (the steps before ${fromStep}), with the run time that they had left and the memory that they had grown to. Which machine each was on, how long it had waited and what the scheduler knew is not kept. Whoever arrives later is as in the run.`;
}

/** Whether the page can play it again by its name: not if it was told how long each would run. */
function isPlayedAgain({ scheduler, listsOtherwise }: PlayedBy): boolean {
  const isKnown = SCHEDULERS.some(({ name }) => name === scheduler.name);
  return isKnown && listsOtherwise !== true && scheduler.expect === undefined;
}

/** XX and its variants are asked everything; the rules of XX are not asked of any other. */
function askedOf({ scheduler: { name }, listsOtherwise }: PlayedBy): readonly PropertyId[] {
  if (!name.startsWith('xx')) return ['conservation'];
  return listsOtherwise === true ? RULE_IDS.filter((id) => id !== 'idle-list-true') : [];
}
