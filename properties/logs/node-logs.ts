import { join } from 'node:path';
import type { Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { refuseUnwritable, writeWhole } from '../../reference-impl/io/files.ts';
import { nodeLogText, splitTrace } from './split.ts';

/** Writes the logs of all nodes of a trace into a folder, once the trace is whole. */
export class NodeLogs {
  private readonly folder: string;
  private config: Configuration | undefined;
  private readonly steps: Step[] = [];

  /** @throws FileError when nothing can be written there. */
  constructor(folder: string) {
    refuseUnwritable(folder);
    this.folder = folder;
  }

  begin(config: Configuration): void {
    this.config = config;
  }

  take(step: Step): void {
    this.steps.push(structuredClone(step));
  }

  /** @throws FileError when a file cannot be written. */
  write(): void {
    for (const log of splitTrace({ config: this.config!, steps: this.steps })) {
      writeWhole(join(this.folder, log.file), nodeLogText(log));
    }
  }
}
