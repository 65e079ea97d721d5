import { describe, expect, test } from 'vitest';
import { InputError } from '../input-error.ts';
import { readScenario, readTrace } from './lines.ts';

const CONFIG = {
  classes: [
    { name: 'background', price: 1 },
    { name: 'standard', price: 2 },
    { name: 'interactive', price: 4 },
  ],
  memoryPrice: 0,
  machines: [{ cores: 1, ram: 300, swap: 200 }],
  shards: 1,
  kMachines: 1,
  kShards: 1,
  initialMemory: 100,
  idle: { enter: 100, leave: 50, memoryDrift: 50, functionsDrift: 2 },
  maxAttempts: 3,
  seed: 7,
  tenants: [{ budget: null }, { budget: 10, period: 1000, burstPercent: 5 }],
};
const BOOT = '{"at":5,"stimulus":{"type":"boot"}}';
const SUBMIT = '{"at":6,"stimulus":{"type":"submit","id":0,"tenant":0,"function":"f","class":0,"shard":0}}';

function header(changes: object = {}, format = 'xx-scenario'): string {
  return JSON.stringify({ format, version: 1, config: { ...CONFIG, ...changes } });
}

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'accepted';
}

const stimulus = (json: string) => [header(), BOOT, `{"at":6,"stimulus":${json}}`];
const config = (changes: object) => [header(changes), BOOT];
const decision = (json: string) => [
  header({}, 'xx-trace'),
  `{"at":5,"stimulus":{"type":"boot"},"decisions":[${json}]}`,
];
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

