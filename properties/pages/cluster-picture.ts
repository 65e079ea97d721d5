import type { Decision } from '../../model/alphabet.ts';

/**
 * The cluster as one picture: shards with their queues and idle lists, machines with their scheduler and dispatcher,
 * RAM and swap. Every decision stands where it is taken. It is narrow, so that it can be read on a phone; it needs
 * no colour, and has a background of its own, light or dark as the reader prefers.
 *
 * Positions are in pixels of the drawing.
 */
export function clusterPicture(): string {
  const drawing = [
    ...arrivals(),
    ...shard(LEFT, 0, { low: 4, list: 'idle list: machine 0' }),
    ...shard(RIGHT, 1, { low: 3, list: 'idle list: empty, so poll' }),
    ...between(),
    ...machine(LEFT, 0, { runs: 'high', waits: [], ram: { high: 50, low: 0 }, swapped: 0 }),
    ...machine(RIGHT, 1, { runs: 'high', waits: ['low', 'low'], ram: { high: 80, low: 40 }, swapped: 40 }),
    ...legend(),
  ];
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${DESCRIPTION}">`,
    `<style>${STYLE}</style>`,
    PATTERNS,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}" rx="8"/>`,
    ...drawing,
    '</svg>',
  ].join('\n')}\n`;
}

type DecisionType = Decision['type'];
type Price = 'high' | 'low';

const WIDTH = 440;
const HEIGHT = 640;
const LEFT = 10;
const RIGHT = 230;
const COLUMN = 200;
const SHARDS_TOP = 104;
const SHARDS_BOTTOM = 246;
const MACHINES_TOP = 322;
const MACHINES_BOTTOM = 576;

const DESCRIPTION =
  'Functions arrive through a load balancer at two shards. Each shard has a queue for each price class and an idle list. ' +
  'Shards place functions on machines. Each machine has a machine scheduler, which says who runs, and a dispatcher, ' +
  'which moves memory between RAM and swap and keeps the idle lists up to date.';

const STYLE = `
  svg { --ink: #1f2328; --ground: #ffffff; font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; }
  @media (prefers-color-scheme: dark) { svg { --ink: #e6edf3; --ground: #0d1117; } }
  .ground { fill: var(--ground); stroke: var(--ink); stroke-opacity: .25; }
  text { fill: var(--ink); }
  .head { font-weight: 600; }
  .code { font: 12px ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; }
  .middle { text-anchor: middle; }
  .box { fill: none; stroke: var(--ink); stroke-width: 1.5; }
  .part { fill: none; stroke: var(--ink); stroke-opacity: .5; }
  .outside, .news { stroke-dasharray: 4 3; }
  .line { fill: none; stroke: var(--ink); stroke-width: 1.5; }
  .tip { fill: var(--ink); }
  .high { fill: var(--ink); stroke: var(--ink); }
  .low { fill: url(#stripes); stroke: var(--ink); }
  .stripe { stroke: var(--ink); stroke-width: 2; }
`;

const PATTERNS = [
  '<defs>',
  '<pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="stripe" y2="5"/></pattern>',
  '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="tip" d="M0 0 8 4 0 8z"/></marker>',
  '</defs>',
].join('\n');

function arrivals(): string[] {
  return [
    words(WIDTH / 2, 22, 'a function is submitted, with a price class', 'middle'),
    arrow(WIDTH / 2, 28, WIDTH / 2, 44),
    box(150, 46, 140, 26, 'box outside'),
    words(WIDTH / 2, 64, 'load balancer', 'middle'),
    arrow(190, 74, 130, SHARDS_TOP - 2),
    arrow(250, 74, 310, SHARDS_TOP - 2),
  ];
}

/** A shard with so many of the low class in its queue, and what its idle list says. */
function shard(x: number, id: number, { low, list }: { low: number; list: string }): string[] {
  const top = SHARDS_TOP;
  const decisions: DecisionType[] = ['enqueue', 'throttle', 'place'];
  return [
    box(x, top, COLUMN, SHARDS_BOTTOM - top, 'box'),
    words(x + 10, top + 20, `shard ${id}`, 'head'),
    words(x + 10, top + 39, decisions.join('  '), 'code'),
    words(x + 10, top + 66, 'high'),
    ...Array.from({ length: 2 }, (_, place) => token(x + 48 + place * 20, top + 54, 'high')),
    words(x + 10, top + 90, 'low'),
    ...Array.from({ length: low }, (_, place) => token(x + 48 + place * 20, top + 78, 'low')),
    words(x + 140, top + 78, 'queues'),
    box(x + 8, top + 106, COLUMN - 16, 26, 'part'),
    words(x + 16, top + 124, list),
  ];
}

/** What passes between shards and machines: placements down, entries of idle lists up, a poll across. */
function between(): string[] {
  const news: DecisionType[] = ['list', 'relist', 'unlist'];
  const middle = (SHARDS_BOTTOM + MACHINES_TOP) / 2;
  return [
    arrow(LEFT + 20, SHARDS_BOTTOM + 2, LEFT + 20, MACHINES_TOP - 2),
    words(LEFT + 28, middle - 12, decision('place'), 'code'),
    arrow(LEFT + 92, MACHINES_TOP - 2, LEFT + 92, SHARDS_BOTTOM + 2, 'line news'),
    ...news.map((type, line) => words(LEFT + 100, middle - 12 + line * 15, type, 'code')),
    arrow(RIGHT + 20, SHARDS_BOTTOM + 2, LEFT + COLUMN - 20, MACHINES_TOP - 2, 'line news'),
    arrow(RIGHT + 60, SHARDS_BOTTOM + 2, RIGHT + 60, MACHINES_TOP - 2, 'line news'),
    words(RIGHT + 34, middle + 16, 'poll', 'middle'),
    arrow(RIGHT + 120, SHARDS_BOTTOM + 2, RIGHT + 120, MACHINES_TOP - 2),
    words(RIGHT + 128, middle - 12, decision('place'), 'code'),
  ];
}

interface Held {
  readonly runs: Price;
  readonly waits: readonly Price[];
  /** How wide the part of the bar is that each class holds. */
  readonly ram: Readonly<Record<Price, number>>;
  readonly swapped: number;
}

function machine(x: number, id: number, { runs, waits, ram, swapped }: Held): string[] {
  const top = MACHINES_TOP;
  const inner = x + 18;
  const runners: DecisionType[] = ['start', 'preempt'];
  const movers: DecisionType[] = ['allocate', 'pageOut', 'pageIn'];
  return [
    box(x, top, COLUMN, MACHINES_BOTTOM - top, 'box'),
    words(x + 10, top + 20, `machine ${id}`, 'head'),
    box(x + 8, top + 30, COLUMN - 16, 84, 'part'),
    words(inner, top + 48, 'machine scheduler'),
    words(inner, top + 66, runners.join('  '), 'code'),
    words(inner, top + 98, 'core'),
    box(inner + 36, top + 82, 24, 24, 'part'),
    token(inner + 40, top + 86, runs),
    ...(waits.length === 0 ? [] : [words(inner + 72, top + 98, 'ready')]),
    ...waits.map((price, place) => token(inner + 118 + place * 20, top + 86, price)),
    box(x + 8, top + 122, COLUMN - 16, 124, 'part'),
    words(inner, top + 140, 'dispatcher'),
    words(inner, top + 158, movers.join(' '), 'code'),
    words(inner + 100, top + 140, decision('kill'), 'code'),
    words(inner, top + 188, 'RAM'),
    ...bar(inner + 40, top + 174, [
      ['high', ram.high],
      ['low', ram.low],
    ]),
    words(inner, top + 230, 'swap'),
    ...bar(inner + 40, top + 216, [['low', swapped]]),
    ...(swapped === 0
      ? []
      : [
          arrow(inner + 55, top + 194, inner + 55, top + 214),
          arrow(inner + 70, top + 214, inner + 70, top + 194),
        ]),
  ];
}

function legend(): string[] {
  const ends: DecisionType[] = ['complete', 'wake'];
  const y = MACHINES_BOTTOM + 24;
  return [
    token(LEFT + 4, y - 13, 'high'),
    words(LEFT + 26, y, 'high price class'),
    token(LEFT + 154, y - 13, 'low'),
    words(LEFT + 176, y, 'low price class'),
    words(LEFT + 4, y + 24, 'when a function ends:'),
    words(LEFT + 154, y + 24, ends.join('  '), 'code'),
    words(LEFT + 280, y + 24, '(its caller)'),
  ];
}

const BAR = 120;

function bar(x: number, y: number, parts: readonly (readonly [Price, number])[]): string[] {
  let from = x;
  const filled = parts.flatMap(([price, width]) => {
    if (width === 0) return [];
    const part = box(from, y, width, 18, price);
    from += width;
    return [part];
  });
  return [...filled, box(x, y, BAR, 18, 'box')];
}

/** One invocation. */
function token(x: number, y: number, price: Price): string {
  return box(x, y, 16, 16, price);
}

function box(x: number, y: number, width: number, height: number, style: string): string {
  return `<rect class="${style}" x="${x}" y="${y}" width="${width}" height="${height}" rx="2"/>`;
}

function words(x: number, y: number, text: string, style = ''): string {
  return `<text${style === '' ? '' : ` class="${style}"`} x="${x}" y="${y}" xml:space="preserve">${text}</text>`;
}

function arrow(fromX: number, fromY: number, toX: number, toY: number, style = 'line'): string {
  return `<path class="${style}" marker-end="url(#tip)" d="M${fromX} ${fromY} ${toX} ${toY}"/>`;
}

/** The type of a decision, which the compiler checks. */
function decision(type: DecisionType): string {
  return type;
}
