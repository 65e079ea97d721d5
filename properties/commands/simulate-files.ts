import { join } from 'node:path';
import { refuseUnwritable, refuseUnwritableFile, writeWhole } from '../../reference-impl/io/files.ts';
import { htmlPage } from '../../reference-impl/simulation/page.ts';
import { classesCsv, reportText } from '../../reference-impl/simulation/report.ts';
import type { SimulationReport } from '../../reference-impl/simulation/simulate.ts';

/** Where the outcome goes beside standard output, if anywhere. */
export interface Targets {
  csv?: string | undefined;
  svg?: string | undefined;
  html?: string | undefined;
}

/**
 * Looks whether what comes out can be written, before it is played.
 *
 * @throws InputError when it cannot.
 */
export function refuseUnwritableTargets({ csv, svg, html }: Targets): void {
  for (const folder of [csv, svg]) {
    if (folder !== undefined) refuseUnwritable(folder);
  }
  if (html !== undefined) refuseUnwritableFile(html);
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
