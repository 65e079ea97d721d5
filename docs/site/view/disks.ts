import { firstEndingFrom, type Transfer } from '../run/transfers.ts';
import { classColour } from './colours.ts';
import { dots, stripes } from './patterns.ts';
import { type Sheet, xOf } from './sheet.ts';

/**
 * What the disk of a machine moves: out is striped, as what is in swap, in is full, as what is in RAM, and what is
 * nobody's any more is dashed and empty. One that its machine was lost with ends in a cross.
 */
export function drawDisk(
  sheet: Sheet,
  machine: number,
  y: number,
  height: number,
  from: number,
  to: number,
): void {
  const known = sheet.film.transfers?.of(machine) ?? [];
  for (let index = firstEndingFrom(known, from); index < known.length; index++) {
    const transfer = known[index]!;
    if (transfer.from > to) return;
    const dies = Math.min(transfer.nobodysFrom, transfer.to);
    if (dies > transfer.from) drawPart(sheet, transfer, false, transfer.from, dies, y + 2, height - 4);
    if (transfer.to > dies) drawPart(sheet, transfer, true, dies, transfer.to, y + 2, height - 4);
    if (transfer.isLost) drawLoss(sheet, transfer.to, y + height / 2);
  }
}

function placeOf({ film, positions }: Sheet, step: number): number {
  return positions[Math.min(step, film.recorded.length + 1)]!;
}

/** A transfer while it is somebody's, or while it is nobody's. */
function drawPart(
  sheet: Sheet,
  transfer: Transfer,
  isDying: boolean,
  from: number,
  to: number,
  y: number,
  height: number,
): void {
  const { context, colours, film, gutter, width } = sheet;
  const left = Math.max(gutter - 4, xOf(sheet, placeOf(sheet, from)));
  const right = Math.min(width + 4, xOf(sheet, placeOf(sheet, to)));
  const w = Math.max(1, right - left - 1);
  if (right < gutter) return;
  const colour = colours.classes[classColour(transfer.priceClass, film.config.classes.length)]!;
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.save();
  context.beginPath();
  context.rect(left, y, w, height);
  context.clip();
  context.globalAlpha = isDying ? 0 : transfer.way === 'in' ? 1 : 0.22;
  context.fillRect(left, y, w, height);
  context.globalAlpha = 1;
  if (!isDying && transfer.way === 'out') stripes(context, left, y, w, height);
  if (isDying) dots(context, left, y, w, height);
  context.restore();
  context.lineWidth = 1.5;
  context.setLineDash(isDying ? [3, 3] : []);
  context.strokeRect(left + 0.75, y + 0.75, Math.max(0, w - 1.5), height - 1.5);
  context.setLineDash([]);
  if (transfer.id === sheet.invocation) {
    context.strokeStyle = colours.ink;
    context.lineWidth = 2;
    context.strokeRect(left + 1, y + 1, Math.max(0, w - 2), height - 2);
  }
  label(sheet, transfer, isDying, left, y, w, height);
}

function label(
  { context, colours }: Sheet,
  { id, mb, way }: Transfer,
  isDying: boolean,
  x: number,
  y: number,
  w: number,
  h: number,
): void {
  const sign = isDying ? '✗' : way === 'in' ? '↓' : '↑';
  const what = isDying ? 'killed' : way === 'in' ? 'in' : 'out';
  const texts = [`${sign} ${id} ${what}, ${mb} MB`, `${sign}${id}`, sign];
  const text = texts.find((one) => context.measureText(one).width < w - 6);
  if (text === undefined) return;
  const isFull = way === 'in' && !isDying;
  if (!isFull) {
    // Words must not lie on stripes.
    context.fillStyle = colours.panel;
    context.fillRect(x + 2, y + 2, context.measureText(text).width + 4, h - 4);
  }
  context.fillStyle = isFull ? colours.onBar : colours.ink;
  context.fillText(text, x + 4, y + h / 2 + 0.5);
}

function drawLoss(sheet: Sheet, step: number, y: number): void {
  const { context, colours, gutter } = sheet;
  const x = xOf(sheet, placeOf(sheet, step));
  if (x < gutter) return;
  context.strokeStyle = colours.wrong;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x - 4, y - 4);
  context.lineTo(x + 4, y + 4);
  context.moveTo(x + 4, y - 4);
  context.lineTo(x - 4, y + 4);
  context.stroke();
}
