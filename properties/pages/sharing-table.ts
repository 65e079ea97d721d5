import { markdownTable } from '../../model/render/markdown.ts';
import type { Figure, SharingRecord } from '../sharing/record.ts';

/** What sharing brings: the table of docs/farm.md. */
export function sharingTable({ seeds, rows }: SharingRecord): string {
  return [
    `Campaigns of the reference with ${seeds} seeds, each once without sharing and once with it, of the same number of steps:`,
    'the median, and in brackets the least and the most. Nobody knows what all is that can be covered; so the last columns',
    'say how soon each had covered what both have covered in the end.',
    '',
    markdownTable(
      [
        'size, steps',
        'what',
        'covered alone',
        'shared',
        'runs until as much is covered, alone',
        'shared',
        'steps until then, alone',
        'shared',
        'sooner with sharing',
      ],
      rows.map(({ size, what, steps, covered, asMuch, sooner }) => [
        `${size}, ${steps.toLocaleString('en')}`,
        what,
        told(covered.alone),
        told(covered.shared),
        told(asMuch.alone.runs),
        told(asMuch.shared.runs),
        told(asMuch.alone.steps),
        told(asMuch.shared.steps),
        `${sooner} of ${seeds}`,
      ]),
    ),
  ].join('\n');
}

function told([median, least, most]: Figure): string {
  return `${median.toLocaleString('en')} (${least.toLocaleString('en')}–${most.toLocaleString('en')})`;
}
