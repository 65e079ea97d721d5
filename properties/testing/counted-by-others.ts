/** What three explorers found that were written independently of this project, where paging takes time. */
export interface CountedByOthers {
  /** The instance, as `xx check` is asked for it. */
  readonly args: string;
  readonly states: number;
  /** Levels of the search; the state after `boot` is at depth 1. */
  readonly depth: number;
  /** One for each stimulus; where the model is explored by itself, one for each size of a transfer. */
  readonly edges: number;
  /** The greatest number of transfers that end one after the other until every machine is at rest. */
  readonly longestBurst: number;
}

// biome-ignore format: a table, a row a line
const ROWS: readonly (readonly [args: string, states: number, depth: number, edges: number, longestBurst: number])[] = [
  ['--machines 1 --swap 3 --chunk 1', 3187, 16, 7703, 3],
  ['--machines 1 --swap 3 --max-age 0 --chunk 2 --antagonist 0,1', 8470, 22, 24_727, 4],
  ['--machines 1 --swap 3 --max-age 0 --chunk 2 --antagonist 0,1 --model', 8901, 22, 26_890, 4],
  ['--machines 1 --cores 2 --ram 4 --swap 3 --max-age 0 --chunk 1 --antagonist 0,2', 19_992, 22, 67_064, 5],
  ['--invocations 4 --machines 1 --swap 3 --max-demand 2 --max-age 0 --chunk 1', 9584, 19, 19_824, 3],
  ['--ram 2 --swap 3 --max-demand 2 --max-age 0 --chunk 1', 1232, 14, 2927, 2],
  ['--machines 1 --ram 4 --swap 4 --max-demand 4 --max-age 0 --initial-memory 2 --chunk 2 --shrink --antagonist 0,3', 18_435, 25, 58_054, 4],
  ['--invocations 4 --machines 1 --cores 2 --swap 3 --max-demand 2 --max-age 0 --chunk 2 --antagonist 0,1', 113_212, 23, 402_768, 6],
  ['--invocations 4 --machines 1 --ram 2 --swap 4 --max-demand 2 --max-age 0 --chunk 2 --antagonist 0,1,2', 152_593, 27, 582_690, 4],
  ['--invocations 4 --machines 1 --swap 4 --max-age 0 --chunk 2', 25_755, 25, 53_379, 6],
  ['--invocations 4 --ram 2 --swap 3 --max-demand 2 --max-age 0 --chunk 1', 24_051, 20, 61_901, 4],
  ['--invocations 5 --machines 1 --swap 3 --max-demand 2 --max-age 0 --chunk 1', 96_006, 23, 219_456, 4],
  ['--invocations 4 --machines 1 --cores 2 --ram 4 --swap 4 --max-age 0 --chunk 2 --antagonist 0,2', 673_682, 30, 2_366_564, 8],
];

export const COUNTED_BY_OTHERS: readonly CountedByOthers[] = ROWS.map(
  ([args, states, depth, edges, longestBurst]) => ({ args, states, depth, edges, longestBurst }),
);
