import type { PartId } from '../../model/alphabet.ts';
import { printableJson } from '../../model/printable.ts';
import { nowMs } from '../../reference-impl/io/clock.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { walkCheck } from '../exploration/walk.ts';
import { walkText } from '../exploration/walk-report.ts';
import { afterVerdict } from './after-verdict.ts';
import { askedFor, inOptions, type Options } from './check-asked.ts';
import { type Desk, EXIT, interruptedCode, interruptible } from './command.ts';
import { refuseInOutput, refusePage, writePageOfFinding } from './page-option.ts';

/** `xx check --walk`. @returns the exit code. */
export async function walked(
  options: Options & { walk: number },
  without: readonly PartId[],
  { out, err }: Desk,
): Promise<number> {
  const { walk, guide, seed, json, html } = options;
  refusePage(html);
  if (json) refuseInOutput('--html', html);
  const asked = askedFor(options, without);
  const line = progressLine(err);
  let stopped = false;
  const summary = await interruptible((interrupted) =>
    walkCheck(
      { ...asked, walk, guide, seed, out: options.out },
      {
        nowMs,
        interrupted: () => {
          stopped = interrupted();
          return stopped;
        },
        onProgress: (progress) => line.show(`${progress.walked} of ${walk} states, ${progress.states} seen`),
      },
    ).catch((error: unknown) => {
      throw inOptions(error);
    }),
  );
  line.clear();
  out.write(`${json ? printableJson(summary) : walkText(summary)}\n`);
  const [first] = summary.violations;
  if (first?.unwritten !== undefined) err.write(`xx: ${first.unwritten}\n`);
  const code = first !== undefined ? EXIT.violation : stopped ? interruptedCode() : EXIT.accepted;
  if (first?.unwritten !== undefined) return code;
  return afterVerdict(code, { err }, () =>
    writePageOfFinding(html, first?.file, { scheduler: asked.scheduler ?? 'xx' }, [...asked.properties], {
      err,
    }),
  );
}
