import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CATALOGUE } from '../catalogue.ts';
import type { ExplorationRecord } from '../pages/explorations.ts';
import { rulesPage } from '../pages/rules-page.ts';
import { readSources } from '../pages/sources.ts';
import { explain, explanationText } from './explanation.ts';

const records: ExplorationRecord[] = JSON.parse(readFileSync('docs/exploration.json', 'utf8'));
const sections = rulesPage(readSources(), records).split('\n### ').slice(1);

test.each(CATALOGUE.map(({ id }) => id))('`xx explain %s` calls it by the kind that the page has', (id) => {
  const section = sections.find((text) => text.startsWith(`\`${id}\`\n`));
  const [, kind] = /^- kind: ([a-z ]+)[;(]/m.exec(section!)!;
  expect(explain(id).kind).toBe(kind!.trim());
  expect(explanationText(explain(id))).toContain(`${id} (${kind!.trim()}, paper section `);
});

test('a rule is called by what it judges, and nothing else is', () => {
  const kinds = (ids: readonly string[]) => new Set(ids.map((id) => explain(id).kind));
  const rules = CATALOGUE.filter(({ id, rules: [first] }) => first === id);
  expect(kinds(rules.map(({ id }) => id))).toEqual(
    new Set(['possibility', 'permission', 'obligation', 'permission and obligation']),
  );
  expect(explain('kill-iff').kind).toBe('permission and obligation');
  expect(explain('place-greatest').kind).toBe('permission');
  expect(explain('budget-bound').kind).toBe('obligation');
  const others = CATALOGUE.filter((property) => !rules.includes(property));
  expect(kinds(others.map(({ id }) => id))).toEqual(new Set(['safety', 'liveness', 'metamorphic']));
});

test('what is proved of a rule or a property is named, and only that', () => {
  expect(explain('disk-priority').lemmas).toEqual(['the-disk-serves-the-highest']);
  expect(explain('grant-to-run').lemmas).toContain('held-on-both-sides');
  expect(explanationText(explain('disk-priority'))).toContain(
    'Proved for any number (docs/proofs.md): the-disk-serves-the-highest.',
  );
  expect(explain('bill-exact').lemmas).toEqual([]);
  expect(explanationText(explain('bill-exact'))).not.toContain('Proved');
  expect(explain('disk-queue').lemmas).toEqual([]);
});

test('a formula stands below its sentence, where there is one', () => {
  const { formula } = explain('lent');
  expect(formula).toHaveLength(1);
  expect(explanationText(explain('lent'))).toContain('F = those that run outside W(m)');
  expect(explain('conservation').formula).toEqual([]);
});
