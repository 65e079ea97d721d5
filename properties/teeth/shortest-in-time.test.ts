import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { emptyTally } from '../../model/coverage.ts';
import { Choices } from '../../model/explore/choices.ts';
import { type BoundedInstance, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { SchedulerExpander } from '../../model/explore/scheduler-expander.ts';
import { type Counterexample, search } from '../../model/explore/search.ts';
import { ruleSetOf } from '../../model/rules/rule-set.ts';
import { referencePager } from '../../reference-impl/xx/pager.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import { expanderOf, explorable } from '../exploration/expanders.ts';
import { MUTANTS } from '../mutants/index.ts';
import type { Mutant } from '../mutants/parts/mutant.ts';
import {
  freeSwapMb,
  nextIn,
  overMb,
  pagesBy,
  type Scene,
  shares,
  stays,
  swapped,
  type Transfer,
} from '../mutants/parts/pager.ts';
import { type Fault, planted } from '../mutants/parts/planted.ts';
import { willRunBy } from '../mutants/parts/will-run.ts';
import { askedOf } from '../play/asked.ts';

/** One machine of one core, which pages 1 MB at a time and keeps 1 MB of its swap free for exchanges. */
const ONE: BoundedInstance = {
  ...QUOTED_INSTANCE,
  ...{ machines: 1, kMachines: 1, maxAge: 0, swap: 3, paging: { chunk: 1, reserve: 1 } },
};
const TWO_CORES = { ...ONE, cores: 2 };
const EXCHANGE = { ...ONE, invocations: 2, ram: 2, swap: 2, antagonists: [0, 1] };
const WHOLE_CHUNKS = { ...ONE, invocations: 4, ram: 4, initialMemory: 2, maxDemand: 4 };

/** An exploration that has found nothing ends here. */
const MOST_STATES = 60_000;

const goOn = async ({ states }: { states: number }) => states < MOST_STATES;

/** Stimuli, without `boot`, of the shortest way to a violation of one rule, whatever else is wrong; null: there is none. */
async function stimuliTo(
  rule: PropertyId,
  create: Mutant['create'],
  instance: BoundedInstance,
): Promise<number | null> {
  const { counterexample } = await search(expanderOf(instance, create, askedOf([rule])), { goOn });
  return lengthOf(counterexample);
}

function lengthOf(counterexample: Counterexample | null): number | null {
  return counterexample === null ? null : counterexample.steps.length - 1;
}

function named(name: string): Mutant['create'] {
  return MUTANTS.find((mutant) => mutant.name === name)!.create;
}

/** A disk that moves exactly a chunk, or what is left to move if that is less. */
const wholeChunks: Mutant['create'] = (sample) =>
  planted('whole-chunks', pagesBy({ transfer: (scene) => wholeIn(scene) ?? wholeOut(scene) }), sample);

function wholeIn(scene: Scene): Transfer | null {
  const next = nextIn(scene);
  if (next === null) return null;
  const { slot, mb: share } = shares(scene).find((one) => one.slot === next.slot)!;
  const mb = Math.min(swapped(scene.state.invocations[slot]!), scene.xx.config.paging!.chunk);
  return mb <= share ? { ...next, mb } : null;
}

function wholeOut(scene: Scene): Transfer | null {
  const [slot] = scene.pageOutOrder;
  const due = overMb(scene);
  if (slot === undefined || due < 1) return null;
  const mb = Math.min(stays(scene.state.invocations[slot]!), due, scene.xx.config.paging!.chunk);
  return mb <= freeSwapMb(scene) ? { type: 'pageOut', slot, mb } : null;
}

// biome-ignore format: a table, a row a line
const WAYS: readonly [string, PropertyId, Mutant['create'], BoundedInstance, number | null][] = [
  ['to a dead end, where demands may count on all of the swap', 'disk-works', named('counts-on-the-reserve'), EXCHANGE, 8],
  ['to it without an antagonist, on two cores', 'disk-works', named('counts-on-the-reserve'), { ...TWO_CORES, ram: 2, swap: 1 }, 7],
  ['to it without an antagonist, on one core', 'disk-works', named('counts-on-the-reserve'), { ...ONE, invocations: 4, ram: 2, swap: 1, maxDemand: 2 }, 9],
  ['to a dead end, where the disk moves whole chunks of more than the reserve', 'disk-works', wholeChunks, { ...WHOLE_CHUNKS, paging: { chunk: 2, reserve: 1 } }, 10],
  ['to it with a reserve of a chunk: there is none', 'disk-works', wholeChunks, { ...WHOLE_CHUNKS, paging: { chunk: 2, reserve: 2 } }, null],
  ['to a second kill, where a dying chunk still counts', 'kill-iff', named('kills-for-a-dying-chunk'), { ...EXCHANGE, antagonists: [0, 2] }, 5],
  ['to it without an antagonist', 'kill-iff', named('kills-for-a-dying-chunk'), { ...ONE, invocations: 4, ram: 2, swap: 2, maxDemand: 2 }, 7],
  ['to it without an antagonist, if all begin with 2 MB', 'kill-iff', named('kills-for-a-dying-chunk'), { ...ONE, invocations: 4, swap: 2, initialMemory: 2 }, 6],
  ['to a victim that has a core on loan', 'run-the-highest', named('lends-a-core-to-victims'), { ...ONE, antagonists: [0, 1] }, 5],
  ['to room that is made first', 'page-out-lowest', named('makes-room-before-it-pages-in'), TWO_CORES, 10],
  ['to it with an antagonist', 'page-out-lowest', named('makes-room-before-it-pages-in'), { ...TWO_CORES, antagonists: [0, 1, 2] }, 9],
  ['to it if all begin with 2 MB', 'page-out-lowest', named('makes-room-before-it-pages-in'), { ...TWO_CORES, ram: 4, swap: 4, initialMemory: 2 }, 9],
  ['to memory that comes in for the lower one first', 'page-in-to-run', named('pages-in-the-lowest-first'), TWO_CORES, 11],
  ['to RAM that a better one waits for', 'grant-to-run', named('grants-without-shares'), TWO_CORES, 9],
  ['to it if all begin with 2 MB', 'grant-to-run', named('grants-without-shares'), { ...TWO_CORES, ram: 4, initialMemory: 2 }, 8],
];

/** To where an outgoing chunk that counts as kept changes who is to run. */
const TO_ANOTHER_SET = 10;

describe('the shortest way', () => {
  test.each(WAYS)('%s', async (_what, rule, create, instance, stimuli) => {
    expect(await stimuliTo(rule, create, instance)).toBe(stimuli);
  });
});

describe('the end of a transfer', () => {
  /** Explores who is to run before the end of each transfer and after it. */
  async function stimuliToAnotherSet(policies: Fault['policies'], instance: BoundedInstance) {
    let isAnother = false;
    const fault = (): Fault => ({
      policies: { ...policies },
      pager: {
        end(xx, state, id) {
          const willRun = (): number[] => {
            const slots: number[] = [];
            xx.policies.willRun(state, state.machines[id]!, slots);
            return slots;
          };
          const before = willRun();
          referencePager.end(xx, state, id);
          const after = willRun();
          isAnother = before.length !== after.length || before.some((slot, index) => slot !== after[index]);
          state.machines[id]!.disk!.isKnown = false;
        },
      },
      hears({ stimulus }) {
        isAnother = false;
        return [stimulus];
      },
      // What was found out by one step is said by what follows it, since all steps are taken before any is judged.
      says: (decisions) => (isAnother ? [{ type: 'start', id: -1 }] : [...decisions]),
    });
    const scheduler = explorable(planted('watched', fault));
    const check = () => null;
    const tally = emptyTally(CATALOGUE.length);
    const rules = ruleSetOf(['possible-decision']);
    const expander = new SchedulerExpander(instance, scheduler, new Choices(), check, tally, rules);
    return lengthOf((await search(expander, { goOn })).counterexample);
  }

  const instance = { ...ONE, antagonists: [0, 1] };

  test('never changes who is to run', async () => {
    expect(await stimuliToAnotherSet({}, instance)).toBeNull();
  });

  test('changes it, where what goes out counts as kept until it is gone', async () => {
    const willRun = willRunBy({
      holds: ({ demand, resident }, { usableRam }) => (demand <= usableRam ? resident : 0),
    });
    expect(await stimuliToAnotherSet({ willRun }, instance)).toBe(TO_ANOTHER_SET);
  });
});

describe('the page on paging', () => {
  const lines = readFileSync('docs/paging.md', 'utf8').split('\n');
  const leastOf = (create: Mutant['create']): number =>
    Math.min(
      ...WAYS.flatMap(([, , one, , stimuli]) => (one === create && stimuli !== null ? [stimuli] : [])),
    );

  // biome-ignore format: a table, a row a line
  const said: [string, string][] = [
    ['no reserve of swap', `${WAYS[0]![4]}, on two cores ${leastOf(named('counts-on-the-reserve'))}`],
    ['the disk moves whole chunks only', `${leastOf(wholeChunks)}`],
    ['the chunk of one that was killed still counts as demand', `${leastOf(named('kills-for-a-dying-chunk'))}`],
    ['a victim may be a filler', `${leastOf(named('lends-a-core-to-victims'))}`],
    ['room is made before the better one comes in', `${leastOf(named('makes-room-before-it-pages-in'))}`],
    ['free RAM is handed out without shares', `${leastOf(named('grants-without-shares'))}`],
    ['an outgoing chunk counts as kept', `${TO_ANOTHER_SET}`],
  ];

  test.each(said)('says after how many stimuli that goes wrong: %s', (otherwise, after) => {
    const row = lines.find((line) => line.startsWith(`| ${otherwise} |`)) ?? `no row "${otherwise}"`;
    expect(row).toMatch(new RegExp(`\\| ${after} \\|$`));
  });

  test('says of no other way how long it is', () => {
    expect(lines.filter((line) => /^\| .* \| [\d, a-z]*\d \|$/.test(line))).toHaveLength(said.length);
  });

  const otherwise = lines.flatMap((line) => {
    const [, mutant, rule] = /^\| .* \| `([a-z-]+)`: `([a-z-]+)` \|$/.exec(line) ?? [];
    return mutant === undefined ? [] : [[mutant, rule!] as const];
  });

  test('names for most readings who chooses otherwise', () => {
    expect(otherwise.length).toBeGreaterThan(12);
  });

  test.each(otherwise)('of a reading: %s is refused by %s, where paging takes time', (name, rule) => {
    const mutant = MUTANTS.find((one) => one.name === name);
    expect(mutant).toMatchObject({ rule, inTime: true });
  });
});
