import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ImpossibleStimulus } from '../../../../model/input-error.ts';
import { CATALOGUE, type PropertyId } from '../../../../properties/catalogue.ts';
import type { Finding } from '../../../../properties/checkers/checker.ts';
import { readPlayable } from '../../../../properties/replay/load.ts';
import { NOT_BY_HAND } from '../../../../properties/site/not-by-hand.ts';
import { fragmentOf } from '../../run/address.ts';
import { PlayedFilm } from '../../run/film.ts';
import { readDecisions } from '../../run/page-data.ts';
import { playingOf } from '../../run/players.ts';
import { checked, numberOf, onCluster, withValue } from './cluster.ts';
import { scenarioFile, traceFile } from './files.ts';
import { type Figures, functionsIn, happeningsIn } from './happenings.ts';
import { done, historyOf, redo, undo } from './history.ts';
import { movesNow, permittedToTheEnd } from './moves.ts';
import { OPENINGS } from './opening-tables.ts';
import { BREAKABLE, goalOf, tableForBreaker, tableForHands } from './openings.ts';
import { PRESETS } from './presets.ts';
import {
  begun,
  cutAfter,
  dataOf,
  decided,
  ended,
  HANDS,
  happenedAfter,
  isSameTable,
  type Session,
  sessionOf,
  untold,
  without,
  withPlayer,
} from './session.ts';
import { sessionOfData, wantedOf } from './wanted.ts';

const PAGE_VIEW = PRESETS[0]!.session;
const { config } = PAGE_VIEW;
const FIGURES: Figures = {
  ...{ function: 'f', tenant: 0, class: 0, shard: 0, demand: 200, antagonist: 100 },
  ...{ cores: 1, ram: 300, swap: 200 },
};

function filmOf(session: Session): PlayedFilm {
  const film = new PlayedFilm(playingOf(dataOf(session)));
  film.play();
  return film;
}

const lastStill = (film: PlayedFilm) => film.still(film.recorded.length);

describe('undo and redo', () => {
  test('lead back through everything that was done, and forward again', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 30 }), (states) => {
        const all = [0, ...states];
        let history = historyOf(0);
        for (const state of states) history = done(history, state);
        for (const state of [...all].reverse()) {
          expect(history.now).toBe(state);
          history = undo(history);
        }
        expect(undo(history)).toBe(history);
        for (const state of all) {
          expect(history.now).toBe(state);
          history = redo(history);
        }
        expect(redo(history)).toBe(history);
      }),
    );
  });

  test('forget what was undone once something else is done', () => {
    const history = done(undo(done(historyOf('a'), 'b')), 'c');
    expect(history).toEqual({ past: ['a'], now: 'c', undone: [] });
  });
});

