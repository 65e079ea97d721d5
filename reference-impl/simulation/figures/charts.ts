import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { wrapped } from '../../text.ts';
import type { Line, Panel, Picture } from './picture.ts';

echarts.use([LineChart, GridComponent, LegendComponent, MarkLineComponent, TitleComponent, SVGRenderer]);

const WIDTH = 860;
const PANEL = 180;
/** From a panel to the title of the next. */
const BELOW = 62;
const PANEL_TITLE = 22;
const LEGEND_LINE = 20;
const MARK_LABEL = 16;
const TOP = 44;
const LEFT = 80;
const RIGHT = 40;
const CAPTION_LINE = 17;
const CAPTION_COLUMNS = 132;
const SWATCH = 36;

const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const;
/** Lines of fewer points show them. */
const MANY_POINTS = 20;

/** A picture as SVG: panels below one another, each with its legend, the caption below. Same picture, same text. */
export function renderSvg({ title, caption, xAxis, panels, marks }: Picture): string {
  const captionLines = wrapped(caption, CAPTION_COLUMNS);
  const tops: number[] = [];
  let bottom = TOP;
  for (const { lines } of panels) {
    const above = PANEL_TITLE + legendLines(lines) * LEGEND_LINE + (marks.length > 0 ? MARK_LABEL : 0) + 8;
    tops.push(bottom + above);
    bottom += above + PANEL + BELOW;
  }
  const titleOf = (index: number): number => (index === 0 ? TOP : tops[index - 1]! + PANEL + BELOW);
  const height = bottom + captionLines.length * CAPTION_LINE + 20;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: 'sans-serif' },
    title: [
      { text: title, left: 12, top: 8, textStyle: { fontSize: 15 } },
      ...panels.map((panel, index) => ({
        text: panel.title,
        left: LEFT - 5,
        top: titleOf(index),
        textStyle: { fontSize: 13, fontWeight: 'bold' as const },
      })),
      {
        text: captionLines.join('\n'),
        left: 12,
        top: bottom,
        textStyle: {
          fontSize: 11,
          fontWeight: 'normal' as const,
          lineHeight: CAPTION_LINE,
          color: '#444444',
        },
      },
    ],
    legend: panels.map(({ lines }, index) => ({
      data: lines.map(({ name }) => name),
      top: titleOf(index) + PANEL_TITLE,
      left: LEFT - 5,
      width: WIDTH - LEFT - RIGHT,
      itemWidth: SWATCH,
      // The swatch is the line itself, with its dashes; symbols would hide them.
      itemStyle: { opacity: 0 },
      lineStyle: { width: 'inherit' as const },
      textStyle: { color: '#333333' },
    })),
    grid: tops.map((top) => ({ left: LEFT, width: WIDTH - LEFT - RIGHT, top, height: PANEL })),
    xAxis: panels.map(({ xName }, index) => ({
      ...('values' in xAxis
        ? { type: 'category' as const, data: xAxis.values.map(String), axisTick: { alignWithLabel: true } }
        : { type: 'value' as const, min: xAxis.least, max: xAxis.most }),
      gridIndex: index,
      name: xName,
      nameLocation: 'middle' as const,
      nameGap: 24,
    })),
    yAxis: panels.map((panel, index) => ({
      ...scaleOf(panel),
      gridIndex: index,
      name: panel.yName,
      nameLocation: 'middle' as const,
      nameGap: 48,
    })),
    series: panels.flatMap(({ lines }, panel) =>
      lines.map(({ name, stroke, points }, index) => ({
        type: 'line' as const,
        name,
        xAxisIndex: panel,
        yAxisIndex: panel,
        // Axes span all points, and what reads pictures does not always know how to clip.
        clip: false,
        symbol: SYMBOLS[index % SYMBOLS.length]!,
        symbolSize: 6,
        showSymbol: points.length < MANY_POINTS,
        data: points.map(([x, y]) => ['values' in xAxis ? String(x) : x, y ?? '-']),
        lineStyle: {
          color: stroke.colour,
          width: stroke.width,
          type: stroke.dash.length === 0 ? ('solid' as const) : [...stroke.dash],
        },
        itemStyle: { color: stroke.colour },
        ...(index === 0 && marks.length > 0
          ? {
              markLine: {
                symbol: 'none',
                silent: true,
                label: {
                  formatter: '{b}',
                  position: 'end' as const,
                  align: 'left' as const,
                  color: '#333333',
                },
                lineStyle: { color: '#555555', type: 'solid' as const, width: 1 },
                data: marks.map(({ at, label }) => ({ xAxis: at, name: label })),
              },
            }
          : {}),
      })),
    ),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return portable(svg);
}

/** Octaves are finer than decades, but too many once there are ten. */
const MOST_OF_OCTAVES = 500;

function scaleOf({ isLog, most, lines }: Panel) {
  const values = lines.flatMap(({ points }) => points.flatMap(([, y]) => (y === null ? [] : [y])));
  const greatest = values.reduce((so, value) => Math.max(so, value), 0);
  if (isLog === true) {
    return { type: 'log' as const, logBase: greatest < MOST_OF_OCTAVES ? 2 : 10, min: 1 };
  }
  // Rounding may lift a part of a whole above 1.
  const isWithin = most !== undefined && greatest <= most * (1 + 1e-9);
  return { type: 'value' as const, min: 0, ...(isWithin ? { max: most } : {}) };
}

/** How many lines the names take up, by a guess at their width. */
function legendLines(lines: readonly Line[]): number {
  let count = 1;
  let used = 0;
  for (const { name } of lines) {
    const width = SWATCH + 16 + name.length * 7.5;
    if (used > 0 && used + width > WIDTH - LEFT - RIGHT) {
      count++;
      used = 0;
    }
    used += width;
  }
  return count;
}

/** What the library draws, as every reader of SVG knows it, and the same each time. */
export function portable(svg: string): string {
  // Not every reader of SVG knows the colour `transparent`.
  return `${renumbered(svg).replaceAll('"transparent"', '"none"')}\n`;
}

/** The library numbers what it draws over all pictures of a process; a picture should not know of the others. */
function renumbered(svg: string): string {
  const numbers = new Map<string, number>();
  return svg.replaceAll(/\bzr\d+-[a-z]+-?\d+\b/g, (id) => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return `zr-${number}`;
  });
}
