import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { scenarioText } from '../../model/format/write.ts';
import { main } from '../commands/main.ts';
import { ask } from '../testing/command-line.ts';
import { IN_FLIGHT, STEP } from '../testing/in-flight.ts';

/** What a replay shows of paging that takes time, in each of its forms. */

const home = mkdtempSync(join(tmpdir(), 'xx-in-flight-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const file = join(home, 'in-flight.scenario.jsonl');
writeFileSync(file, scenarioText(IN_FLIGHT));

async function shown(step: number): Promise<string> {
  const { out } = await ask(main, 'replay', file, '--from', String(step), '--to', String(step));
  return out;
}

async function written(format: string): Promise<string> {
  const path = join(home, `in-flight.${format}`);
  expect((await ask(main, 'replay', file, `--${format}`, path)).code).toBe(0);
  return readFileSync(path, 'utf8');
}

describe('in a terminal', () => {
  test('a chunk in flight is held in RAM and in swap, and the disk says whose it is', async () => {
    const out = await shown(STEP.lends);
    expect(out).toContain('RAM [████████▓▓] 4/4 MB  swap [▓▓········] 1/6 MB');
    expect(out).toContain('disk ↑ 1 MB of 0 to swap (▓ in RAM and in swap)');
    expect(await shown(STEP.pagesIn)).toContain('disk ↓ 1 MB of 2 to RAM');
    expect(await shown(STEP.ownerDies)).toContain('disk ✗ 1 MB of one that was killed');
    expect(await shown(STEP.takesBack)).not.toContain('disk');
  });

  test('who waits for memory and who has a core on loan are told from the others', async () => {
    const out = (await shown(STEP.lends)).replace(/\s+/g, ' ');
    expect(out).toContain('1/1 core runs 1 (mail, mid, 2 MB, on loan)');
    expect(out).toContain('ready 0 (report, low, 1 of 2 MB, 1 in flight)');
    expect(out).toContain('waiting for memory 2 (page, high, 0 of 1 MB, 1 asked for)');
    expect((await shown(STEP.takesBack)).replace(/\s+/g, ' ')).not.toMatch(/on loan|waiting for memory/);
  });

  test('an antagonist that wants more than it has is no fault', async () => {
    const out = await shown(STEP.ownerDies);
    expect(out).toContain('an antagonist wants 2 MB');
    expect(out).not.toContain('too many');
  });

  test('keeps to 80 columns', async () => {
    const { out } = await ask(main, 'replay', file, '--all');
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('in a sequence diagram', () => {
  test('each disk has a line of life, along which it works from the start of a transfer to its end', async () => {
    const lines = (await written('mermaid')).split('\n').map((line) => line.trim());
    expect(lines).toContain('participant D0 as disk of machine 0');
    const ofDisk = lines.filter((line) => /D0/.test(line) && !line.startsWith('participant'));
    expect(ofDisk.slice(0, 4)).toEqual([
      'M0->>D0: pageOut 0 1 MB',
      'activate D0',
      'D0-->>M0: paged on machine 0',
      'deactivate D0',
    ]);
    expect(ofDisk.slice(-4)).toEqual([
      'M0->>D0: pageIn 1 2 MB',
      'activate D0',
      'Note over D0: lost with its machine',
      'deactivate D0',
    ]);
    let isWorking = false;
    for (const line of ofDisk.filter((one) => one.endsWith('activate D0'))) {
      expect(line).toBe(isWorking ? 'deactivate D0' : 'activate D0');
      isWorking = !isWorking;
    }
    expect(isWorking).toBe(false);
  });

  test('that begins while a disk works says so', async () => {
    const path = join(home, 'later.mermaid');
    await ask(main, 'replay', file, '--mermaid', path, '--from', String(STEP.ownerDies));
    const text = readFileSync(path, 'utf8');
    expect(text.indexOf('activate D0')).toBeLessThan(text.indexOf('deactivate D0'));
    expect(text.indexOf('activate D0')).toBeGreaterThan(0);
  });
});

describe('in a trace for Perfetto', () => {
  test('a track of the disk has a slice for each transfer, and one for what is nobody’s', async () => {
    const { traceEvents } = JSON.parse(await written('perfetto'));
    type Event = { ph: string; name: string; tid: number; args: Record<string, unknown> };
    const track = traceEvents.find(({ name, args }: Event) => name === 'thread_name' && args.name === 'disk');
    const slices = traceEvents.filter(({ ph, tid }: Event) => ph === 'X' && tid === track.tid);
    expect(slices.map(({ name, args }: Event) => [name, args.invocation, args.memoryMb])).toEqual([
      ['out', 0, 1],
      ['out', 0, 1],
      ['dying', undefined, 1],
      ['out', 2, 1],
      ['out', 1, 2],
      ['in', 2, 1],
      ['in', 1, 2],
    ]);
    const counted = traceEvents.filter(({ ph, name }: Event) => ph === 'C' && name === 'RAM (MB)');
    expect(counted.map(({ args }: Event) => args)).toContainEqual({
      resident: 3,
      inFlight: 1,
      antagonist: 0,
    });
  });
});

describe('in an ITF trace', () => {
  type Fields = Record<string, { '#bigint'?: string; tag?: string; value?: unknown }>;
  const states = async (): Promise<
    { machines: { '#map': [unknown, Fields][] }; invocations: { '#map': [unknown, Fields][] } }[]
  > => JSON.parse(await written('itf')).states;

  test('a machine has its transfer, with its owner, its direction and its memory', async () => {
    const all = await states();
    const transferAt = (step: number) => all[step - 1]!.machines['#map'][0]![1].transfer;
    const number = (value: number) => ({ '#bigint': String(value) });
    const none = { tag: 'None', value: { '#tup': [] } };
    expect(transferAt(1)).toEqual(none);
    expect(transferAt(STEP.lends)).toEqual({
      tag: 'Some',
      value: { owner: { tag: 'Some', value: number(0) }, way: 'out', memoryMb: number(1) },
    });
    expect(transferAt(STEP.ownerDies)).toEqual({
      tag: 'Some',
      value: { owner: none, way: 'dying', memoryMb: number(1) },
    });
  });

  test('all memory of an invocation is somewhere, or nowhere yet', async () => {
    let seen = 0;
    for (const { invocations } of await states()) {
      for (const [, one] of invocations['#map']) {
        const of = (name: string): number => Number(one[name]!['#bigint']);
        const sum = of('residentMb') + of('swappedMb') + of('inFlightMb') + of('freshMb');
        expect(sum).toBe(of('demandMb'));
        seen += of('inFlightMb') + of('freshMb');
      }
    }
    expect(seen).toBeGreaterThan(5);
  });
});

test('bills that grow while a chunk is in flight count it: the step before a kill says what it costs', async () => {
  const path = join(home, 'bill.itf');
  await ask(main, 'replay', file, '--itf', path);
  const { states } = JSON.parse(readFileSync(path, 'utf8'));
  const [, killed] = states[STEP.stalls - 1].invocations['#map'][0];
  const { bill } = states[STEP.ownerDies - 1].decisions[0].decision.value;
  const held = Number(killed.residentMb['#bigint']) + Number(killed.inFlightMb['#bigint']);
  expect(held).toBe(1);
  // A ms passes between the two.
  expect(Number(bill.mbMs['#bigint'])).toBe(Number(killed.mbMs['#bigint']) + held);
});
