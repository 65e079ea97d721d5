import { describe, expect, test } from 'vitest';
import { Counters, metricsOf } from './counters.ts';
import { type Metric, openMetricsText } from './openmetrics.ts';
import { readOpenMetrics } from './testing-openmetrics.ts';

const NOW = {
  virtualMs: 1500,
  readAtMs: 1_700_000_000_250,
  unended: 3,
  inDoubt: { invocations: 1, machines: 2, everything: false },
};

describe('OpenMetrics text', () => {
  test('of all that is counted follows the grammar of OpenMetrics 1.0', () => {
    const counters = new Counters();
    counters.steps = 12;
    counters.rotations.truncated = 1;
    const samples = readOpenMetrics(openMetricsText(metricsOf(counters, NOW)));
    expect(samples).toMatchObject({
      xx_judge_steps_total: 12,
      'xx_judge_rotations_total{how="truncated"}': 1,
      'xx_judge_violations_total{rule="kill-iff",follow_on="false"}': 0,
      xx_judge_virtual_time_seconds: 1.5,
      xx_judge_last_step_timestamp_seconds: 1_700_000_000.25,
      xx_judge_doubtful_machines: 2,
    });
  });

  test('escapes what labels and help may hold', () => {
    const odd: Metric = {
      name: 'odd',
      type: 'gauge',
      help: 'a "b"\n\\',
      samples: [{ labels: { l: '"\n\\' }, value: -1.5 }],
    };
    const text = openMetricsText([odd]);
    expect(text).toBe('# TYPE odd gauge\n# HELP odd a \\"b\\"\\n\\\\\nodd{l="\\"\\n\\\\"} -1.5\n# EOF\n');
    expect(readOpenMetrics(text)).toEqual({ 'odd{l="\\"\\n\\\\"}': -1.5 });
  });

  test.each([
    ['without its end', '# TYPE a gauge\na 1\n'],
    ['with something after its end', '# EOF\na 1\n'],
    ['with a counter that does not end with _total', '# TYPE a counter\na 1\n# EOF\n'],
    ['with a sample of another family', '# TYPE a gauge\nb 1\n# EOF\n'],
    ['with a unit that is no part of the name', '# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n'],
    ['with a family twice', '# TYPE a gauge\na 1\n# TYPE a gauge\na 2\n# EOF\n'],
    ['with a sample twice', '# TYPE a gauge\na 1\na 2\n# EOF\n'],
    ['with a number that is none', '# TYPE a gauge\na one\n# EOF\n'],
    ['with a bare quote in a label', '# TYPE a gauge\na{l="""} 1\n# EOF\n'],
    ['with a counter below zero', '# TYPE a counter\na_total -1\n# EOF\n'],
  ])('%s is refused by the reader of these tests', (_name, text) => {
    expect(() => readOpenMetrics(text)).toThrow();
  });
});

describe('counters', () => {
  test('tell violations that follow from nothing from those that may', () => {
    const counters = new Counters();
    const violation = { type: 'violation', rule: 'kill-iff', mayFollowFrom: null } as never;
    counters.count(violation);
    counters.count({ ...(violation as object), mayFollowFrom: { line: 2, step: 1 } } as never);
    counters.count({ ...(violation as object), type: 'unreadable' } as never);
    expect(counters.totals).toEqual({ violations: 2, followOns: 1 });
    const samples = readOpenMetrics(openMetricsText(metricsOf(counters, NOW)));
    expect(samples).toMatchObject({
      'xx_judge_violations_total{rule="kill-iff",follow_on="false"}': 1,
      'xx_judge_violations_total{rule="kill-iff",follow_on="true"}': 1,
      xx_judge_unreadable_lines_total: 1,
    });
  });
});
