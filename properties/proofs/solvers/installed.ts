import { spawn, spawnSync } from 'node:child_process';
import { type Answer, answerOf, PATIENCE_MS, type Solver } from './solver.ts';

/** A solver that is installed on this machine, as Debian has it. */
export interface Installed {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

export const INSTALLABLE: readonly Installed[] = [
  { name: 'z3', command: 'z3', args: ['-in', `-T:${PATIENCE_MS / 1000}`] },
  { name: 'cvc5', command: 'cvc5', args: ['--lang=smt2', `--tlimit=${PATIENCE_MS}`, '--quiet'] },
];

export function isInstalled({ command }: Installed): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Starts a process for each script. */
export function installed({ name, command, args }: Installed): Solver {
  return { name, ask: (script) => answerFrom(command, args, script), close() {} };
}

function answerFrom(command: string, args: readonly string[], script: string): Promise<Answer> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    const hear = (text: string) => {
      output += text;
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.on('error', ({ message }) => resolve({ kind: 'unknown', why: message }));
    child.on('close', () => resolve(answerOf(output)));
    // One that has ended already does not read on.
    child.stdin.on('error', () => {});
    child.stdin.end(script);
  });
}
