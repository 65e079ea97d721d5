import { ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { wrapped } from '../../text.ts';
import { portable } from './charts.ts';
import type { Dots } from './picture.ts';

echarts.use([ScatterChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

const WIDTH = 860;
const LEFT = 150;
const RIGHT = 30;
const GAP = 24;
const TOP = 68;
const ROW = 22;
const BELOW = 60;
const CAPTION_LINE = 17;
const CAPTION_COLUMNS = 132;
const INK = '#1a1a1a';

/** Rows of marks as SVG, the panels beside one another. Same dots, same text. */
export function renderDots({ title, caption, rows, xName, panels }: Dots): string {
  const captionLines = wrapped(caption, CAPTION_COLUMNS);
  const gridHeight = rows.length * ROW;
  const height = TOP + gridHeight + BELOW + captionLines.length * CAPTION_LINE + 12;
  const width = (WIDTH - LEFT - RIGHT - GAP * (panels.length - 1)) / panels.length;
  const leftOf = (panel: number): number => LEFT + panel * (width + GAP);
  const greatest = Math.max(
    10,
    ...panels.flatMap(({ series }) => series.flatMap(({ values }) => values.map((value) => value ?? 0))),
  );
  // Never is beyond all that was measured.
  const most = 10 ** Math.ceil(Math.log10(greatest) + 0.1);
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: 'sans-serif' },
    title: [
      { text: title, left: 12, top: 8, textStyle: { fontSize: 15 } },
      ...panels.map((panel, index) => ({
        text: panel.title,
        left: leftOf(index) - 5,
        top: 40,
        textStyle: { fontSize: 13, fontWeight: 'bold' as const },
      })),
      {
        text: captionLines.join('\n'),
        left: 12,
        top: TOP + gridHeight + BELOW,
        textStyle: {
          fontSize: 11,
          fontWeight: 'normal' as const,
          lineHeight: CAPTION_LINE,
          color: '#444444',
        },
      },
    ],
    legend: { data: panels[0]!.series.map(({ name }) => name), right: RIGHT, top: 8 },
    grid: panels.map((_, index) => ({ left: leftOf(index), width, top: TOP, height: gridHeight })),
    xAxis: panels.map((_, index) => ({
      type: 'log' as const,
      min: 1,
      max: most,
      gridIndex: index,
      name: xName,
      nameLocation: 'middle' as const,
      nameGap: 28,
    })),
    yAxis: panels.map((_, index) => ({
      type: 'category' as const,
      data: [...rows],
      inverse: true,
      gridIndex: index,
      axisLabel: { show: index === 0, color: INK, interval: 0 },
      splitLine: { show: true, interval: 0, lineStyle: { color: '#e4e4e4' } },
    })),
    series: panels.flatMap(({ series }, panel) =>
      series.map(({ name, symbol, isFilled, values }) => ({
        type: 'scatter' as const,
        name,
        xAxisIndex: panel,
        yAxisIndex: panel,
        symbol,
        symbolSize: isFilled ? 9 : 11,
        itemStyle: { color: isFilled ? INK : '#ffffff', borderColor: INK, borderWidth: 1.5 },
        clip: false,
        data: values.map((value, row) => [Math.max(1, value ?? most), rows[row]!]),
      })),
    ),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return portable(svg);
}
