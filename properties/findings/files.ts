import { readFileSync } from 'node:fs';
import type { Scenario } from '../../model/configuration.ts';
import { readScenario } from '../../model/format/lines.ts';

/** Where the scenario of a finding lies, from the root of the project. */
export function scenarioFile(id: string): string {
  return `counterexamples/findings/${id}.scenario.jsonl`;
}

export function readFinding(id: string): Scenario {
  const lines = readFileSync(scenarioFile(id), 'utf8').split('\n');
  return readScenario(lines.slice(0, -1));
}
