/** Reads exports of the recorded counterexamples with Mermaid and Quint, which are installed in the directory named. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createScheduler } from '../dist/properties/contestants/schedulers.js';
import { collectRecords } from '../dist/properties/records/collect.js';
import { piecesOf } from '../dist/properties/replay/exports/exporter.js';
import { itfExporter } from '../dist/properties/replay/exports/itf.js';
import { mermaidExporter } from '../dist/properties/replay/exports/mermaid.js';
import { replay } from '../dist/properties/replay/play.js';

const required = createRequire(join(process.argv[2], 'package.json'));
const { default: mermaid } = await import(required.resolve('mermaid'));
const { ofItf } = required('@informalsystems/quint/dist/src/itf.js');

let states = 0;
// What campaigns have left in `found` may be of a process, which is not here to be played.
const recorded = collectRecords('counterexamples').collected.filter(({ file }) => !file.includes('found'));
const films = recorded.map(({ file, item }) => {
  const recording = replay(
    { file, scenario: item.scenario, record: item },
    { scheduler: createScheduler(item.scheduler) },
  );
  return { file, scheduler: item.scheduler, recording };
});
for (const film of films) {
  const diagram = [...piecesOf(mermaidExporter, film)].join('');
  assert.equal((await mermaid.parse(diagram)).diagramType, 'sequence', film.file);
  const trace = JSON.parse([...piecesOf(itfExporter, film)].join(''));
  const read = ofItf(trace);
  // A record of names and values in turn.
  const names = read.map(({ args }) => args.filter((_, index) => index % 2 === 0).map(({ value }) => value));
  for (const each of names) assert.deepEqual(each, trace.vars, film.file);
  assert.equal(read.length, trace.states.length, film.file);
  states += read.length;
}

// What is wrong is noticed by them, and not only by us.
await assert.rejects(mermaid.parse('sequenceDiagram\n  C->>C boot\n'), /Parse error/);
assert.throws(() => ofItf({ vars: ['at'], states: [{ at: { '#bigint': 'one' } }] }), /BigInt/);
process.stdout.write(
  `neighbours: ${films.length} diagrams parsed by Mermaid, ${states} states read by Quint\n`,
);
