/** So long the address waits for the next step, in ms: browsers take only so many changes of it. */
const PAUSE_MS = 200;

/** The address of the page, which follows what is looked at without going anywhere. */
export class AddressBar {
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** Lets it follow, once nobody has gone on for a while. @param fragmentOf what it then leads to. */
  follow(fragmentOf: () => string): void {
    this.stop();
    this.timer = setTimeout(() => this.write(fragmentOf()), PAUSE_MS);
  }

  /** Changes it now. */
  write(fragment: string): void {
    this.stop();
    history.replaceState(null, '', `#${fragment}`);
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
