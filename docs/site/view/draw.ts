import { DOING, DOING_NAMES } from '../run/lanes.ts';
import { firstRowBelow } from '../run/rows.ts';
import { stepAt } from '../run/scale.ts';
import { drawMemory, drawMoney } from './areas.ts';
import { drawArrows } from './arrows.ts';
import { classColour } from './colours.ts';
import { drawDisk } from './disks.ts';
import { dots, stripes } from './patterns.ts';
import { AXIS, positionAt, type Sheet, xOf } from './sheet.ts';

/** Draws what is visible, and nothing else: the cost does not grow with the film. */
export function draw(sheet: Sheet): void {
  const { context, colours, rows, width, height, top, gutter, film } = sheet;
  context.clearRect(0, 0, width, height);
  context.font = '11px system-ui, sans-serif';
  context.textBaseline = 'middle';
  const { from, to } = sheet;
  drawBand(sheet, sheet.step, colours.accent, 0.16);
  if (sheet.difference !== null) drawBand(sheet, sheet.difference, colours.differs, 0.22);
  if (sheet.failing !== null) drawBand(sheet, sheet.failing, colours.wrong, 0.2);
  context.save();
  context.beginPath();
  context.rect(0, AXIS, width, height - AXIS);
  context.clip();
  const titles: [text: string, middle: number][] = [];
  for (let index = firstRowBelow(rows, top); index < rows.length; index++) {
    const row = rows[index]!;
    const y = row.y - top + AXIS;
    if (y > height) break;
    if (row.type === 'title') {
      context.fillStyle = colours.line;
      context.fillRect(0, y, width, 1);
      titles.push([row.text, y + row.height / 2 + 2]);
      continue;
    }
    context.save();
    context.beginPath();
    context.rect(gutter, y, width - gutter, row.height);
    context.clip();
    if (row.type === 'bars') drawBars(sheet, row.bars, y, row.height, from, to);
    else if (row.type === 'memory') drawMemory(sheet, film.memory.of(row.machine), y, row.height, from, to);
    else if (row.type === 'disk') drawDisk(sheet, row.machine, y, row.height, from, to);
    else drawMoney(sheet, row.tenant, y, row.height, from, to);
    context.restore();
    context.fillStyle = colours.faint;
    const label = row.type === 'bars' ? row.label : row.type === 'money' ? 'pico-cents' : row.type;
    if (label !== '') context.fillText(label, 8, y + row.height / 2);
  }
  drawArrows(sheet, from, to);
  for (const [text, middle] of titles) drawTitle(sheet, text, middle);
  context.restore();
  drawAxis(sheet);
  drawPointer(sheet);
  // Where both are of one step they stand side by side.
  const apart = sheet.difference === sheet.failing ? 8 : 0;
  if (sheet.difference !== null) drawMark(sheet, sheet.difference, colours.differs, '≠', -apart);
  if (sheet.failing !== null) drawMark(sheet, sheet.failing, colours.wrong, '✗', apart);
}

/** Longer than the room on the left, so that nothing that begins there may cross it. */
function drawTitle({ context, colours }: Sheet, text: string, middle: number): void {
  context.font = '600 11px system-ui, sans-serif';
  context.fillStyle = colours.panel;
  context.fillRect(3, middle - 7, context.measureText(text).width + 6, 14);
  context.fillStyle = colours.ink;
  context.fillText(text, 6, middle);
  context.font = '11px system-ui, sans-serif';
}

function drawBand(sheet: Sheet, step: number, colour: string, alpha: number): void {
  const { context, positions, gutter, height } = sheet;
  const x = Math.max(gutter, xOf(sheet, positions[step] ?? 0));
  const end = xOf(sheet, positions[step + 1] ?? 0);
  if (end < gutter) return;
  context.globalAlpha = alpha;
  context.fillStyle = colour;
  context.fillRect(x, 0, Math.max(2, end - x), height);
  context.globalAlpha = 1;
  context.fillRect(x, 0, 1, height);
}

function drawMark(sheet: Sheet, step: number, colour: string, text: string, aside: number): void {
  const { context, positions, gutter } = sheet;
  const x = (xOf(sheet, positions[step] ?? 0) + xOf(sheet, positions[step + 1] ?? 0)) / 2;
  if (x < gutter) return;
  context.fillStyle = colour;
  context.font = '700 12px system-ui, sans-serif';
  context.textAlign = 'center';
  context.fillText(text, x + aside, 7);
  context.textAlign = 'start';
}

/** Points at the step that is looked at, below the times of the axis. */
function drawPointer(sheet: Sheet): void {
  const { context, colours, positions, gutter, step } = sheet;
  const x = (xOf(sheet, positions[step] ?? 0) + xOf(sheet, positions[step + 1] ?? 0)) / 2;
  if (x < gutter) return;
  context.fillStyle = colours.accent;
  context.beginPath();
  context.moveTo(x - 5, AXIS - 6);
  context.lineTo(x + 5, AXIS - 6);
  context.lineTo(x, AXIS);
  context.fill();
}