/** What is wrong, the lines, and the message: all of it, or a pattern. */
// biome-ignore format: a table, a row a line
const SCENARIOS: [string, string[], string | RegExp][] = [
  // JSON, or not
  ['not JSON', ['nonsense'], "line 1: not JSON: JSON value expected but got 'n' (column 1)"],
  ['a comma too many', [header(), '{"at":5,}'], /^line 2: not JSON: quoted object key expected but got '}' \(column 9\)$/],
  ['no quotes around a key', [header(), '{at:5}'], /^line 2: not JSON: quoted object key .* got 'a' \(column 2\)$/],
  ['two values', [header(), `${BOOT}${BOOT}`], /^line 2: not JSON: expected end of input but got '\{' \(column 36\)$/],
  ['truncated in the middle of an object', [header(), BOOT.slice(0, 20)], 'line 2: not JSON: the line ends in the middle of a value, after column 20; it looks truncated'],
  ['truncated in the middle of a string', [header(), BOOT.slice(0, 12)], 'line 2: not JSON: the line ends in the middle of a value, after column 12; it looks truncated'],
  ['NaN', stimulus('{"type":"turn","shard":NaN}'), 'line 3: not JSON: NaN (column 43) is no JSON value'],
  ['Infinity', stimulus('{"type":"turn","shard":-Infinity}'), 'line 3: not JSON: -Infinity (column 43) is no JSON value'],
  ['a control character', [header(), '{"at":5\u0000}'], /^line 2: not JSON: .*\\u0000/],
  ['nested 10,000 deep', [header(), deep(10_000)], /^line 2: nested deeper than 64 levels \(column 65\); nothing/],
  ['nested 65 deep', [header(), deep(65)], /^line 2: nested deeper than 64 levels/],
  ['nested 64 deep', [header(), deep(64)], /^line 2: expected an object with at, stimulus, got \[\[\[/],
  ['nested 10,000 deep, and cut off', ['['.repeat(10_000)], /^line 1: nested deeper than 64 levels/],
  ['2^53 + 1', stimulus('{"type":"finish","id":9007199254740993}'), 'line 3: 9007199254740993 (column 42) is beyond 9007199254740991, the largest integer that is read exactly'],
  ['2^53, which prints as it was read', stimulus('{"type":"finish","id":9007199254740992}'), /is beyond 9007199254740991/],
  ['1e21, likewise', stimulus('{"type":"finish","id":1e+21}'), /^line 3: 1e\+21 \(column 42\) is beyond 9007199254740991/],
  ['1e400', stimulus('{"type":"finish","id":1e400}'), /^line 3: 1e400 \(column 42\) is too large for a number/],
  ['digits that are lost', stimulus('{"type":"finish","id":1.00000000000000000001}'), /would be read as 1; only integers/],
  ['negative zero', stimulus('{"type":"finish","id":-0}'), 'line 3: -0 (column 42) is a negative zero; write 0'],
  ['duplicate keys', [header(), '{"at":5,"at":6}'], 'line 2: the key "at" occurs twice in one object (column 9)'],
  ['duplicate keys, same value', [header(), '{"at":5,"at":5}'], /^line 2: the key "at" occurs twice/],
  ['duplicate keys, same object', [header(), '{"a":{},"\\u0061":{}}'], /^line 2: the key "\\u0061" occurs twice/],
  ['__proto__', [header(), '{"at":5,"__proto__":{}}'], 'line 2: the key "__proto__" (column 9) is not allowed'],
  ['__proto__ in disguise', [header(), '{"\\u005f_proto__":{}}'], /^line 2: the key "__proto__" \(column 2\)/],
  ['constructor', [header(), '{"constructor":{}}'], /^line 2: unknown field "constructor"; expected an object with at, stimulus$/],

  // the header
  ['a header and nothing else', [header()], 'line 1: the scenario ends with its header, so there is nothing to play; line 2 must boot'],
  ['a header and blank lines', [header(), '', ' '], /^line 1: the scenario ends with its header/],
  ['an empty file', [], 'line 1: the file is empty; expected a header {"format":"xx-scenario","version":1,"config":{...}}'],
  ['blank lines only', ['', ' \r', ''], /^line 1: the file is empty/],
  ['a byte order mark', [`\ufeff${header()}`], 'line 1: begins with a byte order mark (U+FEFF); save the file as UTF-8 without one'],
  ['no header', [BOOT], /^line 1: expected the header \{"format":"xx-scenario".*, got a step: is the first line missing\?$/],
  ['a list for a header', ['[1]'], /^line 1: expected the header .*, got \[1\]$/],
  ['a format of somebody else', ['{"format":"yy"}'], 'line 1: format: expected "xx-scenario", got "yy"'],
  ['a trace for a scenario', [header({}, 'xx-trace')], /^line 1: format: this is a trace, and a scenario was expected: `xx judge/],
  ['another version', ['{"format":"xx-scenario","version":2}'], 'line 1: version: expected 1, the only one that this program reads, got 2'],
  ['no version', ['{"format":"xx-scenario"}'], /^line 1: version: .*, got nothing$/],
  ['a version as text', ['{"format":"xx-scenario","version":"1"}'], /^line 1: version: .*, got "1"$/],
  ['no configuration', ['{"format":"xx-scenario","version":1}'], /^line 1: config: expected an object with classes, .*got nothing$/],
  ['an unknown field at the top', [header().replace('{', '{"extra":1,')], 'line 1: unknown field "extra"; expected an object with format, version, config'],

  // the configuration
  ['an unknown field in it', config({ kMachine: 3 }), /^line 1: config: unknown field "kMachine"; expected an object with classes,/],
  ['an unknown field deep inside', config({ machines: [{ cores: 1, ram: 1, swap: 0, gpu: 1 }] }), /^line 1: config\.machines\[0\]: unknown field "gpu"/],
  ['no class', config({ classes: [] }), 'line 1: config.classes: expected at least one price class, got []'],
  ['no machine', config({ machines: [] }), 'line 1: config.machines: expected at least one machine, got []'],
  ['no tenant', config({ tenants: [] }), 'line 1: config.tenants: expected at least one tenant, got []'],
  ['no shard', config({ shards: 0 }), 'line 1: config.shards: expected an integer from 1 to 200000, got 0'],
  ['more shards than memory', config({ shards: 1e12 }), /^line 1: config\.shards: expected .* got 1000000000000$/],
  ['a free class', config({ classes: [{ name: 'a', price: 0 }] }), /^line 1: config\.classes\[0\]\.price: expected an integer from 1/],
  ['equal prices', config({ classes: [{ name: 'a', price: 2 }, { name: 'b', price: 2 }], }), 'line 1: config.classes[1].price: expected more than 2, the price of the class before: cheapest first, got 2'],
  ['prices that fall', config({ classes: [{ name: 'a', price: 2 }, { name: 'b', price: 1 }], }), /cheapest first, got 1$/],
  ['two classes of one name', config({ classes: [{ name: 'a', price: 1 }, { name: 'a', price: 2 }], }), 'line 1: config.classes[1].name: expected a name of its own for each class, got "a"'],
  ['leave above enter', config({ idle: { enter: 1, leave: 2, memoryDrift: 1, functionsDrift: 1 } }), /^line 1: config\.idle\.leave: expected at most 1, which is enter: .*, got 2$/],
  ['a drift of nothing', config({ idle: { ...CONFIG.idle, memoryDrift: 0 } }), /^line 1: config\.idle\.memoryDrift: expected an integer from 1/],
  ['a name of 257 characters', config({ classes: [{ name: 'x'.repeat(257), price: 1 }] }), /^line 1: config\.classes\[0\]\.name: expected a string of at most 256 characters, got "x+\.\.\.$/],
  ['a budget and no period', config({ tenants: [{ budget: 5, burstPercent: 0 }] }), /^line 1: config\.tenants\[0\]\.period: .* got nothing$/],
  ['a budget below zero', config({ tenants: [{ budget: -5 }] }), /^line 1: config\.tenants\[0\]\.budget: expected null or an integer from 0 to \d+, got -5$/],
  ['no budget at all', config({ tenants: [{}] }), /^line 1: config\.tenants\[0\]\.budget: expected null or .*, got nothing$/],
  ['a tenant of somebody else', config({ tenants: [7] }), /^line 1: config\.tenants\[0\]: expected an object with budget, period, burstPercent, got 7$/],
  ['an unlimited tenant with a name', config({ tenants: [{ budget: null, name: 'a' }] }), /^line 1: config\.tenants\[0\]: unknown field "name"/],
  ['words nobody knows', config({ words: ['leases'] }), 'line 1: config.words[0]: expected one of reservations, probes, evictions, refusals, timeouts, got "leases"'],
  ['words twice', config({ words: ['probes', 'timeouts', 'probes'] }), 'line 1: config.words[2]: expected each only once, got "probes"'],
  ['one word that is no list', config({ words: 'probes' }), 'line 1: config.words: expected a list of optional words, got "probes"'],
  ['a fraction', config({ seed: 1.5 }), /^line 1: config\.seed: expected an integer from 0 to \d+, got 1\.5$/],

  // the steps
  ['no boot', [header(), SUBMIT], 'line 2: stimulus.type: expected "boot", the first step, got "submit"'],
  ['a second boot', [header(), BOOT, BOOT], 'line 3: stimulus.type: a second "boot"; only the first step boots'],
  ['time that runs backwards', [header(), BOOT, SUBMIT.replace('6', '4')], 'line 3: at: time runs backwards, from 5 on the line before to 4'],
  ['a blank line in the middle', [header(), '', BOOT], 'line 2: a blank line, but line 3 goes on: only the end may be blank'],
  ['a stimulus nobody knows', stimulus('{"type":"sumbit"}'), /^line 3: stimulus\.type: expected one of boot, submit, .*tick, paged, timeout, got "sumbit"$/],
  ['an optional word that it does not have', stimulus('{"type":"timeout","id":1}'), 'line 3: stimulus.type: timeout is an optional word; add "timeouts" to the words of the configuration'],
  ['an optional word beside others', [header({ words: ['probes'] }), ...stimulus('{"type":"timeout","id":1}').slice(1)], /^line 3: stimulus\.type: timeout is an optional word/],
  ['no stimulus', [header(), '{"at":5}'], 'line 2: stimulus: expected a stimulus: an object with type and its fields, got nothing'],
  ['an unknown field of a step', [header(), BOOT.replace('{', '{"by":1,')], 'line 2: unknown field "by"; expected an object with at, stimulus'],
  ['an unknown field of a stimulus', stimulus('{"type":"tick","ms":1}'), 'line 3: stimulus: unknown field "ms"; expected an object with type'],
  ['decisions in a scenario', [header(), BOOT.replace(/}$/, ',"decisions":[]}')], /^line 2: unknown field "decisions"/],
  ['a negative demand', stimulus('{"type":"resize","id":0,"demand":-3}'), 'line 3: stimulus.demand: expected an integer from 1 to 9007199254740991, got -3'],
  ['a fraction of a MB', stimulus('{"type":"resize","id":0,"demand":1.5}'), /^line 3: stimulus\.demand: expected an integer from 1 to \d+, got 1\.5$/],
  ['text for a number', stimulus('{"type":"resize","id":"0","demand":1}'), /^line 3: stimulus\.id: expected an integer from 0 to \d+, got "0"$/],
  ['null for a number', stimulus('{"type":"turn","shard":null}'), /^line 3: stimulus\.shard: expected an integer .*, got null$/],
  ['a number for a label', [header(), BOOT, SUBMIT.replace('"f"', '7')], /^line 3: stimulus\.function: expected a string of at most 256 characters, got 7$/],
  ['an unknown class', [header(), BOOT, SUBMIT.replace('"class":0', '"class":7')], 'line 3: stimulus.class: there is no class 7; the configuration has 3 classes, 0 to 2'],
  ['an unknown tenant', [header(), BOOT, SUBMIT.replace('"tenant":0', '"tenant":2')], 'line 3: stimulus.tenant: there is no tenant 2; the configuration has 2 tenants, 0 to 1'],
  ['an unknown shard', stimulus('{"type":"turn","shard":1}'), 'line 3: stimulus.shard: there is no shard 1; the configuration has 1 shard, 0'],
  ['a long value with a bell in it', stimulus(`{"type":"${'\\u0007'.repeat(500)}"}`), /got "\\u0007.{0,80}\.\.\.$/],
  // An id that is used twice needs the state to be seen: the scheduler and the judge refuse it, not the door.
  ['an id used twice', [header(), BOOT, SUBMIT, SUBMIT], 'accepted'],

  // what is fine
  ['a label of 256 characters outside the basic plane', config({ classes: [{ name: '𝕏'.repeat(256), price: 1 }] }), 'accepted'],
  ['a tenant without budget and whatever else', config({ tenants: [{ budget: null, period: 0, burstPercent: -1 }] }), 'accepted'],
  ['an integer with a point', stimulus('{"type":"finish","id":1.0}'), 'accepted'],
];

// biome-ignore format: a table, a row a line
const TRACES: [string, string[], string | RegExp][] = [
  ['a scenario for a trace', [header()], /^line 1: format: this is a scenario, and a trace was expected: play it first, as in `xx run FILE \| xx judge -`$/],
  ['a header and nothing else', [header({}, 'xx-trace')], 'line 1: the trace ends with its header, so there is nothing to play; line 2 must boot'],
  ['an empty file', [], /^line 1: the file is empty; expected a header \{"format":"xx-trace"/],
  ['no decisions', [header({}, 'xx-trace'), BOOT], 'line 2: decisions: expected a list of decisions, got nothing'],
  ['a decision nobody knows', decision('{"type":"evince","id":1}'), /^line 2: decisions\[0\]\.type: expected one of enqueue, .*unlist, reserve, .*cancel, got "evince"$/],
  ['no decision', decision('7'), 'line 2: decisions[0]: expected a decision: an object with type and its fields, got 7'],
  ['a placement by nothing', decision('{"type":"place","id":1,"shard":0,"machine":0}'), 'line 2: decisions[0].via: expected one of idle-list, poll, got nothing'],
  ['a poll of nobody', decision('{"type":"place","id":1,"shard":0,"machine":0,"via":"poll"}'), 'line 2: decisions[0].polled: expected a list of indices, got nothing'],
  ['a list that polled', decision('{"type":"place","id":1,"shard":0,"machine":0,"via":"idle-list","polled":[]}'), /^line 2: decisions\[0\]: unknown field "polled"/],
  ['half a bill', decision('{"type":"complete","id":1,"bill":{"cpuMs":1,"mbMs":1.5,"cost":0}}'), /^line 2: decisions\[0\]\.bill\.mbMs: expected an integer .*, got 1\.5$/],
  ['a reason nobody knows', decision('{"type":"kill","id":1,"reason":"oom","bill":{"cpuMs":0,"mbMs":0,"cost":0}}'), 'line 2: decisions[0].reason: expected one of memory, exceeds-machine, attempts, got "oom"'],
  ['yes for true', decision('{"type":"enqueue","id":1,"shard":0,"class":0,"degraded":"yes"}'), 'line 2: decisions[0].degraded: expected true or false, got "yes"'],
  // Whether a decision is right is for the judge to say, whatever it names and whatever its figures.
  ['a class that is not there', decision('{"type":"enqueue","id":1,"shard":9,"class":9,"degraded":false}'), 'accepted'],
  ['a figure below zero', decision('{"type":"relist","machine":0,"shard":0,"available":-1,"functions":0}'), 'accepted'],
];

describe('a scenario is refused with one line that says why', () => {
  test.each(SCENARIOS)('%s', (_what, lines, message) => {
    expectRefusal(
      refusal(() => readScenario(lines)),
      message,
    );
  });
});

describe('a trace is refused with one line that says why', () => {
  test.each(TRACES)('%s', (_what, lines, message) => {
    expectRefusal(
      refusal(() => readTrace(lines)),
      message,
    );
  });
});

function expectRefusal(actual: string, expected: string | RegExp): void {
  if (typeof expected === 'string') expect(actual).toBe(expected);
  else expect(actual).toMatch(expected);
  expect(actual.length).toBeLessThan(300);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be in a message
  expect(actual).not.toMatch(/[\u0000-\u001f\u007f]/);
}
