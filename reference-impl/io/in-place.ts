import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { codeOf, FileError, nameOf } from './file-error.ts';
import { Patience, stopSign } from './stop-sign.ts';

/**
 * What stands there already and is written to as it is: a pipe, a device, or what the system keeps under `/dev`. Nobody
 * waits inside the system for its reader, where no signal would be heard.
 */
export class InPlace {
  private readonly path: string;
  private readonly descriptor: number;
  private isOpen = true;

  /** Fails when a pipe has no reader. What is written is appended: it may go to a file that is standard output as well. */
  constructor(path: string) {
    const { O_WRONLY, O_APPEND, O_NONBLOCK } = constants;
    this.path = path;
    this.descriptor = openSync(path, O_WRONLY | O_APPEND | O_NONBLOCK);
  }

  /**
   * Writes a text while its reader takes it, and waits while it does not: until a moment after a signal, or after time is
   * up.
   *
   * @throws FileError when the reader has not taken all of it by then.
   */
  async write(text: string): Promise<void> {
    let rest: Buffer = Buffer.from(text);
    const patience = new Patience();
    while (this.isOpen) {
      const left = this.taken(rest);
      if (left.length === 0) return;
      // A signal is obeyed however slowly it is read; a budget leaves time to whoever goes on reading.
      if (left.length < rest.length && stopSign().signal === 0) patience.renew();
      rest = left;
      if (patience.isOver) throw this.notRead('so that the rest is lost');
      await setTimeout(LOOK_EVERY_MS);
    }
  }

  /** Writes a text that its reader takes at once. @throws FileError when it does not. */
  writeNow(text: string): void {
    if (this.taken(Buffer.from(text)).length > 0) throw this.notRead('so that the rest is lost; name a file');
  }

  close(): void {
    if (this.isOpen) closeSync(this.descriptor);
    this.isOpen = false;
  }

  /** Writes as much as is taken at once. @returns the rest. */
  private taken(bytes: Buffer): Buffer {
    let at = 0;
    try {
      while (at < bytes.length) at += writeSync(this.descriptor, bytes, at);
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
    }
    return bytes.subarray(at);
  }

  private notRead(what: string): FileError {
    return new FileError(`${nameOf(this.path)}: is a pipe whose reader has stopped reading, ${what}`);
  }
}

const LOOK_EVERY_MS = 10;
