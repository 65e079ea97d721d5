import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([LineChart, GridComponent, LegendComponent, MarkLineComponent, TitleComponent, SVGRenderer]);

export interface Line {
  readonly name: string;
  readonly colour: string;
  readonly isDashed?: boolean;
  readonly points: readonly (readonly [x: number, y: number | null])[];
}

export interface Panel {
  readonly title: string;
  /** With its unit. */
  readonly yName: string;
  readonly isLog?: boolean;
  readonly most?: number;
  readonly lines: readonly Line[];
}

export interface Picture {
  readonly title: string;
  readonly caption: string;
  /** With its unit. */
  readonly xName: string;
  readonly panels: readonly Panel[];
  /** Where vertical lines stand, such as where the load changes. */
  readonly marks: readonly number[];
  /** Where the common axis ends. */
  readonly xMost: number;
}

const WIDTH = 860;
const PANEL = 190;
const BETWEEN = 75;
const TOP = 66;
/** Names that fit into one line of the legend. */
const NAMES_A_LINE = 5;
const LEGEND_LINE = 22;
const LEFT = 80;
const CAPTION_LINE = 17;
const CAPTION_COLUMNS = 132;

/** Colours that colour-blind people can tell apart (Okabe and Ito). */
export const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const;

/** A picture as SVG: panels below one another with a common axis, the caption below. Same picture, same text. */
export function renderSvg({ title, caption, xName, xMost, panels, marks }: Picture): string {
  const captionLines = wrap(caption, CAPTION_COLUMNS);
  const names = [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))];
  const top = TOP + (Math.ceil(names.length / NAMES_A_LINE) - 1) * LEGEND_LINE;
  const chartsEnd = top + panels.length * (PANEL + BETWEEN);
  const height = chartsEnd + captionLines.length * CAPTION_LINE + 20;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  const topOf = (index: number): number => top + 24 + index * (PANEL + BETWEEN);
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: 'sans-serif' },
    title: [
      { text: title, left: 12, top: 8, textStyle: { fontSize: 15 } },
      ...panels.map((panel, index) => ({
        text: panel.title,
        left: LEFT,
        top: topOf(index) - 24,
        textStyle: { fontSize: 13, fontWeight: 'bold' as const },
      })),
      {
        text: captionLines.join('\n'),
        left: 12,
        top: chartsEnd,
        textStyle: {
          fontSize: 11,
          fontWeight: 'normal' as const,
          lineHeight: CAPTION_LINE,
          color: '#444444',
        },
      },
    ],
    legend: {
      data: names,
      top: 34,
      left: LEFT,
      width: WIDTH - LEFT - 20,
      icon: 'rect',
      itemWidth: 24,
      itemHeight: 3,
    },
    grid: panels.map((_, index) => ({
      left: LEFT,
      width: WIDTH - LEFT - 40,
      top: topOf(index),
      height: PANEL,
    })),
    xAxis: panels.map((_, index) => ({
      type: 'value' as const,
      gridIndex: index,
      name: xName,
      nameLocation: 'middle' as const,
      nameGap: 24,
      min: 'dataMin' as const,
      max: xMost,
    })),
    yAxis: panels.map(({ yName, isLog, most }, index) => ({
      type: isLog === true ? ('log' as const) : ('value' as const),
      gridIndex: index,
      name: yName,
      nameLocation: 'middle' as const,
      nameGap: 56,
      ...(isLog === true ? {} : { min: 0 }),
      ...(most === undefined ? {} : { max: most }),
    })),
    series: panels.flatMap(({ lines }, panel) =>
      lines.map(({ name, colour, isDashed, points }, index) => ({
        type: 'line' as const,
        name,
        xAxisIndex: panel,
        yAxisIndex: panel,
        showSymbol: points.length < 20,
        data: points.map(([x, y]) => [x, y ?? '-']),
        lineStyle: {
          color: colour,
          width: 1.6,
          type: isDashed === true ? ('dashed' as const) : ('solid' as const),
        },
        itemStyle: { color: colour },
        ...(index === 0 && marks.length > 0
          ? {
              markLine: {
                symbol: 'none',
                silent: true,
                label: { show: false },
                lineStyle: { color: '#c00000', type: 'solid' as const, width: 1 },
                data: marks.map((x) => ({ xAxis: x })),
              },
            }
          : {}),
      })),
    ),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${renumbered(svg)}\n`;
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

function wrap(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
