import { Writable } from 'node:stream';
import type { Streams } from '../../reference-impl/io/output.ts';

/** What a command printed, and its exit code. */
export interface Answer {
  code: number;
  out: string;
  err: string;
}

/** Runs a command line in this process, as tests want it: without a terminal. */
export async function ask(
  main: (argv: readonly string[], streams: Streams) => Promise<number>,
  ...argv: string[]
): Promise<Answer> {
  const out = new Collector();
  const err = new Collector();
  const code = await main(argv, { out, err });
  return { code, out: out.text, err: err.text };
}

class Collector extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
