import { code, markdownTable } from '../../model/render/markdown.ts';
import type { ExplorationRecord } from './explorations.ts';

/** What was explored, as a table. */
export function explorationTable(records: readonly ExplorationRecord[]): string {
  return markdownTable(
    [
      ...['what', 'bounds', 'states', 'depth', 'steps judged', 'cycles', 'overtaken', 'transitions', 'rules'],
      'made by',
    ],
    records.map(
      ({
        subject,
        instance,
        states,
        depth,
        steps,
        cycles,
        overtaken,
        overtakenByMs,
        transitions,
        transitionsInAll,
        unmet,
        rulesInAll,
        command,
      }) => [
        subject === 'model' ? 'the model' : code(subject),
        instance,
        figure(states),
        figure(depth),
        figure(steps),
        cycles === 0 ? 'none' : figure(cycles),
        overtaken === 0 ? 'never' : `${overtaken} × by ${overtakenByMs} ms`,
        `${transitions} of ${transitionsInAll}`,
        `${rulesInAll - (unmet === '' ? 0 : unmet.split(', ').length)} of ${rulesInAll}`,
        code(command),
      ],
    ),
  );
}

function figure(value: number): string {
  return value.toLocaleString('en');
}
