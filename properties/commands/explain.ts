import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { show } from '../../model/format/show.ts';
import { InputError } from '../../model/input-error.ts';
import { printableJson } from '../../model/printable.ts';
import { packageRoot } from '../../reference-impl/io/package-root.ts';
import { CATALOGUE, STATISTICAL } from '../catalogue.ts';
import { type Collected, collectRecords } from '../records/collect.ts';
import type { CounterexampleRecord } from '../records/record.ts';
import { type Desk, jsonOption } from './command.ts';
import {
  explain,
  explanationText,
  listText,
  SCHEDULERS_TOLD,
  schedulersText,
  schedulerText,
} from './explanation.ts';

export function declareExplain(program: Command, { out }: Desk): void {
  program
    .command('explain')
    .argument('[id]', 'of a rule or property; or the name of a scheduler')
    .option('--schedulers', 'list the schedulers instead, also the wrong ones')
    .option('--counterexamples <dir>', 'directory to search for counterexamples')
    .addOption(jsonOption())
    .action((id: string | undefined, { json, counterexamples, schedulers }: Options) => {
      const scheduler = SCHEDULERS_TOLD.find(({ name }) => name === id);
      if (schedulers && id !== undefined) {
        throw new InputError(`--schedulers: lists them all, so it takes no id, got ${show(id)}`);
      }
      if (schedulers) {
        out.write(
          `${json ? JSON.stringify({ schedulers: SCHEDULERS_TOLD }) : schedulersText(SCHEDULERS_TOLD)}\n`,
        );
        return;
      }
      if (scheduler !== undefined) {
        out.write(`${json ? JSON.stringify(scheduler) : schedulerText(scheduler)}\n`);
        return;
      }
      const recorded = recordedIn(counterexamples);
      const explained =
        id === undefined
          ? [...CATALOGUE, ...STATISTICAL].map((property) => explain(property.id, recorded))
          : explain(id, recorded);
      const isList = Array.isArray(explained);
      const text = isList ? listText(explained) : explanationText(explained);
      // One object in every case.
      out.write(`${json ? printableJson(isList ? { properties: explained } : explained) : text}\n`);
    });
}

interface Options {
  json?: boolean;
  schedulers?: boolean;
  counterexamples?: string;
}

/** Records of a directory; of this project's, and of this package's, when none is named. */
function recordedIn(directory: string | undefined): Collected<CounterexampleRecord>[] {
  if (directory !== undefined) return collectRecords(directory).collected;
  const [here, packaged] = ['counterexamples', join(packageRoot(), 'counterexamples')];
  const directories = resolve(here) === packaged ? [here] : [here, packaged];
  return directories.filter((path) => existsSync(path)).flatMap((path) => collectRecords(path).collected);
}