describe('a session', () => {
  test('goes on from any step, and takes the later ones back', () => {
    const next = happenedAfter(PAGE_VIEW, 3, 7, { type: 'tick' });
    expect(next.stimuli).toEqual([...PAGE_VIEW.stimuli.slice(0, 3), { at: 7, stimulus: { type: 'tick' } }]);
    expect(cutAfter(PAGE_VIEW, 99)).toBe(PAGE_VIEW);
    expect(without(PAGE_VIEW, 1)).toBe(PAGE_VIEW);
    expect(without(PAGE_VIEW, 2).stimuli).toHaveLength(6);
  });

  test('leaves out what is no longer possible once a step is taken away', () => {
    const film = filmOf(without(PAGE_VIEW, 2));
    expect(film.recorded.filter(({ decisions }) => decisions === null).map(({ step }) => step)).toEqual([3]);
    expect(film.finding).toBe(null);
  });

  test('with empty hands begins with a boot that nobody has answered, and is not judged before it ends', () => {
    const session = begun('t', config, HANDS);
    expect(session).toMatchObject({ isOpen: true, decisions: [[]] });
    expect(filmOf(session).finding).toBe(null);
    expect(filmOf(ended(session, 1, 0)).finding?.property).toBe('idle-list-true');
    expect(withPlayer(PAGE_VIEW, HANDS).stimuli).toHaveLength(1);
    expect(withPlayer(session, 'xx')).toMatchObject({ isOpen: false, decisions: [], player: 'xx' });
  });

  test('judges another scheduler than XX by what it promises, and lets it use its words', () => {
    const sparrow = withPlayer(PAGE_VIEW, 'sparrow');
    expect(sparrow.properties).toEqual(['conservation', 'sparrow-launches-once', 'sparrow-wastes-no-slot']);
    expect(sparrow.config.words).toEqual(['reservations']);
    const film = filmOf(sparrow);
    expect([film.broken, film.finding, film.recorded.length]).toEqual([null, null, 7]);
    expect(withPlayer(sparrow, 'xx').properties).toEqual([]);
    expect(withPlayer(sparrow, 'jiq-takes-the-newest').properties).toEqual(['jiq-idle-before-random']);
    const asked = { ...PAGE_VIEW, properties: ['no-crowding' as const] };
    expect(withPlayer(asked, 'hermod').properties).toEqual(['no-crowding']);
  });

  test.each([
    ['at once', config],
    ['in time', { ...config, paging: { chunk: 50, reserve: 50 } }],
  ])(
    'with empty hands that take what is permitted is accepted, whatever the charts enable: paging %s',
    (_when, cluster) => {
      fc.assert(
        fc.property(fc.array(fc.nat(), { maxLength: 12 }), (genes) => {
          let session = begun('t', cluster, HANDS);
          const toTheEnd = (): void => {
            const step = session.stimuli.length;
            for (const [index, decision] of permittedToTheEnd(
              lastStill(filmOf(session)).judge,
              100,
            ).entries())
              session = decided(session, step, index, decision);
            session = ended(session, step, session.decisions.at(-1)!.length);
          };
          toTheEnd();
          for (const gene of genes) {
            const { judge } = lastStill(filmOf(session));
            const at = judge.state.now + 1;
            const offered = happeningsIn(judge.state, at, FIGURES)
              .flatMap(({ targets }) => targets)
              .filter(({ objection }) => objection === null);
            session = happenedAfter(
              session,
              session.stimuli.length,
              at,
              offered[gene % offered.length]!.stimulus,
            );
            toTheEnd();
          }
          const film = filmOf(session);
          expect(film.finding).toBe(null);
          expect(film.recorded).toHaveLength(genes.length + 1);
          expect(readPlayable(traceFile(session, film).text).decisions).toEqual(session.decisions);
        }),
        { numRuns: 30 },
      );
    },
  );

  test('offers as moves what is permitted, and refuses the others by a rule', () => {
    const open = tableForHands(goalOf('kill-iff'))!;
    const still = lastStill(filmOf(open));
    const { permitted, forbidden } = movesNow(still, null);
    expect(permitted.map(({ words }) => words)).toEqual(['place 1 from shard 0 on machine 0 (idle-list)']);
    expect(forbidden.length).toBeGreaterThan(8);
    for (const { decision, isPossible } of forbidden) {
      const violation = still.judge.consider(decision);
      expect(violation).not.toBe(null);
      expect(isPossible).toBe(violation!.rule !== 'possible-decision');
    }
  });

  test('offers to move just what RAM lacks, beside all and 1 MB', () => {
    const open = tableForHands(goalOf('page-out-lowest'))!;
    const place = movesNow(lastStill(filmOf(open)), null).permitted[0]!.decision;
    const placed = decided(open, open.stimuli.length, 0, place);
    const words = movesNow(lastStill(filmOf(placed)), null).forbidden.map((move) => move.words);
    // 250 MB and 100 MB are wanted, and there are 300.
    expect(words.filter((one) => one.startsWith('pageOut 0'))).toEqual([
      'pageOut 0 250 MB',
      'pageOut 0 50 MB',
      'pageOut 0 1 MB',
    ]);
    const out = decided(placed, open.stimuli.length, 1, { type: 'preempt', id: 0 });
    const moved = decided(out, open.stimuli.length, 2, { type: 'pageOut', id: 0, memory: 50 });
    const back = movesNow(lastStill(filmOf(moved)), null).forbidden.map((move) => move.words);
    expect(back).toContain('pageIn 0 50 MB');
    expect(back.some((one) => one.startsWith('pageIn 0 0'))).toBe(false);
  });

  test('is the same as another one until something is decided', () => {
    const table = tableForHands(goalOf('kill-iff'))!;
    expect(isSameTable(table, tableForHands(goalOf('kill-iff'))!)).toBe(true);
    expect(isSameTable(table, tableForHands(goalOf('answered'))!)).toBe(false);
    expect(isSameTable(table, ended(table, table.stimuli.length, 0))).toBe(false);
    const start = { type: 'start', id: 0 } as const;
    expect(isSameTable(table, decided(table, table.stimuli.length, 0, start))).toBe(false);
  });

  test('offers no stimulus that the charts do not enable', () => {
    const { state } = lastStill(filmOf(PAGE_VIEW)).judge;
    const known = functionsIn(PAGE_VIEW.stimuli);
    const happenings = happeningsIn(state, 30, { ...FIGURES, demand: 0 }, known);
    expect(functionsIn(PAGE_VIEW.stimuli).map(({ function: name }) => name)).toEqual([
      'home-page',
      'resize-image',
    ]);
    const of = (type: string) => happenings.find((happening) => happening.type === type)!;
    // Invocation 2 has finished, and 1 runs.
    expect(of('finish').targets.map(({ name }) => name)).toEqual(['invocation 1']);
    expect(of('submit').targets.map(({ name }) => name)).toEqual([
      ...['invocation 0', 'home-page again, high', 'resize-image again, low'],
    ]);
    expect(of('resize').targets[0]!.objection).toContain('demand 0 is not a whole number');
    expect(of('join').targets.map(({ name }) => name)).toEqual(['machine 1, new']);
    expect(happeningsIn(state, 28, FIGURES)[0]!.targets[0]!.objection).toContain(
      'earlier than the step before',
    );
    expect(happenings.some(({ type }) => type === 'timeout' || type === 'paged')).toBe(false);
  });

  test('offers the end of a transfer where paging takes time, and something is in flight', () => {
    const inTime = onCluster(PAGE_VIEW, { ...PAGE_VIEW.config, paging: { chunk: 30, reserve: 10 } });
    const film = filmOf(inTime);
    const pagedAt = (step: number) =>
      happeningsIn(film.still(step).judge.state, 100, FIGURES).find(({ type }) => type === 'paged')!;
    // In step 6 the page comes, and the first chunk goes out.
    expect(pagedAt(5)).toMatchObject({ targets: [], whyNone: 'nothing is in flight' });
    expect(pagedAt(6).targets).toEqual([
      { name: 'machine 0', stimulus: { type: 'paged', machine: 0 }, objection: null },
    ]);
  });

  test('says of a figure that was not typed what is expected, and not that it is "NaN"', () => {
    const { state } = lastStill(filmOf(PAGE_VIEW)).judge;
    const resize = happeningsIn(state, 30, { ...FIGURES, demand: Number.NaN }).find(
      ({ type }) => type === 'resize',
    )!;
    expect(resize.targets[0]!.objection).toBe(
      'demand: what is typed is not a whole number from 1 to 9007199254740991',
    );
  });
});

