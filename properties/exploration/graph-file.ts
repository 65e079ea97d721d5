import { canonicalState } from '../../model/explore/canonical.ts';
import type { Expander } from '../../model/explore/expander.ts';
import type { Exploration } from '../../model/explore/search.ts';
import { StateReader } from '../../model/explore/state-reader.ts';
import { InputError } from '../../model/input-error.ts';
import { wordsOfStimulus } from '../../model/words.ts';
import { refuseUnwritableFile, writeWhole } from '../../reference-impl/io/files.ts';
import type { Subject } from './expanders.ts';
import { labelOf } from './state-label.ts';

/**
 * The graph of an exploration as a file, for others to check: JSON lines, one for each state and one for each edge, as
 * docs/exploration.md describes them; or a picture for Graphviz, if its name ends in `.dot`.
 */

/** More states than this make no picture. */
export const MOST_IN_PICTURE = 500;

/** @throws InputError when the file cannot be written. */
export function refuseGraphFile(path: string): void {
  refuseUnwritableFile(path);
}

/** @throws InputError when it cannot be written, or there are too many states for a picture. */
export function writeGraph(
  path: string,
  subject: Subject,
  expander: Expander,
  exploration: Exploration,
): void {
  if (!path.endsWith('.dot')) return writeWhole(path, linesOf(subject, expander, exploration));
  if (exploration.states > MOST_IN_PICTURE) {
    throw new InputError(
      `--graph: ${exploration.states.toLocaleString('en')} states are too many for a picture, which shows up to ${MOST_IN_PICTURE}; give the file another ending, and it has a line for each`,
    );
  }
  writeWhole(path, pictureOf(subject, expander, exploration));
}

function* linesOf(subject: Subject, expander: Expander, exploration: Exploration): Generator<string> {
  const { instance, scheduler } = subject;
  const { states, steps, complete } = exploration;
  yield line({ format: 'xx-graph', version: 1, subject: scheduler ?? 'model', instance, states, complete });
  const { packing } = expander;
  const reader = new StateReader(packing);
  for (let state = 0; state < states; state++) {
    yield line({ state, ...canonicalState(instance, reader.read(exploration.visited, state)) });
    for (const { stimulus, to } of edgesFrom(expander, exploration, state)) {
      yield line({ from: state, to, stimulus });
    }
  }
  yield line({ end: true, states, edges: exploration.edges.targets.length, steps });
}

/** The steps out of a state whose ends are known: all of them, once it was explored from. */
function edgesFrom(expander: Expander, { edges, visited }: Exploration, state: number) {
  const found: { stimulus: ReturnType<typeof stimulusOf>; to: number }[] = [];
  let edge = edges.starts.at(state)!;
  const end = edges.starts.at(state + 1)!;
  if (edge === end) return found;
  expander.expand(visited.blockOf(state), visited.offsetOf(state), (successor) => {
    found.push({ stimulus: stimulusOf(successor), to: edges.targets.at(edge++)! });
    return edge < end;
  });
  return found;
}

function stimulusOf({ stimulus }: Parameters<Parameters<Expander['expand']>[2]>[0]) {
  return stimulus;
}

function* pictureOf(subject: Subject, expander: Expander, exploration: Exploration): Generator<string> {
  const { packing } = expander;
  const reader = new StateReader(packing);
  yield 'digraph exploration {\n  rankdir=LR;\n  node [shape=box, fontname="monospace"];\n';
  for (let state = 0; state < exploration.states; state++) {
    const label = [
      `${state}`,
      ...labelOf(canonicalState(subject.instance, reader.read(exploration.visited, state))),
    ].join('\\l');
    yield `  s${state} [label="${label}\\l"];\n`;
    for (const { stimulus, to } of edgesFrom(expander, exploration, state)) {
      yield `  s${state} -> s${to} [label="${wordsOfStimulus(stimulus).replaceAll('"', "'")}"];\n`;
    }
  }
  yield '}\n';
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
