import type { Memory } from '../run/lanes.ts';
import { type Sheet, xOf } from './sheet.ts';

/** Areas along the time line: what memory is used for, and what has been spent. */

interface Series {
  readonly steps: readonly number[];
  readonly values: readonly Memory[];
}

/**
 * The memory of a machine: what the antagonist takes, and what invocations have in RAM, with what is beyond RAM in
 * another colour; then what is in swap. A chunk in flight is dotted, and in both. A line for RAM, a fainter one for RAM
 * and swap, and a dashed one for what an antagonist wants and does not have.
 */
export function drawMemory(
  sheet: Sheet,
  { steps, values }: Series,
  y: number,
  height: number,
  from: number,
  to: number,
): void {
  const { context, colours } = sheet;
  let first = lastUpTo(steps, from);
  if (values.length === 0) return;
  first = Math.max(0, first);
  let most = 1;
  for (const { ram, swap, antagonist, resident, inFlight, swapped } of values) {
    // Swap may be many times as large as RAM, which must be seen; the line above it is then out of sight.
    const held = antagonist + resident + 2 * inFlight + swapped;
    most = Math.max(most, ram + Math.min(swap, 2 * ram), held);
  }
  const base = y + height - 2;
  const unit = (height - 6) / most;
  for (let index = first; index < steps.length && steps[index]! <= to; index++) {
    const { ram, swap, antagonist, target, resident, inFlight, swapped } = values[index]!;
    const x = Math.max(sheet.gutter, xOf(sheet, sheet.positions[Math.max(1, steps[index]!)]!));
    const next = steps[index + 1] ?? sheet.film.recorded.length + 1;
    const width = Math.max(1, xOf(sheet, sheet.positions[next]!) - x);
    if (width <= 0) continue;
    const slice = (bottom: number, top: number, colour: string): void => {
      if (top <= bottom) return;
      context.fillStyle = colour;
      context.fillRect(x, base - top * unit, width, (top - bottom) * unit);
    };
    const held = antagonist + resident + inFlight;
    slice(0, Math.min(antagonist, ram), colours.antagonist);
    slice(Math.min(antagonist, ram), Math.min(held, ram), colours.resident);
    slice(ram, held, colours.wrong);
    const swapBase = Math.max(ram, held);
    const stays = swapBase + inFlight;
    slice(swapBase, stays + swapped, colours.swapped);
    hatch(sheet, x, base - (stays + swapped) * unit, width, swapped * unit);
    if (inFlight > 0) {
      dot(sheet, x, base - held * unit, width, inFlight * unit);
      dot(sheet, x, base - stays * unit, width, inFlight * unit);
    }
    if (target > antagonist) {
      context.fillStyle = colours.ink;
      const y = base - Math.min(target, ram) * unit;
      for (let dash = x; dash < x + width; dash += 6) {
        context.fillRect(dash, y, Math.min(3, x + width - dash), 1);
      }
    }
    context.fillStyle = colours.ink;
    context.fillRect(x, base - ram * unit - 0.5, width, 1.5);
    if (swap > 0) {
      context.fillStyle = colours.faint;
      for (let dash = x; dash < x + width; dash += 6) {
        context.fillRect(dash, base - (ram + swap) * unit, Math.min(3, x + width - dash), 1);
      }
    }
  }
}

/** Swap looks different without its colour, too. */
function hatch({ context, colours }: Sheet, x: number, y: number, width: number, height: number): void {
  if (height < 2 || width < 3) return;
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = colours.panel;
  context.lineWidth = 1;
  context.beginPath();
  for (let line = x - height; line < x + width; line += 5) {
    context.moveTo(line, y + height);
    context.lineTo(line + height, y);
  }
  context.stroke();
  context.restore();
}

/** So does what is in flight. */
function dot({ context, colours }: Sheet, x: number, y: number, width: number, height: number): void {
  if (height < 2 || width < 3) return;
  context.fillStyle = colours.panel;
  for (let row = y + 1; row < y + height - 1; row += 4) {
    for (let place = x + 1; place < x + width - 1; place += 4) context.fillRect(place, row, 2, 2);
  }
}

/** What a tenant has spent: an area, a line for the budget, and one for the pace, which begins anew each period. */
export function drawMoney(
  sheet: Sheet,
  tenant: number,
  y: number,
  height: number,
  from: number,
  to: number,
): void {
  const { context, colours, film, positions } = sheet;
  const { budget, period = 1, burstPercent = 0 } = film.config.tenants[tenant]!;
  if (budget === null) return;
  const stride = Math.max(1, Math.floor((to - from) / 800));
  let most = Math.max(1, budget);
  for (let step = from; step <= to; step += stride)
    most = Math.max(most, film.spent[step - 1]?.[tenant] ?? 0);
  const base = y + height - 2;
  const unit = (height - 6) / most;
  // On a slow machine it is drawn before any step has been played.
  const last = Math.min(to, film.recorded.length);
  for (let step = from; step <= last; step += stride) {
    const spent = film.spent[step - 1]?.[tenant] ?? 0;
    const x = xOf(sheet, positions[step]!);
    const width = Math.max(1, xOf(sheet, positions[Math.min(step + stride, positions.length - 1)]!) - x);
    context.fillStyle = spent >= budget ? colours.wrong : colours.resident;
    context.fillRect(x, base - spent * unit, width, spent * unit);
    const at = film.recorded[step - 1]!.timed.at;
    const pace = (budget * (at % period)) / period + (budget * burstPercent) / 100;
    context.fillStyle = colours.ink;
    context.fillRect(x, base - Math.min(most, pace) * unit, width, 1);
  }
  context.fillStyle = colours.faint;
  for (let dash = sheet.gutter; dash < sheet.width; dash += 6)
    context.fillRect(dash, base - budget * unit, 3, 1);
}

/** The last of ascending steps up to one, by its index; -1 when all are later. */
function lastUpTo(steps: readonly number[], step: number): number {
  let low = -1;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (steps[middle]! <= step) low = middle;
    else high = middle - 1;
  }
  return low;
}
