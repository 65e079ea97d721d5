import { type Row, rowsOfBars } from '../run/rows.ts';
import { AXIS, type Sheet, xOf } from './sheet.ts';

/** Of more arrows in view than these, only those of the step and of the chosen invocation are drawn. */
const MOST_ARROWS = 24;

/** Calls, placements and preemptions in view. */
export function drawArrows(sheet: Sheet, from: number, to: number): void {
  const { film, rows, positions, context, colours, top } = sheet;
  const { arrows } = film.lanes;
  let first = 0;
  let end = arrows.length;
  while (first < end) {
    const middle = (first + end) >> 1;
    if (arrows[middle]!.step >= from) end = middle;
    else first = middle + 1;
  }
  let all = 0;
  for (let index = first; index < arrows.length && arrows[index]!.step <= to && all <= MOST_ARROWS; index++)
    all++;
  const { set } = film.lanes;
  const shown = [];
  for (let index = first; index < arrows.length && arrows[index]!.step <= to; index++) {
    const arrow = arrows[index]!;
    const isOfChosen = [set.id[arrow.from], set.id[arrow.to]].includes(sheet.invocation ?? -1);
    if (all <= MOST_ARROWS || arrow.step === sheet.step || isOfChosen) shown.push(arrow);
  }
  const places = rowsOfBars(
    rows,
    shown.flatMap((arrow) => [arrow.from, arrow.to]),
  );
  for (const { step, type, from: tail, to: head } of shown) {
    const [one, other] = [places.get(tail), places.get(head)];
    if (one === undefined || other === undefined) continue;
    const x = xOf(sheet, positions[step]!);
    if (x < sheet.gutter) continue;
    const middleOf = (row: Row): number => row.y - top + AXIS + row.height / 2;
    context.strokeStyle = type === 'call' ? colours.accent : type === 'preempt' ? colours.wrong : colours.ink;
    context.fillStyle = context.strokeStyle;
    context.lineWidth = 1.5;
    if (type === 'preempt') cross(context, x, middleOf(one));
    else curve(context, x, middleOf(one), middleOf(other), type === 'call');
  }
}

function cross(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.moveTo(x, y - 8);
  context.lineTo(x, y + 8);
  context.moveTo(x - 4, y + 3);
  context.lineTo(x, y + 8);
  context.lineTo(x + 4, y + 3);
  context.stroke();
}

function curve(
  context: CanvasRenderingContext2D,
  x: number,
  from: number,
  to: number,
  isDashed: boolean,
): void {
  const bend = Math.min(16, 6 + Math.abs(to - from) / 12);
  context.setLineDash(isDashed ? [4, 3] : []);
  context.beginPath();
  context.moveTo(x, from);
  context.bezierCurveTo(x - bend, from, x - bend, to, x + 1, to);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x + 3, to);
  context.lineTo(x - 3, to - 3.5);
  context.lineTo(x - 3, to + 3.5);
  context.fill();
}
