import { counted } from '../../model/counted.ts';
import { printable } from '../../model/printable.ts';
import { escapedForXml } from '../../model/render/xml.ts';
import { notShown } from '../campaign/report.ts';
import type { LostFinding } from '../campaign/summary.ts';
import { propertyOf } from '../catalogue.ts';
import { nextCommands } from './next-commands.ts';
import type { Reported } from './reported.ts';

/** A campaign as JUnit XML: one suite, and one test case for each property. */
export function junitText(reported: Reported): string {
  const { summary, missed } = reported;
  const cases = [
    ...summary.properties.map((property) => caseOf(property, reported)),
    ...summary.coverage.goals.missing.map((name) => goalCase(name, summary)),
    ...(summary.lost ?? []).map(lostCase),
    ...missed.map((sentence) => missedCase(sentence)),
    ...(summary.verdict === 'incomplete' ? [incompleteCase(summary.missingShards)] : []),
    ...(summary.verdict === 'untested' ? [untestedCase(summary)] : []),
  ];
  const shard = summary.shard === null ? '' : `, shard ${summary.shard}`;
  const name = `xx fuzz: ${printable(summary.scheduler)}, seed ${summary.seed}${shard}`;
  const figures = { runs: summary.runs, steps: summary.steps, seed: summary.seed };
  const { without, sharedCorpus } = summary;
  const told = {
    ...figures,
    ...(without.length === 0 ? {} : { without: without.join(' ') }),
    ...(sharedCorpus === true ? { sharedCorpus: 'true' } : {}),
  };
  return suiteText(name, summary.seconds, cases, told);
}

/** A campaign that ended because the scheduler crashed, hung or broke the contract, as JUnit XML. */
export function brokenJunitText(scheduler: string, said: string): string {
  const message = printable(said);
  const body = element('error', { message, type: 'BrokenScheduler' }, escapedForXml(message));
  return suiteText(
    `xx fuzz: ${printable(scheduler)}`,
    0,
    [{ outcome: 'error', text: testcase('contract', 'keeps the contract', body) }],
    {},
  );
}

interface Case {
  readonly outcome: 'passed' | 'failure' | 'skipped' | 'error';
  readonly text: string;
}

function caseOf(
  { id, met, verdict, why }: Reported['summary']['properties'][number],
  { summary, flags }: Reported,
): Case {
  const { kind, sentence } = propertyOf(id);
  const name = `${id}: ${sentence}`;
  if (verdict === 'holds') return { outcome: 'passed', text: testcase(kind, name) };
  if (verdict !== 'violated') {
    const message = `${verdict}: ${why}`;
    return { outcome: 'skipped', text: testcase(kind, name, element('skipped', { message })) };
  }
  const violations = summary.violations.filter(
    ({ property, falls }) => property === id || falls.includes(id),
  );
  const body = violations.map(({ message: said, file, steps }) => {
    const message = printable(said);
    return element(
      'failure',
      { message, type: 'violation' },
      escapedForXml(
        [
          message,
          '',
          `${counted(steps, 'step')}, written to ${printable(file)}`,
          ...nextCommands(file, id, flags),
        ].join('\n'),
      ),
    );
  });
  // Some consumers allow one failure a case, so its text also holds what else was found.
  return {
    outcome: 'failure',
    text: testcase(
      kind,
      name,
      body[0] ?? lostBody(),
      `put to the test ${met === 1 ? 'once' : `${met} times`}`,
    ),
  };
}

/** A goal that was never met. */
function goalCase(name: string, { runs, verdict }: Reported['summary']): Case {
  const message = `never met in ${runs} runs: ${name}`;
  const fails = verdict === 'untested';
  const body = fails
    ? element('failure', { message, type: 'untested' }, escapedForXml(message))
    : element('skipped', { message });
  return { outcome: fails ? 'failure' : 'skipped', text: testcase('goal', name, body) };
}

function lostBody(): string {
  const message = 'a report says so, and the counterexample cannot be read';
  return element('failure', { message, type: 'lost' }, escapedForXml(message));
}

/** What a report says was found, and is not there to be shown. */
function lostCase({ property, file, reason }: LostFinding): Case {
  const message = `${property ?? 'something'} was found violated, and its counterexample cannot be read: ${printable(reason)}`;
  const body = element('failure', { message, type: 'lost' }, escapedForXml(message));
  return { outcome: 'failure', text: testcase('counterexample', printable(file), body) };
}

function missedCase(sentence: string): Case {
  const body = element('failure', { message: sentence, type: 'coverage' }, escapedForXml(sentence));
  return { outcome: 'failure', text: testcase('coverage', sentence.split(':')[0]!, body) };
}

function incompleteCase(missing: readonly number[]): Case {
  const message = `there is no report of shards ${missing.join(', ')}`;
  const body = element('failure', { message, type: 'incomplete' }, escapedForXml(message));
  return { outcome: 'failure', text: testcase('shards', 'all shards have reported', body) };
}

/** Skipped cases fail nothing, and a property that was not shown must not count as shown. */
function untestedCase(summary: Reported['summary']): Case {
  const message = `${notShown(summary)}; allow more runs, or another --size`;
  const body = element('failure', { message, type: 'untested' }, escapedForXml(message));
  return { outcome: 'failure', text: testcase('campaign', 'everything asked for was put to the test', body) };
}

function suiteText(
  name: string,
  seconds: number,
  cases: readonly Case[],
  figures: Readonly<Record<string, number | string>>,
): string {
  const count = (outcome: Case['outcome']): string =>
    String(cases.filter((candidate) => candidate.outcome === outcome).length);
  const totals = {
    name,
    tests: String(cases.length),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: seconds.toFixed(3),
  };
  const properties = Object.entries(figures).map(
    ([key, value]) => `      ${element('property', { name: key, value: String(value) })}`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes(totals)}>`,
    `  <testsuite${attributes(totals)}>`,
    ...(properties.length > 0 ? ['    <properties>', ...properties, '    </properties>'] : []),
    ...cases.map(({ text }) => text),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

function testcase(kind: string, name: string, body?: string, out?: string): string {
  const head = { classname: `xx.${kind}`, name, time: '0' };
  const inner = [
    ...(body === undefined ? [] : [body]),
    ...(out === undefined ? [] : [element('system-out', {}, escapedForXml(out))]),
  ];
  if (inner.length === 0) return `    <testcase${attributes(head)}/>`;
  return [
    `    <testcase${attributes(head)}>`,
    ...inner.map((line) => `      ${line}`),
    '    </testcase>',
  ].join('\n');
}

function element(name: string, values: Readonly<Record<string, string>>, body?: string): string {
  return body === undefined
    ? `<${name}${attributes(values)}/>`
    : `<${name}${attributes(values)}>${body}</${name}>`;
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapedForXml(value).replaceAll('\n', '&#10;')}"`)
    .join('');
}
