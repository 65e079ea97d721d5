import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '../../model/input-error.ts';
import { isRegularFile } from '../../reference-impl/io/tail.ts';
import { type Goal, objectionToGoals, oneLine } from './goal.ts';

/**
 * Loads a module that exports `goals`.
 *
 * @throws InputError with one line when there is none, it cannot be run, or exports something else.
 */
export async function loadGoals(file: string): Promise<readonly Goal[]> {
  if (!existsSync(file)) throw new InputError(`--goals: ${file}: there is no such file`);
  // A pipe would be waited for inside the system, where no signal is heard.
  if (!isRegularFile(file)) throw new InputError(`--goals: ${file}: is not a regular file; name a module`);
  const { goals } = await moduleAt(file);
  const objection =
    goals === undefined ? 'it exports no goals; `export const goals = […]` does' : objectionToGoals(goals);
  if (objection !== null) throw new InputError(`--goals: ${file}: ${objection}`);
  return goals as readonly Goal[];
}

async function moduleAt(file: string): Promise<{ readonly goals?: unknown }> {
  try {
    return await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    throw new InputError(`--goals: ${file}: cannot be loaded as a module: ${oneLine(error)}`);
  }
}
