import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { CATALOGUE, STATISTICAL } from '../catalogue.ts';
import { type Collected, collectRecords } from '../records/collect.ts';
import { PACKAGE_ROOT } from '../records/origin.ts';
import type { CounterexampleRecord } from '../records/record.ts';
import { type Desk, jsonOption } from './command.ts';
import { explain, explanationText, listText } from './explanation.ts';

export function declareExplain(program: Command, { out }: Desk): void {
  program
    .command('explain')
    .description('Explains a rule or a property; without an id, lists them.')
    .argument('[id]')
    .option('--counterexamples <dir>', 'directory in which counterexamples are searched')
    .addOption(jsonOption())
    .action((id: string | undefined, { json, counterexamples }: Options) => {
      const recorded = recordedIn(counterexamples);
      const explained =
        id === undefined
          ? [...CATALOGUE, ...STATISTICAL].map((property) => explain(property.id, recorded))
          : explain(id, recorded);
      const isList = Array.isArray(explained);
      const text = isList ? listText(explained) : explanationText(explained);
      // One object in every case.
      out.write(`${json ? JSON.stringify(isList ? { properties: explained } : explained) : text}\n`);
    });
}

interface Options {
  json?: boolean;
  counterexamples?: string;
}

/** Records of a directory; of this project's, and of this package's, when none is named. */
function recordedIn(directory: string | undefined): Collected<CounterexampleRecord>[] {
  if (directory !== undefined) return collectRecords(directory).collected;
  const [here, packaged] = ['counterexamples', join(PACKAGE_ROOT, 'counterexamples')];
  const directories = resolve(here) === packaged ? [here] : [here, packaged];
  return directories.filter((path) => existsSync(path)).flatMap((path) => collectRecords(path).collected);
}