test('the tables to begin with show what they say', () => {
  const [pageView, inversion, crash, budget] = PRESETS.map(({ session }) => filmOf(session));
  const typesOf = (film: PlayedFilm): string[] =>
    film.recorded.flatMap(({ decisions }) => (decisions ?? []).map(({ type }) => type));
  expect(typesOf(pageView!)).toEqual(expect.arrayContaining(['preempt', 'pageOut', 'pageIn']));
  expect(inversion!.finding).toMatchObject({
    property: 'run-the-highest',
    falls: [{ property: 'no-priority-inversion' }],
  });
  const crashed = crash!.recorded.find(({ timed }) => timed.stimulus.type === 'crash')!;
  expect(crashed.decisions!.map(({ type }) => type)).toContain('enqueue');
  const degraded = budget!.recorded.flatMap(({ decisions }) =>
    decisions!.filter((one) => 'degraded' in one && one.degraded),
  );
  expect(degraded.length).toBeGreaterThan(0);
  expect(typesOf(budget!)).toContain('throttle');
  expect([pageView!, crash!, budget!].map(({ finding }) => finding)).toEqual([null, null, null]);
  for (const film of [pageView!, crash!, budget!]) {
    expect(film.recorded.filter(({ decisions }) => decisions === null)).toEqual([]);
  }
});

describe('what is downloaded', () => {
  test('is a scenario that the command line takes, without what was left out', () => {
    const session = without(PAGE_VIEW, 2);
    const { scenario } = readPlayable(scenarioFile(session, filmOf(session)).text);
    expect(scenario.stimuli).toEqual(session.stimuli.filter(({ stimulus }) => stimulus.type !== 'resize'));
    for (const preset of PRESETS) {
      const { text } = scenarioFile(preset.session, filmOf(preset.session));
      expect(readPlayable(text).scenario.config).toEqual(preset.session.config);
    }
  });
});

