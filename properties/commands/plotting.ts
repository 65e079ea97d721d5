import { InputError } from '../../model/input-error.ts';
import type { CrowdingReport } from '../../reference-impl/simulation/crowding/report.ts';

/** The modules that draw, once they are loaded. */
export interface Plotting {
  readonly renderSvg: typeof import('../../reference-impl/simulation/figures/charts.ts').renderSvg;
  crowdingSvg(report: CrowdingReport): string;
}

/**
 * The modules that draw: their library is large, most runs draw nothing, and those who never draw need not install it.
 *
 * @throws InputError when it is not installed.
 */
export async function plotting(): Promise<Plotting> {
  try {
    const { renderSvg } = await import('../../reference-impl/simulation/figures/charts.ts');
    const { renderDots } = await import('../../reference-impl/simulation/figures/dot-chart.ts');
    const { crowdingDots, crowdingLines } = await import(
      '../../reference-impl/simulation/crowding/picture.ts'
    );
    return {
      renderSvg,
      crowdingSvg: (report) =>
        report.rows.length > 1 ? renderSvg(crowdingLines(report)) : renderDots(crowdingDots(report)),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new InputError(
      '--svg: pictures are drawn with echarts, which is not installed; npm install echarts@6',
    );
  }
}
