import { describe, expect, test } from 'vitest';
import { RULE_IDS } from '../rules/rule-set.ts';
import { OPTIONAL_TRANSITIONS, TRANSITIONS, TRANSITIONS_IN_TIME, WRONG_TRANSITIONS } from '../table.ts';
import { mermaidOfRegion } from './mermaid.ts';
import { rulesAgainst } from './rules-of-transition.ts';
import { scxml } from './scxml.ts';
import { wrongTransitionTable } from './tables.ts';
import { CHART_VIEWS, type ChartView } from './views.ts';

const regions = CHART_VIEWS.flatMap((view) => view.regions);
const statesOf = (view: ChartView) => view.regions.flatMap((region) => region.states);
const states = regions.flatMap((region) => region.states);

describe('the transitions that are possible and always wrong', () => {
  test('stand apart from the others, and each of either once', () => {
    const ofXX = CHART_VIEWS.filter(({ words }) => words === null).flatMap(statesOf);
    const ofOthers = CHART_VIEWS.filter(({ words }) => words !== null).flatMap(statesOf);
    const right = ofXX.flatMap(({ transitions }) => transitions);
    const wrong = states.flatMap((state) => state.wrong);
    const optional = [
      ...states.flatMap((state) => state.optional),
      ...ofOthers.flatMap(({ transitions }) => transitions),
    ];
    for (const [shown, all] of [
      [right, [...TRANSITIONS, ...TRANSITIONS_IN_TIME]],
      [wrong, WRONG_TRANSITIONS],
      [optional, OPTIONAL_TRANSITIONS],
    ] as const) {
      expect(new Set(shown)).toEqual(new Set(all));
      expect(shown).toHaveLength(all.length);
    }
    for (const state of states) {
      for (const { source } of [...state.transitions, ...state.wrong, ...state.optional]) {
        expect(source).toBe(state.name);
      }
    }
  });

  test('are in no diagram and in no export', () => {
    for (const view of CHART_VIEWS) {
      const without = {
        ...view,
        regions: view.regions.map((region) => ({
          ...region,
          states: region.states.map((state) => ({ ...state, wrong: [], optional: [] })),
        })),
      };
      expect(view.regions.map(mermaidOfRegion)).toEqual(without.regions.map(mermaidOfRegion));
      expect(scxml(view)).toBe(scxml(without));
    }
  });

  test.each(regions.map((region) => [region.name, region] as const))(
    'of %s are a table with a row for each, or there is none',
    (_name, region) => {
      const wrong = region.states.flatMap((state) => state.wrong);
      const table = wrongTransitionTable(region, (transition) => rulesAgainst(transition).join(', '));
      if (wrong.length === 0) {
        expect(table).toBeNull();
        return;
      }
      const rows = table!.split('\n').slice(2);
      expect(rows).toHaveLength(wrong.length);
      for (const [index, { event, source, description }] of wrong.entries()) {
        expect(rows[index]).toContain(`| \`${event}\` | \`${source}\` → `);
        expect(rows[index]).toContain(`| ${description} |`);
      }
    },
  );

  test('are each refused by rules that there are, and never by what is not possible', () => {
    for (const transition of WRONG_TRANSITIONS) {
      const rules = rulesAgainst(transition);
      expect(rules).not.toHaveLength(0);
      expect(new Set(rules).size).toBe(rules.length);
      expect(RULE_IDS.slice(1)).toEqual(expect.arrayContaining([...rules]));
    }
  });
});
