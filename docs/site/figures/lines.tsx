import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { printable } from '../../../model/printable.ts';
import type { PeakLink } from '../../../properties/simulation-page/data.ts';
import { numberText } from '../../../properties/simulation-page/number-text.ts';
import type { Line, Panel, Picture } from '../../../reference-impl/simulation/figures/picture.ts';
import { coloursNow, strokeOf } from './colours.ts';

interface Props {
  readonly panel: Panel;
  readonly picture: Picture;
  readonly peaks: readonly { readonly peak: PeakLink; readonly index: number }[];
}

const HEIGHT = 240;
/** Lines of fewer points show them. */
const MANY_POINTS = 20;
const MOST_LABELS = 10;

/** The lines of a panel, which tell their values where one points, and zoom where one drags. */
export function LinePanel({ panel, picture, peaks }: Props) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    let chart = made(box.current!, panel, picture, peaks);
    const again = (): void => {
      chart.destroy();
      chart = made(box.current!, panel, picture, peaks);
    };
    const sizes = new ResizeObserver(() => {
      const { clientWidth } = box.current!;
      if (clientWidth !== chart.width) chart.setSize({ width: clientWidth, height: HEIGHT });
    });
    sizes.observe(box.current!);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', again);
    return () => {
      sizes.disconnect();
      scheme.removeEventListener('change', again);
      chart.destroy();
    };
  }, [panel, picture, peaks]);
  return (
    <>
      <p class="axis-name">{panel.yName}</p>
      <figure
        ref={box}
        class="chart-area"
        aria-label={`${panel.title}: ${panel.yName}, over ${panel.xName}; the same is in numbers below`}
      />
      <p class="axis-name x">{panel.xName}</p>
      <ul class="names">
        {panel.lines.map((line) => (
          <li key={line.name}>
            <Swatch line={line} /> {printable(line.name)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The line itself, with its dashes. */
function Swatch({ line: { stroke } }: { line: Line }) {
  return (
    <svg class="stroke" width="34" height="10" aria-hidden="true">
      <line
        x1="1"
        y1="5"
        x2="33"
        y2="5"
        style={{ stroke: strokeOf(stroke.colour) }}
        stroke-width={stroke.width}
        stroke-dasharray={stroke.dash.join(' ')}
      />
    </svg>
  );
}

function made(box: HTMLElement, panel: Panel, picture: Picture, peaks: Props['peaks']): uPlot {
  const { xAxis, marks } = picture;
  const { xs, columns } = aligned(panel, xAxis);
  const colours = coloursNow(box);
  const [least, most] = 'values' in xAxis ? [-0.5, xAxis.values.length - 0.5] : [xAxis.least, xAxis.most];
  const greatest = Math.max(panel.most ?? 0, ...columns.flat().map((y) => y ?? 0));
  const top = panel.isLog ? 10 ** Math.max(1, Math.ceil(Math.log10(greatest))) : greatest * 1.05 || 1;
  const xText = (x: number): string => ('values' in xAxis ? String(xAxis.values[x] ?? '') : numberText(x));
  const told = (x: number): string =>
    'values' in xAxis && xAxis.names !== undefined
      ? printable(xAxis.names[x]!)
      : `${panel.xName.split(',')[0]} ${xText(x)}`;
  const axis: uPlot.Axis = {
    stroke: colours.faint,
    grid: { stroke: colours.line, width: 1 },
    ticks: { stroke: colours.line, width: 1 },
    font: '12px system-ui, sans-serif',
  };
  const options: uPlot.Options = {
    ...{ width: box.clientWidth, height: HEIGHT, padding: [14, 12, 0, 0] },
    legend: { show: false },
    cursor: { sync: { key: 'panels' }, points: { size: 7 } },
    scales: {
      x: { time: false, range: (_chart, from, to) => (from === to ? [least, most] : [from, to]) },
      y: panel.isLog ? { distr: 3, log: 10, range: [1, top] } : { range: [0, top] },
    },
    axes: [
      {
        ...axis,
        size: 30,
        ...('values' in xAxis
          ? { splits: () => everyNth(xAxis.values.length), values: (_chart, at) => at.map(xText) }
          : {}),
      },
      {
        ...axis,
        size: 56,
        values: (_chart, at) => at.map((y) => (y === null ? '' : numberText(y))),
      },
    ],
    series: [
      {},
      ...panel.lines.map(({ name, stroke, points }) => ({
        label: name,
        stroke: colours.strokeOf(stroke.colour),
        width: stroke.width,
        dash: [...stroke.dash],
        points: { show: points.length < MANY_POINTS, size: 6 },
        spanGaps: false,
      })),
    ],
    hooks: {
      init: [
        (chart) => {
          chart.over.append(...peaks.map(({ peak, index }) => linkOf(peak, index)));
          chart.over.append(tooltip());
        },
      ],
      setCursor: [(chart) => tell(chart, panel, told)],
      draw: [
        (chart) => {
          for (const { at, label } of marks) mark(chart, at, label, colours.faint);
          for (const [place, { peak }] of peaks.entries()) {
            const link = chart.over.querySelectorAll<HTMLElement>('.peak')[place]!;
            const x = 'values' in xAxis ? xAxis.values.indexOf(peak.x) : peak.x;
            const { min = least, max = most } = chart.scales.x!;
            link.hidden = x < min! || x > max!;
            link.style.left = `${chart.valToPos(x, 'x')}px`;
            link.style.top = `${chart.valToPos(Math.max(peak.y ?? 0, panel.isLog ? 1 : 0), 'y')}px`;
          }
        },
      ],
    },
  };
  const chart = new uPlot(options, [xs, ...columns], box);
  chart.setScale('x', { min: least, max: most });
  // What is shown at first comes again, and not only what has points.
  chart.over.addEventListener('dblclick', () => chart.setScale('x', { min: least, max: most }));
  return chart;
}

/** All places of all lines in order, and what each line has there. */
function aligned({ lines }: Panel, xAxis: Picture['xAxis']): { xs: number[]; columns: (number | null)[][] } {
  const placeOf = (x: number): number => ('values' in xAxis ? xAxis.values.indexOf(x) : x);
  const xs = [...new Set(lines.flatMap(({ points }) => points.map(([x]) => placeOf(x))))].sort(
    (a, b) => a - b,
  );
  const columns = lines.map(({ points }) => {
    const known = new Map(points.map(([x, y]) => [placeOf(x), y]));
    return xs.map((x) => known.get(x) ?? null);
  });
  return { xs, columns };
}

/** Places by number, so many that their labels do not run into one another. */
function everyNth(count: number): number[] {
  const apart = Math.ceil(count / MOST_LABELS);
  return Array.from({ length: Math.ceil(count / apart) }, (_, index) => index * apart);
}

function linkOf({ words }: PeakLink, index: number): HTMLElement {
  const link = document.createElement('a');
  link.className = 'peak';
  link.href = `#stretch=${index}`;
  link.title = `${words} Replay this stretch`;
  link.textContent = '▶';
  // The same link stands below, in words, for those who go by keys.
  link.tabIndex = -1;
  link.ariaHidden = 'true';
  for (const type of ['mousedown', 'mouseup', 'dblclick']) {
    link.addEventListener(type, (event) => event.stopPropagation());
  }
  return link;
}

function tooltip(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'tooltip';
  element.hidden = true;
  return element;
}

/** Tells the values of all lines where one points. */
function tell(chart: uPlot, panel: Panel, told: (x: number) => string): void {
  const element = chart.over.querySelector<HTMLElement>('.tooltip')!;
  const { idx, left = -1 } = chart.cursor;
  element.hidden = idx === null || idx === undefined || left < 0;
  if (element.hidden) return;
  const head = document.createElement('strong');
  head.textContent = told(chart.data[0][idx!]!);
  const rows = panel.lines.map(({ name, stroke }, index) => {
    const row = document.createElement('div');
    const swatch = document.createElement('i');
    swatch.style.background = strokeOf(stroke.colour);
    const value = chart.data[index + 1]![idx!];
    row.append(
      swatch,
      `${printable(name)}: ${value === null || value === undefined ? 'nothing' : numberText(value)}`,
    );
    return row;
  });
  element.replaceChildren(head, ...rows);
  const { clientWidth } = chart.over;
  const isRight = left > clientWidth / 2;
  element.style.left = isRight ? 'auto' : `${left + 14}px`;
  element.style.right = isRight ? `${clientWidth - left + 14}px` : 'auto';
}

/** A line from top to bottom, and what it says. */
function mark(chart: uPlot, at: number, label: string, colour: string): void {
  const { ctx, bbox } = chart;
  const { min, max } = chart.scales.x!;
  if (at < min! || at > max!) return;
  const x = Math.round(chart.valToPos(at, 'x', true));
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.setLineDash([2, 3]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  ctx.fillText(label, x + 2, bbox.top - 1);
  ctx.restore();
}
