import { VOCABULARY } from '../../model/partial/unobserved.ts';
import { code, markdownTable } from '../../model/render/markdown.ts';
import type { LogsRecord } from '../logs/record.ts';

/** What a log may leave out, and how well logs are judged that do: the tables of docs/logs.md. */
export function logsTables({ node, masks, nodes }: LogsRecord): string {
  return [
    '## What a log may leave out',
    '',
    markdownTable(
      ['word', 'kind', 'what it says'],
      VOCABULARY.map(({ word, kind, meaning }) => [code(word), kind, meaning]),
    ),
    '',
    '## How well it judges',
    '',
    `${figure(masks.traces)} traces of the reference, as campaigns of seed ${masks.seed} play them, and those of ${figure(masks.wrongSchedulers)} wrong`,
    'schedulers that the judge refuses when the log is whole, each up to the step that it refuses. A wrong scheduler',
    '*shows* under a mask if the log that the mask leaves of one of its traces differs from the log that it leaves of the',
    "reference's trace of the same stimuli.",
    '',
    markdownTable(
      [
        'mask',
        'left out',
        'accepted',
        'undecided',
        'bound reached',
        'most states',
        'wrong ones that show',
        'refused',
        'lines/s',
      ],
      masks.rows.map((row) => [
        row.mask,
        row.unobserved.map(code).join(', '),
        figure(row.accepted),
        figure(row.undecided),
        figure(row.boundReached),
        figure(row.mostStates),
        figure(row.shown),
        `${figure(row.refused)} (${((100 * row.refused) / row.shown).toFixed(1)} %)`,
        figure(row.linesPerSecond),
      ]),
    ),
    '',
    `Lines a second of CPU time, read and judged, under Node ${node}. Those that show and are not refused:`,
    '',
    markdownTable(
      ['wrong scheduler', 'not refused under'],
      missedBy(masks.rows).map(([name, under]) => [code(name), under.join(', ')]),
    ),
    '',
    '## How well it puts logs of nodes together',
    '',
    `${figure(nodes.traces)} traces of the reference, of scenarios in which every step has a ms of its own, taken apart into the logs of`,
    `their nodes (${figure(nodes.lines)} lines). Every clock is off by up to ${nodes.skewMs} ms: in half of them each by the same at all`,
    'times, in the others by another amount at each line.',
    '',
    markdownTable(
      ['accepted', 'of them ambiguous', 'undecided', 'refused', 'lines/s'],
      [
        [
          figure(nodes.accepted),
          figure(nodes.ambiguous),
          figure(nodes.undecided),
          figure(nodes.traces - nodes.accepted - nodes.undecided),
          figure(nodes.linesPerSecond),
        ],
      ],
    ),
    '',
    'With one fault planted into the same logs:',
    '',
    markdownTable(
      ['fault', 'planted', 'refused', 'undecided', 'accepted'],
      nodes.faults.map(({ fault, planted, refused, undecided }) => [
        fault,
        figure(planted),
        figure(refused),
        figure(undecided),
        figure(planted - refused - undecided),
      ]),
    ),
  ].join('\n');
}

/** Under which masks each wrong scheduler is missed. */
function missedBy(rows: LogsRecord['masks']['rows']): [string, string[]][] {
  const found = new Map<string, string[]>();
  for (const { mask, missed } of rows) {
    for (const name of missed) found.set(name, [...(found.get(name) ?? []), mask]);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

function figure(value: number): string {
  return value.toLocaleString('en');
}
