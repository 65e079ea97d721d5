import { readFileSync } from 'node:fs';
import { anchorOf } from '../../model/render/markdown.ts';

/** What the other pages say of a rule, so that its own page can put it beside the rule. */

/** A sentence of the paper, in our words, as the map of the paper has it. */
export interface Statement {
  /** The section of the paper. */
  readonly section: string;
  readonly paragraph: string;
  /** As Markdown. */
  readonly says: string;
}

/** A reading of the paper that a rule carries out. */
export interface Reading {
  readonly title: string;
  readonly anchor: string;
  /** What is open and what was chosen, with the scenario that tells the readings apart: as Markdown. */
  readonly text: string;
}

/** The statements of the paper that a rule or property comes from. */
export function statementsOf(id: string, map = readFileSync('docs/paper-map.md', 'utf8')): Statement[] {
  const statements: Statement[] = [];
  let section = '';
  let paragraph = '';
  for (const line of map.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3);
    else if (line.startsWith('### ')) paragraph = line.slice(4);
    else if (line.startsWith('| ') && line.includes(`rules.md#${id})`)) {
      const [says] = line.slice(2).split(' | ');
      statements.push({ section, paragraph, says: says! });
    }
  }
  return statements;
}

/** The readings that name a rule or property. */
export function readingsOf(id: string, page = readFileSync('docs/readings.md', 'utf8')): Reading[] {
  const [, ...parts] = page.split(/^#{2,3} /m);
  return parts
    .filter((part) => part.includes(`rules.md#${id})`))
    .map((part) => {
      const [title, ...lines] = part.split('\n');
      return { title: title!, anchor: anchorOf(title!), text: lines.join('\n').trim() };
    });
}

/** What declares a rule in the module that judges it; null for a property that is judged by more than one thing. */
export function sourceOfRule(id: string, text: string): string | null {
  const lines = text.split('\n');
  const at = lines.indexOf(`  id: '${id}',`);
  if (at < 0) return null;
  const from = lines.findLastIndex((line, index) => index < at && line.startsWith('export const '));
  const to = lines.findIndex((line, index) => index > at && line === '};');
  return from < 0 || to < 0 ? null : lines.slice(from, to + 1).join('\n');
}
