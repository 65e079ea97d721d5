import type { Command } from 'commander';
import type { Configuration } from '../../model/configuration.ts';
import { InputError } from '../../model/input-error.ts';
import { Judge, type Violation } from '../../model/judge.ts';
import { inFile, readLines } from '../../reference-impl/process/files.ts';
import { findScheduler } from '../../reference-impl/registry.ts';
import { OPTIONS, type RawOptions, readOptions } from '../../reference-impl/simulation/options.ts';
import { reportText } from '../../reference-impl/simulation/report.ts';
import { type Inspector, simulate } from '../../reference-impl/simulation/simulate.ts';
import { type Desk, EXIT, jsonOption, schedulerOption } from './command.ts';
import { verdictText } from './traces.ts';

export function declareSimulate(program: Command, desk: Desk): void {
  const command = program
    .command('simulate')
    .description('Plays a real trace into a scheduler in virtual time, and prints latency by class.')
    .requiredOption(
      '--trace <file>',
      'a trace in the Azure Functions 2021 schema (app,func,end_timestamp,duration)',
    )
    .addOption(schedulerOption())
    .option('--judge', 'judge every step')
    .addOption(jsonOption())
    .action(async (options) => desk.exit(await run(options, desk)));
  for (const [name, { default: value, help }] of Object.entries(OPTIONS)) {
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    command.option(`--${flag} <value>`, help, value);
  }
}

type Options = RawOptions & { trace: string; scheduler: string; judge?: boolean; json?: boolean };

async function run({ trace, scheduler, judge, json, ...raw }: Options, { out }: Desk): Promise<number> {
  const options = readOptions(raw);
  const schedulers = scheduler.split(',').map((name) => findScheduler(name).create());
  const lines: string[] = [];
  for await (const line of readLines(trace)) lines.push(line);
  const benches: JudgesBench[] = [];
  const inspect = (config: Configuration): Inspector => {
    const bench = new JudgesBench(config);
    benches.push(bench);
    return bench;
  };
  try {
    const report = simulate({
      trace: { name: trace, lines },
      options,
      schedulers,
      ...(judge ? { inspect } : {}),
    });
    out.write(`${json ? JSON.stringify(report) : reportText(report)}\n`);
  } catch (error) {
    throw error instanceof InputError ? inFile(trace, error) : error;
  }
  return benches.some(({ violation }) => violation !== null) ? EXIT.violation : EXIT.accepted;
}

/** Judges the steps of a simulation, up to the first that is refused. */
class JudgesBench implements Inspector {
  violation: Violation | null = null;
  private readonly judge: Judge;

  constructor(config: Configuration) {
    this.judge = new Judge(config);
  }

  step({ at, stimulus, decisions }: Parameters<Inspector['step']>[0]): void {
    this.violation ??= this.judge.step(at, stimulus, decisions);
  }

  verdict(): string {
    return verdictText(this.judge.steps, this.violation);
  }
}
