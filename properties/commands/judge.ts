import type { Command } from 'commander';
import type { Step } from '../../model/alphabet.ts';
import { createTraceReader } from '../../model/format/lines.ts';
import { InputError } from '../../model/input-error.ts';
import { printableJson } from '../../model/printable.ts';
import { beginningOf, inFile, readLines } from '../../reference-impl/io/files.ts';
import type { PropertyId } from '../catalogue.ts';
import { leavingOut, partIds } from '../parts.ts';
import { propertyIds } from '../property-ids.ts';
import { looksLikeRecord } from '../records/record.ts';
import { shellPath } from '../shell.ts';
import { afterVerdict } from './after-verdict.ts';
import {
  type Desk,
  interruptedCode,
  interruptible,
  jsonOption,
  propertyOption,
  withoutOption,
} from './command.ts';
import { eachItem, type Lines, type Receiver } from './each-item.ts';
import { addFollowOptions, follow, refuseWithoutFollow } from './follow.ts';
import {
  addLogOptions,
  judgeLog,
  type LogFlags,
  NOTHING_JUDGED,
  peek,
  saysWhatIsLeftOut,
} from './judge-log.ts';
import { judgeNodes, type NodesFlags, skewOption } from './judge-nodes.ts';
import type { MetricsFlags } from './metrics-output.ts';
import { codeOf, ofTraces } from './of-traces.ts';
import { htmlOption, refuseInOutput, refusePage, StepsForPage } from './page-option.ts';
import { TraceVerdict } from './trace-verdict.ts';

/** `xx judge`: a trace, a log that is not whole, the logs of several nodes, or one that grows. */

export function declareJudge(program: Command, desk: Desk): void {
  const command = program
    .command('judge')
    .argument('<file...>', 'a trace; or the logs of all nodes, one file each (docs/logs.md)')
    .addOption(propertyOption())
    .addOption(withoutOption())
    .addOption(htmlOption('the trace').conflicts('follow'));
  addLogOptions(command).addOption(skewOption()).addOption(jsonOption());
  addFollowOptions(command).action(async ([file, ...others], options) => {
    refuseWithoutFollow(options);
    desk.exit(await judgedBy(file, others, options, desk));
  });
}

type JudgeFlags = NodesFlags & MetricsFlags & { readonly follow?: boolean };

/** One file or the logs of several nodes; as it is, or while it grows. */
async function judgedBy(
  file: string,
  others: readonly string[],
  options: JudgeFlags,
  desk: Desk,
): Promise<number> {
  const { follow: isFollowed, skew, unobserved, candidates, property, without = [] } = options;
  const areNodes = others.length > 0 || skew !== undefined;
  if (isFollowed !== true) {
    return areNodes ? judgeNodes([file, ...others], options, desk) : judge(file, options, desk);
  }
  if (areNodes) throw new InputError('--follow: one log is followed, and not those of several nodes');
  for (const [option, isGiven] of [
    ['--unobserved', unobserved.length > 0],
    ['--candidates', candidates !== undefined],
  ] as const) {
    if (isGiven) throw new InputError(`--follow: not of a log that is not whole; leave out ${option}`);
  }
  const properties = ofTraces(propertyIds(property));
  return follow(file, { ...options, properties, without: partIds(without) }, desk);
}

async function judge(file: string, options: LogFlags, desk: Desk): Promise<number> {
  const { html, json, unobserved } = options;
  const properties = ofTraces(propertyIds(options.property));
  refuseRecord(file);
  return interruptible(async (_, stopped) => {
    const { first, lines } = await peek(readLines(file, { stopped }));
    const reading = { lines, stopped };
    if (unobserved.length > 0 || saysWhatIsLeftOut(first)) return judgeLog(file, reading, options, desk);
    refusePage(html, file);
    if (json) refuseInOutput('--html', html);
    return judgeWhole(file, reading, properties, options, desk);
  });
}

async function judgeWhole(
  file: string,
  reading: { lines: Lines; stopped: AbortSignal },
  properties: readonly PropertyId[],
  { json, html, without: names = [] }: LogFlags,
  { out, err }: Desk,
): Promise<number> {
  const without = partIds(names);
  const page = new StepsForPage(html);
  let verdict: TraceVerdict | undefined;
  const receiver: Receiver<Step> = {
    begin(given) {
      const config = leavingOut(given, without);
      verdict = new TraceVerdict(config, properties);
      page.begin(config);
    },
    take(step) {
      page.take(step);
      verdict!.take(step);
      return verdict!.finding === null ? undefined : 'stop';
    },
  };
  const isWhole = await eachItem(file, createTraceReader(), receiver, reading);
  if (verdict === undefined) {
    out.write(`${json ? printableJson(NOTHING_JUDGED) : 'interrupted: nothing was judged'}\n`);
    return interruptedCode();
  }
  verdict.isInterrupted = !isWhole;
  out.write(`${json ? printableJson(verdict.json) : verdict.lines}\n`);
  const { finding } = verdict;
  return afterVerdict(codeOf(finding, isWhole), { err }, () =>
    page.write({ file, scheduler: 'the decisions of the trace' }, properties, finding, { err }),
  );
}

/** @throws InputError when the file is a counterexample, in which there are no decisions. */
function refuseRecord(file: string): void {
  if (!file.endsWith('.json') || !looksLikeRecord(beginningOf(file))) return;
  throw inFile(
    file,
    new InputError(
      `is a counterexample, and has no decisions to judge; type npx xx replay ${shellPath(file)}`,
    ),
  );
}