describe('the form of a cluster', () => {
  test('says at each field what the validators of the model say, and takes what they take', () => {
    const with_ = (path: (string | number)[], value: unknown) => checked(withValue(config, path, value));
    expect(with_(['machines', 0, 'ram'], 400)).toMatchObject({ config: { machines: [{ ram: 400 }] } });
    const problemAt = (path: (string | number)[], value: unknown, where = path): string | undefined =>
      with_(path, value).problems?.get(where.join('.'));
    expect(problemAt(['machines', 0, 'ram'], 0)).toContain('expected an integer from 1');
    expect(problemAt(['machines', 0, 'ram'], 0)).toContain('got 0');
    expect(problemAt(['classes', 1, 'price'], 1)).toContain('cheapest first');
    expect(problemAt(['idle', 'leave'], 200)).toContain('expected at most 100');
    expect(
      problemAt(['tenants', 0], { budget: -1, period: 5, burstPercent: 0 }, ['tenants', 0, 'budget']),
    ).toContain('expected null or an integer from 0');
    expect(
      problemAt(['tenants', 0], { budget: 7, period: 0, burstPercent: 0 }, ['tenants', 0, 'period']),
    ).toContain('expected an integer from 1');
    expect(problemAt(['machines'], [])).toContain('at least one machine');
    expect(problemAt(['shards'], 65)).toContain('draws at most 64 shards');
    expect([numberOf(' 12 '), numberOf('1.5'), numberOf('x'), numberOf('')]).toEqual([12, 1.5, 'x', '']);
  });

  test('keeps of what happened what still names something', () => {
    const one = { ...config, classes: [config.classes[0]!] };
    expect(onCluster(PAGE_VIEW, one).stimuli.map(({ stimulus }) => stimulus.type)).toEqual([
      ...['boot', 'submit', 'turn', 'resize', 'turn', 'finish'],
    ]);
    expect(onCluster(begun('t', config, HANDS), one)).toMatchObject({ isOpen: true, decisions: [[]] });
  });
});

describe('an address', () => {
  const link = (session: Session, step = 1): string =>
    `#${fragmentOf({ step, point: null, beside: 'hermod', data: dataOf(session) })}`;

  test('has a whole session in it, with empty hands as well', () => {
    const hands = tableForHands(goalOf('page-out-lowest'))!;
    for (const session of [PAGE_VIEW, hands, ended(hands, hands.stimuli.length, 0)]) {
      expect(wantedOf(link(session, 3))).toEqual({
        ...{ session, step: 3, point: null, beside: 'hermod', preset: null, scheduler: null, goal: null },
        problems: [],
      });
    }
  });

  test('is not believed about what was found', () => {
    const told: Finding = {
      ...{ property: 'determinism', rule: null, step: 7, entity: 'the scenario', message: 'm', falls: [] },
    };
    const session: Session = { ...PAGE_VIEW, told };
    expect(sessionOfData(dataOf(session))).toEqual(session);
    const { session: read, problems } = wantedOf(link(session));
    expect(read).toEqual(PAGE_VIEW);
    expect(problems.join()).toContain('The link claims that step 7 violates determinism');
    expect(sessionOfData({ ...dataOf(session), told: { ...told, property: 'kill-iff' } })).toEqual(PAGE_VIEW);
    expect(untold(session)).toEqual(PAGE_VIEW);
  });

  test.each([
    ['#run=AAAA', 'not whole'],
    ['#step=-1', 'step: expected a whole number from 1 on, got "-1"'],
    ['#scheduler=xy', 'There is no scheduler "xy" (did you mean xx?)'],
    ['#beside=hermot', 'There is no scheduler "hermot" (did you mean hermod?)'],
    ['#break=kill-if', 'There is no rule or property "kill-if" (did you mean kill-iff?)'],
    ['#presett=crash', 'which means nothing here (did you mean preset?)'],
    ['#break=admit&preset=crash', 'asks to break admit, so its preset is left out'],
    ['#break=kill-iff&scheduler=hermod', 'hermod is not known to break kill-iff, so somebody else plays'],
    ['#step=2&step=3', 'The address has "step" 2 times: the first counts.'],
  ])('says what is wrong with %s', (fragment, says) => {
    expect(wantedOf(fragment).problems.join()).toContain(says);
  });

  test('is validated as a file is', () => {
    const data = dataOf(PAGE_VIEW);
    const broken = (
      change: (copy: ReturnType<typeof structuredClone<typeof data>>) => void,
    ): (() => Session) => {
      const copy = structuredClone(data);
      change(copy);
      return () => sessionOfData(copy);
    };
    type Changeable = { [key: string]: Changeable } & Changeable[] & unknown;
    const at = (copy: unknown) => copy as Changeable;
    expect(broken((copy) => Object.assign(copy.scenario.config, { shards: 0 }))).toThrow(
      'config.shards: expected',
    );
    expect(broken((copy) => Object.assign(copy.scenario.config, { shards: 1000 }))).toThrow(
      'at most 64 shards',
    );
    expect(broken((copy) => copy.scenario.stimuli.shift())).toThrow('step 1: stimulus.type: expected "boot"');
    expect(broken((copy) => Object.assign(copy.scenario.stimuli[3]!, { at: 0 }))).toThrow(
      'step 4: at: time runs',
    );
    expect(broken((copy) => Object.assign(copy.scenario.stimuli[3]!.stimulus, { demand: 'much' }))).toThrow(
      'step 4: stimulus.demand',
    );
    expect(broken((copy) => Object.assign(copy.scenario.stimuli[1]!.stimulus, { class: 9 }))).toThrow(
      'there is no class 9',
    );
    expect(broken((copy) => Object.assign(copy.player, { name: 'nobody' }))).toThrow('no scheduler "nobody"');
    expect(broken((copy) => Object.assign(at(copy), { properties: ['fairness'] }))).toThrow('"fairness"');
    expect(broken((copy) => Object.assign(at(copy), { player: null }))).toThrow('link: player');
    expect(() => sessionOfData([])).toThrow('link');
    const hands = dataOf(tableForHands(goalOf('admit'))!);
    expect(() => sessionOfData({ ...hands, player: { ...hands.player, deflated: 'AAAA' } })).toThrow(
      'not whole',
    );
  });
});

