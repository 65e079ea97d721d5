import type { Subject } from '../../../properties/exploration/expanders.ts';
import { type Explored, explored, type Sofar } from '../explore/run/exploring.ts';

/** An exploration in a worker. */

export type ExploreReport =
  | ({ readonly type: 'exploring' } & Sofar)
  | { readonly type: 'explored'; readonly found: Explored }
  | { readonly type: 'failed'; readonly message: string };

let isStopped = false;

addEventListener('message', ({ data }: MessageEvent<Subject | 'stop'>) => {
  if (data === 'stop') {
    isStopped = true;
    return;
  }
  const tell = (report: ExploreReport, transferred: Transferable[] = []): void =>
    postMessage(report, { transfer: transferred });
  explored(
    data,
    (sofar) => tell({ type: 'exploring', ...sofar }),
    () => !isStopped,
  ).then(
    (found) => {
      const { words, parents, ordinals, targets, starts } = found;
      tell(
        { type: 'explored', found },
        [words, parents, ordinals, targets, starts].map(({ buffer }) => buffer),
      );
    },
    (error: unknown) =>
      tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});
