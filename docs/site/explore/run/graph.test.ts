import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { QUOTED_INSTANCE } from '../../../../model/explore/instance.ts';
import type { Subject } from '../../../../properties/exploration/expanders.ts';
import { sessionOfData } from '../../playground/run/wanted.ts';
import { PlayedFilm } from '../../run/film.ts';
import { playingOf } from '../../run/players.ts';
import { explored } from './exploring.ts';
import { Graph } from './graph.ts';
import { DEFAULT_SUBJECT, FIELDS, fragmentOf, placeOf } from './place.ts';

const SMALL = { ...QUOTED_INSTANCE, invocations: 2, machines: 1, kMachines: 1 };

async function graphOf(subject: Subject): Promise<Graph> {
  return new Graph(
    subject,
    await explored(
      subject,
      () => {},
      () => true,
    ),
  );
}

describe.each(['xx', null])('the graph of a small instance, played by %s', (scheduler) => {
  let graph: Graph;
  let states: number[];

  beforeAll(async () => {
    graph = await graphOf({ instance: SMALL, scheduler, properties: [] });
    states = Array.from({ length: graph.found.states }, (_, state) => state);
  });

  test('has a depth for each state: one more than where it was first reached from', () => {
    expect(graph.found.complete).toBe(true);
    expect(graph.byDepth.reduce((sum, count) => sum + count, 0)).toBe(states.length);
    expect(graph.byDepth).toHaveLength(graph.found.depth);
    for (const state of states) expect(graph.path(state)).toHaveLength(graph.depths[state]!);
  });

  test('has as many ways on as the exploration took steps, and each leads back', () => {
    // The steps of boot lead to the states without a parent.
    let steps = states.filter((state) => graph.found.parents[state] === -1).length;
    for (const state of states) {
      const ways = graph.waysOut(state);
      steps += ways.length;
      for (const { target, wrong } of ways) {
        expect(wrong).toBe(null);
        expect(graph.depths[target!]).toBeLessThanOrEqual(graph.depths[state]! + 1);
      }
    }
    expect(steps).toBe(graph.found.steps);
    for (const state of states.filter((_, index) => index % 7 === 0)) {
      for (const from of graph.waysBack(state)) {
        expect(graph.waysOut(from).map(({ target }) => target)).toContain(state);
      }
    }
  });

  test('has a shortest way to each state that is accepted when it is played, and that the playground takes', () => {
    for (const state of states.filter((_, index) => index % 11 === 0)) {
      const data = graph.dataTo(state);
      const film = new PlayedFilm(playingOf(data));
      film.play();
      expect([film.finding, film.broken, film.recorded.length]).toEqual([null, null, graph.depths[state]]);
      expect(film.recorded.map(({ decisions }) => decisions)).toEqual(
        graph.steps(state).map(({ decisions }) => decisions),
      );
      expect(sessionOfData(data).stimuli).toEqual(data.scenario.stimuli);
    }
  });
});

test('an exploration that is stopped keeps what it has, and says from where it has not gone on', async () => {
  let asked = 0;
  const subject: Subject = { instance: QUOTED_INSTANCE, scheduler: 'xx', properties: [] };
  const found = await explored(
    subject,
    () => {},
    () => ++asked < 4,
  );
  const graph = new Graph(subject, found);
  expect(found.complete).toBe(false);
  expect([graph.isExpanded(0), graph.isExpanded(found.states - 1)]).toEqual([true, false]);
  expect(graph.waysOut(found.states - 1).every(({ target }) => target === null)).toBe(true);
});

test('what a wrong scheduler does wrong is at the end of a way that fails when it is played', async () => {
  const graph = await graphOf({ instance: SMALL, scheduler: 'never-preempts', properties: [] });
  const data = graph.dataOfCounterexample()!;
  const film = new PlayedFilm(playingOf(data));
  film.play();
  expect(film.finding?.property).toBe(graph.found.counterexample!.wrong.rule);
  expect(film.finding?.step).toBe(data.scenario.stimuli.length);
});

describe('the address of an exploration', () => {
  test('leads to the same instance, whatever is within the bounds of the page', () => {
    const instances = fc.record(
      Object.fromEntries(
        FIELDS.map(({ name, least, most }) => [name, fc.integer({ min: least, max: most })]),
      ),
    );
    fc.assert(
      fc.property(instances, fc.nat({ max: 1000 }), fc.boolean(), (figures, state, calls) => {
        const instance = { ...QUOTED_INSTANCE, ...figures, calls, prices: [2, 3] };
        const place = placeOf(fragmentOf({ instance, scheduler: null, properties: [] }, state));
        if (place.problems.length === 0) {
          expect(place).toEqual({
            subject: { instance, scheduler: null, properties: [] },
            state,
            problems: [],
          });
        } else {
          // Where no such cluster exists the model says so.
          expect(place.problems.join()).toMatch(/^(leave|kMachines|kShards): expected at most/);
          expect(place.subject).toEqual(DEFAULT_SUBJECT);
        }
      }),
    );
  });

  test('is empty for the default', () => {
    expect(fragmentOf(DEFAULT_SUBJECT, 0)).toBe('');
    expect(placeOf('')).toEqual({ subject: DEFAULT_SUBJECT, state: 0, problems: [] });
  });
});
