import { join } from 'node:path';
import { writeWhole } from '../../reference-impl/process/files.ts';
import { htmlPage } from '../../reference-impl/simulation/page.ts';
import { classesCsv, reportText } from '../../reference-impl/simulation/report.ts';
import type { SimulationReport } from '../../reference-impl/simulation/simulate.ts';

/** Where the outcome goes beside standard output, if anywhere. */
export interface Targets {
  csv?: string | undefined;
  svg?: string | undefined;
  html?: string | undefined;
}

/** @throws FileError when a file cannot be written. */
export function writeReport(report: SimulationReport, { csv, html }: Targets): void {
  if (csv !== undefined) writeAll(csv, new Map([['classes.csv', classesCsv(report)]]));
  if (html !== undefined) {
    const title = report.trace === null ? 'A drawn workload' : report.trace.name;
    writeWhole(html, htmlPage({ title, svgs: [], text: reportText(report) }));
  }
}

export function writeAll(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) writeWhole(join(folder, name), text);
}