function drawAxis(sheet: Sheet): void {
  const { context, colours, positions, film, gutter, width, shown } = sheet;
  context.fillStyle = colours.panel;
  context.fillRect(0, 0, gutter, AXIS);
  context.fillStyle = colours.faint;
  context.fillText('ms', 8, AXIS / 2);
  context.fillStyle = colours.line;
  context.fillRect(0, AXIS - 1, width, 1);
  const { from, to } = sheet;
  let right = gutter - 8;
  let said: number | null = null;
  // One label a time, where there is room for it.
  const stride = Math.max(1, Math.floor((to - from) / (width / 8)));
  for (let step = from; step <= to; step += stride) {
    const { at } = film.recorded[step - 1]?.timed ?? { at: 0 };
    const x = xOf(sheet, positions[step]!);
    if (at === said || (positions[step]! < shown[0] && step !== from)) continue;
    const text = String(at);
    const { width: wide } = context.measureText(text);
    // Within the axis also where a step begins before what is shown, or just before its end.
    const begin = Math.min(Math.max(gutter + 2, x + 2), width - wide - 2);
    if (begin < right) continue;
    context.fillStyle = colours.faint;
    context.fillText(text, begin, AXIS / 2);
    context.fillStyle = colours.line;
    context.fillRect(x, AXIS - 6, 1, 6);
    right = begin + wide + 12;
    said = at;
  }
}

function drawBars(
  sheet: Sheet,
  bars: readonly number[],
  y: number,
  height: number,
  from: number,
  to: number,
): void {
  const { lanes } = sheet.film;
  const { set } = lanes;
  for (let place = set.firstEndingAfter(bars, from); place < bars.length; place++) {
    const bar = bars[place]!;
    if (set.from[bar]! > to) return;
    const x = xOf(sheet, sheet.positions[set.from[bar]!]!);
    const end = xOf(sheet, endOf(sheet, bar));
    if (end - x >= 1.5) {
      drawBar(sheet, bar, x, y + 2, end - x, height - 4);
      continue;
    }
    sheet.context.fillStyle = colourOf(sheet, bar);
    sheet.context.fillRect(x, y + 2, 1, height - 4);
    // What ends before the next pixel would be drawn over this one.
    const next = stepAt(sheet.positions, positionAt(sheet, x + 1));
    place = Math.max(place, set.firstEndingAfter(bars, next) - 1);
  }
}

function endOf({ film, positions }: Sheet, bar: number): number {
  return positions[Math.min(film.lanes.set.to[bar]!, film.recorded.length + 1)]!;
}

function colourOf({ film, colours }: Sheet, bar: number): string {
  return colours.classes[classColour(film.lanes.set.priceClass[bar]!, film.config.classes.length)]!;
}

/**
 * Each way of being looks different without its colour: full, full with a broken edge, hollow, dashed, dotted, striped
 * across, striped along.
 */
function drawBar(sheet: Sheet, bar: number, x: number, y: number, width: number, height: number): void {
  const { context, colours, film } = sheet;
  const { set } = film.lanes;
  const doing = set.doing[bar]!;
  const colour = colourOf(sheet, bar);
  const left = Math.max(x, sheet.gutter - 4);
  const right = Math.min(x + width, sheet.width + 4);
  const [w, isRunning] = [right - left, doing === DOING.running || doing === DOING.lent];
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  if (isRunning) {
    context.fillRect(left, y, Math.max(1, w - 1), height);
    if (doing === DOING.lent) breakEdge(sheet, left, y, w, height);
  } else {
    context.save();
    context.beginPath();
    context.rect(left, y, w - 1, height);
    context.clip();
    context.globalAlpha = doing === DOING.queued ? 0.08 : 0.22;
    context.fillRect(left, y, w, height);
    context.globalAlpha = 1;
    if (doing === DOING.stalled) dots(context, left, y, w, height);
    if (doing === DOING.swapped || doing === DOING.blockedSwapped) stripes(context, left, y, w, height);
    if (doing === DOING.blocked || doing === DOING.blockedSwapped) {
      context.globalAlpha = 0.6;
      for (let line = y + 3; line < y + height; line += 4) context.fillRect(left, line, w, 1);
      context.globalAlpha = 1;
    }
    context.restore();
    context.setLineDash(doing === DOING.queued ? [3, 3] : []);
    context.strokeRect(left + 0.75, y + 0.75, Math.max(0, w - 2.5), height - 1.5);
    context.setLineDash([]);
  }
  if (set.id[bar] === sheet.invocation) {
    context.strokeStyle = colours.ink;
    context.lineWidth = 2;
    context.strokeRect(left + 1, y + 1, Math.max(0, w - 3), height - 2);
  }
  if (w < 14) return;
  label(sheet, bar, left, y, w, height, isRunning);
}

function label(
  sheet: Sheet,
  bar: number,
  x: number,
  y: number,
  w: number,
  h: number,
  isRunning: boolean,
): void {
  const { context, colours, film } = sheet;
  const { set } = film.lanes;
  const id = String(set.id[bar]);
  const doing = set.doing[bar]!;
  const long = `${id} ${set.names[bar]}${doing === DOING.running ? '' : `, ${DOING_NAMES[doing]}`}`;
  const text = [long, `${id} ${set.names[bar]}`, id].find((one) => context.measureText(one).width < w - 8);
  if (text === undefined) return;
  if (!isRunning) {
    // Words must not lie on stripes.
    context.fillStyle = colours.panel;
    context.fillRect(x + 3, y + 2, context.measureText(text).width + 4, h - 4);
  }
  context.fillStyle = isRunning ? colours.onBar : colours.ink;
  context.fillText(text, x + 5, y + h / 2 + 0.5);
}

/** What runs on a core on loan has a lower edge with gaps, as something that may be torn off. */
function breakEdge({ context, colours }: Sheet, x: number, y: number, w: number, h: number): void {
  context.fillStyle = colours.panel;
  for (let gap = x; gap < x + w - 2; gap += 8) context.fillRect(gap, y + h - 4, 4, 4);
}
