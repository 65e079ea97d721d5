import type { Line, Picture } from '../../reference-impl/simulation/figures/picture.ts';

/** Where the lines of a panel are highest. */
export interface Peak {
  readonly panel: number;
  readonly line: Line;
  /** The point of the line, by index. */
  readonly point: number;
  readonly x: number;
  readonly y: number;
}

/** The highest point of each panel that somebody's doing has led to; the first of several. */
export function peaksOf({ panels }: Picture): Peak[] {
  return panels.flatMap(({ lines, isSum }, panel): Peak[] => {
    if (isSum === true) return [];
    let best: Peak | null = null;
    for (const line of lines) {
      if (line.scheduler === undefined) continue;
      for (const [point, [x, y]] of line.points.entries()) {
        if (y !== null && y > 0 && (best === null || y > best.y)) best = { panel, line, point, x, y };
      }
    }
    return best === null ? [] : [best];
  });
}
