import { emptyTally, type Tally } from '../../model/coverage.ts';
import { type BatchResult, expandBatch } from '../../model/explore/batch.ts';
import { Column, type SharedNumbers } from '../../model/explore/blocks.ts';
import type { Expander } from '../../model/explore/expander.ts';
import { ExplorationError, type ExplorationProblem } from '../../model/explore/exploration-error.ts';
import { countOvertaking, type Overtaking } from '../../model/explore/overtaking.ts';
import { ReachedStates, type SharedStates } from '../../model/explore/reached-states.ts';
import { edgesOf } from '../../model/explore/search.ts';
import { createExpander, type Subject } from './expanders.ts';
import { askAround } from './near-misses.ts';

/** What a worker is asked to do. The subject stays the same, as a rule. */
export type Task = { readonly subject: Subject } & (
  | { readonly asks: 'successors'; readonly states: Int32Array<ArrayBuffer> }
  | {
      readonly asks: 'overtaking';
      readonly visited: SharedStates;
      readonly targets: SharedNumbers;
      readonly starts: SharedNumbers;
    }
  | { readonly asks: 'near-misses'; readonly visited: SharedStates }
);

/** What it answers, by what was asked. */
export interface Answers {
  successors: BatchResult;
  overtaking: Overtaking;
  /** What they add to the tally. */
  'near-misses': Tally;
}

/** Errors lose their class on the way between threads, so why something cannot be done goes as data. */
export type Answer = Answers[Task['asks']] | { readonly problem: ExplorationProblem };

let known: { readonly subject: string; readonly expander: Expander } | undefined;

/** Does a task, in a thread of its own or in that of the search. */
export default function work(task: Task): Answer {
  try {
    return answer(task);
  } catch (error) {
    if (error instanceof ExplorationError) return { problem: error.problem };
    throw error;
  }
}

function answer(task: Task): Answer {
  const { instance } = task.subject;
  const expander = expanderOf(task.subject);
  switch (task.asks) {
    case 'successors':
      return expandBatch(expander, task.states);
    case 'overtaking': {
      const visited = ReachedStates.of(task.visited);
      const columns = { targets: Column.of(task.targets), starts: Column.of(task.starts) };
      return countOvertaking(expander, { visited, edges: edgesOf(columns, visited.size) }, instance.prices);
    }
    case 'near-misses': {
      const tally = emptyTally(expander.tally.met.length);
      askAround(instance, expander, ReachedStates.of(task.visited), tally);
      return tally;
    }
  }
}

/** As long as the subject is the same, so is the expander. */
function expanderOf(subject: Subject): Expander {
  const text = JSON.stringify(subject);
  if (known?.subject !== text) known = { subject: text, expander: booted(subject) };
  return known.expander;
}

/** States can only be entered once the cluster has booted. */
function booted(subject: Subject): Expander {
  const created = createExpander(subject);
  created.boot(() => false);
  return created;
}
