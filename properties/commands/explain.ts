import type { Command } from 'commander';
import { CATALOGUE, STATISTICAL } from '../catalogue.ts';
import { explain, explanationText, listText } from '../explain.ts';
import { type Desk, jsonOption } from './command.ts';

export function declareExplain(program: Command, { out }: Desk): void {
  program
    .command('explain')
    .description('Explains a rule or a property; without an id, lists them.')
    .argument('[id]')
    .addOption(jsonOption())
    .action((id: string | undefined, { json }: { json?: boolean }) => {
      const explained =
        id === undefined
          ? [...CATALOGUE, ...STATISTICAL].map((property) => explain(property.id))
          : explain(id);
      const text = Array.isArray(explained) ? listText(explained) : explanationText(explained);
      out.write(`${json ? JSON.stringify(explained) : text}\n`);
    });
}
