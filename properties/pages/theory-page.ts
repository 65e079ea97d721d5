import { code, markdownTable } from '../../model/render/markdown.ts';
import type { TheoryReport, TheoryRow } from '../theory/experiments.ts';
import { LAWS } from '../theory/laws.ts';
import { figureText } from '../theory/report.ts';
import { GENERATED } from './links.ts';

const INTRODUCTION = `# The simulator against theory

Before a simulator can be trusted on schedulers, it has to reproduce known results. Some queues have closed forms, and
with one machine, one class or one shard the simulator is such a queue; others have them in the limit of many machines,
for which a few hundred stand here. \`npm run theory\` plays them, each at two loads,
with independent replications; a figure **holds** if it is within 2 % of theory *and* theory lies within the
confidence interval of the replications. The intervals are wide enough that all of them together contain the true
values with the confidence given below (Bonferroni). \`npm test\` plays a short version of those that take little time.

To try a queue of your own: \`xx simulate theory --law delay-dependent --load 0.6 --classes a:1:1,b:3:2 --runtime uniform:5000-15000\`.`;

/** The page that shows theory beside simulation. */
export function theoryPage({ rows, ...report }: TheoryReport): string {
  const holding = rows.filter(({ holds }) => holds).length;
  return [
    GENERATED,
    '',
    INTRODUCTION,
    '',
    `${holding} of ${rows.length} figures hold: ${report.replications} replications of each queue, ` +
      `${report.functionsInAll.toLocaleString('en')} functions in all, ${100 * report.confidence} % confidence. ` +
      `Little's law, L = λW, holds in every run; the largest error is ${(100 * report.worstLittleError).toExponential(0)} %, ` +
      'which is rounding error.',
    '',
    ...Object.values(LAWS).flatMap(({ id, sentence }) => [
      `## ${id}`,
      '',
      `${sentence}.`,
      '',
      table(rows.filter(({ law }) => law === id)),
      '',
    ]),
  ].join('\n');
}

function table(rows: readonly TheoryRow[]): string {
  return markdownTable(
    ['service', 'load', 'figure', 'theory', 'simulated', '±', 'off by', 'holds'],
    rows.map(({ setting, load, figure, theory, simulated, halfWidth, relativeError, holds }) => [
      code(setting),
      String(load),
      figure,
      figureText(theory),
      figureText(simulated),
      figureText(halfWidth),
      `${(100 * relativeError).toFixed(2)} %`,
      holds ? 'yes' : 'no',
    ]),
  );
}
