import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type BoundedInstance, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { main } from '../commands/main.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { readRecord } from '../records/record.ts';
import { ask } from '../testing/command-line.ts';
import { check } from './check.ts';
import type { Replayed } from './process-expander.ts';
import { explorationText } from './report.ts';
import type { CheckSummary } from './summary.ts';

const directory = mkdtempSync(join(tmpdir(), 'xx-process-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const SMALL = { ...QUOTED_INSTANCE, invocations: 2 };
/** No machine has enough to be on an idle list. */
const POLLING = { ...SMALL, enter: 4 };

/** A scheduler, asked as a process is: by lines, each scenario from the start. */
function byLines(create: () => Scheduler): Replayed {
  return {
    name: 'mine',
    answersTo: (config, scenarios) =>
      scenarios.map((stimuli) => {
        const scheduler = create();
        scheduler.reset(config);
        return stimuli.map(({ at, stimulus }) => {
          try {
            return JSON.stringify(scheduler.step(at, stimulus));
          } catch (error) {
            if (!(error instanceof ImpossibleStimulus)) throw error;
            return JSON.stringify({ impossible: error.message });
          }
        });
      }),
  };
}

/** The reference, of which every step goes through somebody's hands. */
function changed(
  xx: Scheduler,
  step: (xx: Scheduler, ...asked: Parameters<Scheduler['step']>) => ReturnType<Scheduler['step']>,
): Scheduler {
  return {
    name: 'mine',
    reset: (config) => xx.reset(config),
    step: (at, stimulus) => step(xx, at, stimulus),
  };
}

/** @param name of the scheduler of this package that plays what was found again. */
function explored(
  process: Replayed | null,
  name = 'xx',
  instance: BoundedInstance = SMALL,
): Promise<CheckSummary> {
  const how = { instance, scheduler: name, properties: [], workers: 1, out: directory };
  return check(
    process === null ? how : { ...how, process: { replayed: process, candidate: { scheduler: name } } },
    {
      nowMs: () => 0,
      interrupted: () => false,
      onProgress: () => {},
    },
  );
}

describe('a process that is started over for every step', () => {
  test('is explored as far as the same scheduler that is put into states', async () => {
    const [inside, outside] = [await explored(null), await explored(byLines(createXX))];
    // Which transition follows which is a matter of the path, and one of them has none.
    const { secondPaths, coverage: _, ...rest } = outside;
    const { secondPaths: none, coverage: __, ...same } = inside;
    expect(rest).toEqual(same);
    expect(none).toBeNull();
    expect(secondPaths).toMatchObject({ differing: 0, first: null });
    expect(secondPaths!.compared).toBeGreaterThan(5);
    expect(explorationText(outside)).toMatch(/what differs only inside the process is\s+not told apart/);
  });

  test.each(['no-inheritance', 'wakes-twice'])(
    'is found wrong by the same rule, after as many steps: %s',
    async (name) => {
      const inside = await explored(null, name);
      const outside = await explored(
        byLines(() => createScheduler(name)),
        name,
      );
      const found = ({ violations }: CheckSummary) => violations.map(({ rule, length }) => [rule, length]);
      expect(found(outside)).toEqual(found(inside));
      expect(found(outside)).toHaveLength(1);
      const record = readRecord(readFileSync(outside.violations[0]!.file, 'utf8'));
      expect(record.property).toBe(outside.violations[0]!.rule);
    },
  );

  test('is kept with what it lacks', async () => {
    const narrow = { ...SMALL, without: ['idle-lists'] as const };
    const name = 'no-inheritance';
    const { violations } = await explored(
      byLines(() => createScheduler(name)),
      name,
      narrow,
    );
    const record = readRecord(readFileSync(violations[0]!.file, 'utf8'));
    expect(record.scenario.config.without).toEqual(['idle-lists']);
    expect(record.origin).toMatchObject({ instance: { without: ['idle-lists'] } });
  });

  test('that remembers more than a state is said to, and nothing counts as explored', async () => {
    /** In which order two machines are polled, which does not matter, depends on how often time has passed. */
    const create = (): Scheduler => {
      let ticks = 0;
      return changed(createXX(), (xx, at, stimulus) => {
        if (stimulus.type === 'tick') ticks++;
        const decisions = xx.step(at, stimulus);
        for (const decision of decisions) {
          if (decision.type === 'place' && decision.via === 'poll' && ticks % 2 === 1)
            decision.polled.reverse();
        }
        return decisions;
      });
    };
    const summary = await explored(byLines(create), 'xx', POLLING);
    expect(summary.violations).toEqual([]);
    expect(summary.complete).toBe(false);
    expect(summary.secondPaths!.differing).toBeGreaterThan(0);
    expect(summary.secondPaths!.first).toMatch(
      /^after boot at 0, .* it answers turn of shard 0 with \[\{"type":"place"/,
    );
    expect(summary.properties.map(({ verdict }) => verdict)).not.toContain('holds');
    expect(explorationText(summary)).toMatch(/and there\s+is something/);
  });

  test('that does not repeat itself cannot be explored, and is named with the step', async () => {
    let plays = 0;
    const moody = byLines(() => {
      const play = plays++;
      return changed(createXX(), (xx, at, stimulus) =>
        play === 9 && stimulus.type === 'boot' ? [] : xx.step(at, stimulus),
      );
    });
    await expect(explored(moody)).rejects.toThrow(
      /on step 1, .*"boot".* it answered \[\] where it had answered \[\{"type":"list"/,
    );
  });

  test('that refuses what is possible is found', async () => {
    const create = (): Scheduler =>
      changed(createXX(), (xx, at, stimulus) => {
        if (stimulus.type === 'finish') throw new ImpossibleStimulus('nobody finishes');
        return xx.step(at, stimulus);
      });
    const { violations } = await explored(byLines(create));
    expect(violations).toMatchObject([{ rule: 'refuses-alike', length: 4 }]);
    expect(violations[0]!.message).toContain('refuses finish 0 at 0 ms, which is possible: nobody finishes');
  });

  test('that answers with something else is named with the step', async () => {
    const odd: Replayed = {
      name: 'odd',
      answersTo: (_, scenarios) => scenarios.map((s) => s.map(() => '[7]')),
    };
    await expect(explored(odd)).rejects.toThrow(
      /scheduler odd on step 1, .* it answered "\[7\]": the answer: \[0\]: expected a decision/,
    );
  });
});

test('a process that says what it lacks is explored without', async () => {
  const { code, out, err } = await ask(
    main,
    ...[
      'check',
      '--invocations',
      '2',
      '--json',
      '--exec',
      'node docs/examples/first-part.mjs',
      '--out',
      directory,
    ],
  );
  expect({ code, err }).toEqual({
    code: 0,
    err: expect.stringContaining('first-part.mjs is without calls, budgets'),
  });
  const { instance, complete, secondPaths } = JSON.parse(out);
  expect(instance).toMatchObject({ calls: false, swap: 0, without: expect.arrayContaining(['idle-lists']) });
  expect({ complete, differing: secondPaths.differing }).toEqual({ complete: true, differing: 0 });
});
