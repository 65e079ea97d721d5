import { InputError } from '../../model/input-error.ts';
import { type BegunFile, beginFile, refuseUnwritableFile } from '../../reference-impl/io/files.ts';
import { isStandardOutput } from '../../reference-impl/io/standard-output.ts';
import type { RunObserver } from '../campaign/campaign.ts';
import type { PropertyId } from '../catalogue.ts';
import { commandWithoutDirectories } from '../replay/paths.ts';
import type { FuzzOptions } from './options.ts';

/**
 * Checks that observations have a place to go, before anything is run.
 *
 * @param isForPrograms whether standard output is read by a program, which expects one report there.
 * @throws InputError when they have none.
 */
export function refuseObservations(path: string | undefined, isForPrograms: boolean): void {
  if (path === undefined) return;
  if (isForPrograms && isStandardOutput(path)) {
    throw new InputError(
      `--observations: ${path} is where the report goes; name another file, or leave out --json and --reporter`,
    );
  }
  refuseUnwritableFile(path);
}

/** A file of observations, a line a run. It never stops a campaign: the verdict comes first. */
export class ObservationFile implements RunObserver {
  readonly property: string;
  private readonly file: BegunFile;
  private failed: InputError | null = null;
  /** What is written one after the other. */
  private written: Promise<void> = Promise.resolve();
  private readonly leave = (): void => this.discard();

  /** @throws FileError when it cannot be begun. */
  constructor(path: string, property: string) {
    this.property = property;
    this.file = beginFile(path);
    // A second signal ends the process wherever it is.
    process.once('exit', this.leave);
  }

  /** Takes lines, and resolves when they are written, or never will be. */
  onObserved = (lines: readonly string[]): Promise<void> => {
    const text = `${lines.join('\n')}\n`;
    if (lines.length > 0) this.written = this.written.then(() => this.attempt(() => this.file.write(text)));
    return this.written;
  };

  /** Puts the lines in their place. @returns why not all of them are there, if so. */
  async end(): Promise<InputError | null> {
    await this.written;
    await this.attempt(() => this.file.end());
    this.discard();
    return this.failed;
  }

  /** Leaves nothing of it, unless it is there already. */
  discard(): void {
    process.removeListener('exit', this.leave);
    this.file.discard();
  }

  private async attempt(work: () => void | Promise<void>): Promise<void> {
    if (this.failed !== null) return;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.failed = new InputError(`--observations: ${error.message}`);
    }
  }
}

/** What runs put to the test, as a viewer shows it: whose scheduler it is, and what is asked of it. */
export function propertyText(
  { candidate }: Pick<FuzzOptions, 'candidate'>,
  wanted: readonly PropertyId[],
  except: readonly PropertyId[],
): string {
  const scheduler = commandWithoutDirectories(candidate.scheduler);
  if (wanted.length > 0) return `${scheduler}: ${wanted.join(', ')}`;
  return `${scheduler}: ${except.length === 0 ? 'is XX' : `everything but ${except.join(', ')}`}`;
}