describe('every rule', () => {
  /** Breaks a goal by what the page offers: so many moves that are permitted, another one, and the end of the step. */
  function breaks(session: Session, property: PropertyId, most: number): Session | null {
    const film = filmOf(session);
    const step = session.stimuli.length;
    const point = session.decisions.at(-1)!.length;
    const isRefused = (tried: Session): boolean => {
      const { finding } = filmOf(tried);
      return (
        finding !== null &&
        (finding.property === property || finding.falls.some((f) => f.property === property))
      );
    };
    const aTickLater = (tried: Session): Session =>
      ended(happenedAfter(tried, step, tried.stimuli.at(-1)!.at + 1, { type: 'tick' }), step + 1, 0);
    const isBroken = (tried: Session): boolean =>
      isRefused(OPENINGS[property]?.isJudgedLater ? aTickLater(tried) : tried);
    if (isBroken(ended(session, step, point))) return ended(session, step, point);
    const { permitted, forbidden } = movesNow(film.still(step), null);
    for (const { decision } of forbidden) {
      const tried = ended(decided(session, step, point, decision), step, point + 1);
      if (isBroken(tried)) return tried;
    }
    if (most === 0) return null;
    for (const { decision } of permitted) {
      const found = breaks(decided(session, step, point, decision), property, most - 1);
      if (found !== null) return found;
    }
    return null;
  }

  test.each(BREAKABLE)('can be broken with empty hands by what is offered: %s', (property) => {
    const table = tableForHands(goalOf(property))!;
    expect(filmOf(table).finding).toBe(null);
    // The shortest way first: some take a few decisions that are permitted before.
    expect([0, 1, 2, 3].some((most) => breaks(table, property, most) !== null)).toBe(true);
  });

  test('can be broken with empty hands, or it is said why not', () => {
    for (const { id } of CATALOGUE) expect(BREAKABLE.includes(id), id).toBe(NOT_BY_HAND[id] === undefined);
  });

  test('that only paging in time breaks has a table where paging takes time', () => {
    const goal = goalOf('disk-works');
    expect(goal.breakers).not.toEqual([]);
    for (const breaker of goal.breakers) expect(tableForBreaker(goal, breaker).config.paging).toBeDefined();
    const [atOnce] = goalOf('kill-iff').breakers;
    expect(tableForBreaker(goalOf('kill-iff'), atOnce!).config.paging).toBeUndefined();
  });

  test('that a wrong scheduler breaks has a table that it can play', () => {
    for (const property of ['kill-iff', 'determinism', 'kubernetes-evicts-only-strictly-lower'] as const) {
      const goal = goalOf(property);
      for (const breaker of goal.breakers) {
        const session = tableForBreaker(goal, breaker);
        const film = new PlayedFilm(playingOf(dataOf(session)));
        expect(() => film.play()).not.toThrow(ImpossibleStimulus);
        expect(film.broken).toBe(null);
      }
    }
  });
});

test('a session of decisions is packed so that it is read again', () => {
  const { player } = dataOf(decided(begun('t', config, HANDS), 1, 0, { type: 'throttle', id: 0 }));
  if (player.type !== 'decisions') throw new Error('with empty hands there are decisions');
  expect(readDecisions(player.deflated)).toEqual([[{ type: 'throttle', id: 0 }]]);
  expect(sessionOf('t', { config, stimuli: [] }, 'xx').decisions).toEqual([]);
});
