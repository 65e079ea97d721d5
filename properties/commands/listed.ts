import type { Command } from 'commander';
import type { Desk } from './command.ts';

/** A command as the help lists it. Its module is loaded when somebody asks for it: all together take half a second. */
export interface ListedCommand {
  readonly name: string;
  /** What follows its options, as its module declares it. */
  readonly operands: string;
  readonly description: string;
  /** Loads what declares it. */
  readonly load: () => Promise<(program: Command, desk: Desk) => void>;
}

export const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'fuzz',
    operands: '',
    description: 'Runs a campaign of generated scenarios and judges every step.',
    load: async () => (await import('./fuzz.ts')).declareFuzz,
  },
  {
    name: 'worker',
    operands: '',
    description: 'Plays runs of campaigns that xx fuzz --queue puts into a queue.',
    load: async () => (await import('./worker.ts')).declareWorker,
  },
  {
    name: 'check',
    operands: '',
    description: 'Explores a bounded instance exhaustively and judges every state.',
    load: async () => (await import('./check.ts')).declareCheck,
  },
  {
    name: 'run',
    operands: '<file>',
    description: 'Plays a scenario (a file of JSON lines, or - for standard input) and prints the trace.',
    load: async () => (await import('./run.ts')).declareRun,
  },
  {
    name: 'judge',
    operands: '<file...>',
    description: 'Judges a trace (a file of JSON lines, or - for standard input, while it grows).',
    load: async () => (await import('./judge.ts')).declareJudge,
  },
  {
    name: 'replay',
    operands: '<file...>',
    description: 'Replays counterexamples step by step, and says whether they still fail.',
    load: async () => (await import('./replay.ts')).declareReplay,
  },
  {
    name: 'simulate',
    operands: '[experiment]',
    description: 'Simulates a generated workload, a real trace, or an experiment of the paper.',
    load: async () => (await import('./simulate.ts')).declareSimulate,
  },
  {
    name: 'explain',
    operands: '[id]',
    description: 'Explains a rule or a property; without an id, lists them.',
    load: async () => (await import('./explain.ts')).declareExplain,
  },
  {
    name: 'docs',
    operands: '',
    description: 'Serves the specification as pages, to this computer only, until Ctrl-C.',
    load: async () => (await import('./docs.ts')).declareDocs,
  },
];

/**
 * Declares all commands in their order: whole those that the command line may be about, the others as the help lists
 * them.
 */
export async function declareCommands(program: Command, argv: readonly string[], desk: Desk): Promise<void> {
  for (const { name, operands, description, load } of COMMANDS) {
    // The second word is the name in `xx help fuzz`.
    if (argv.slice(0, 2).includes(name)) {
      (await load())(program, desk);
      program.commands.at(-1)!.description(description);
    } else {
      program
        .command(`${name} ${operands}`)
        .description(description)
        .option('--any', 'stands for its options, so that the help says that it has some');
    }
  }
}
