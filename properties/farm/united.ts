import { BLOCK, type BlockResult, type BlockTask } from '../campaign/block.ts';
import { endsCampaign, type Prefix, unite } from '../campaign/stretch.ts';
import type { OpenCampaign, Store } from './store.ts';
import { prefixText, readPrefix } from './wire.ts';

/** All that a coordinator has of a campaign: results that are there without a gap, united, and those that wait for others. */
export class United {
  private readonly campaign: OpenCampaign;
  private readonly store: Store;
  /** Results that wait for those before them, by their first run. */
  private readonly arrived = new Map<number, { count: number; block: number; result: BlockResult }>();
  private united: Prefix;
  /** What is united by now and still stands in the store as single results. */
  private singles: number[] = [];
  private savedUpTo: number;

  constructor(campaign: OpenCampaign, store: Store, prefix: Prefix) {
    this.campaign = campaign;
    this.store = store;
    this.united = prefix;
    this.savedUpTo = prefix.upTo;
  }

  get prefix(): Prefix {
    return this.united;
  }

  /** Whether a task is a part of what is united, so that nobody has to play it any more. */
  has({ block, count }: BlockTask): boolean {
    return block * BLOCK + count <= this.united.upTo || endsCampaign(this.united.result);
  }

  /** Takes the result of a task; it is united as soon as there is no gap before it. */
  take({ block, count }: BlockTask, result: BlockResult): void {
    this.arrived.set(block * BLOCK, { count, block, result });
    this.fold();
  }

  /** Keeps what is united, for whoever goes on with it. @param seconds how long the campaign has taken so far. */
  async save(seconds: number): Promise<void> {
    const { united, singles } = this;
    if (united.upTo <= this.savedUpTo) return;
    await this.store.putPrefix(this.campaign, united.upTo, prefixText(united, seconds));
    this.savedUpTo = united.upTo;
    // Only now: whoever does not find a result must find a prefix that has it.
    await this.store.dropResults(this.campaign, singles);
    this.singles = this.singles.slice(singles.length);
  }

  /** Goes on from where another coordinator is, if it is further. @returns its prefix then, null otherwise. */
  async adopt(): Promise<Prefix | null> {
    const text = await this.store.prefixBeyond(this.campaign, this.united.upTo);
    if (text === null) return null;
    const prefix = readPrefix(text);
    // What arrived meanwhile may go further by now.
    if (prefix.upTo <= this.united.upTo) return null;
    this.united = prefix;
    for (const upTo of this.arrived.keys()) if (upTo < prefix.upTo) this.arrived.delete(upTo);
    this.fold();
    return prefix;
  }

  private fold(): void {
    for (;;) {
      const { upTo, result } = this.united;
      const next = this.arrived.get(upTo);
      if (next === undefined || endsCampaign(result)) return;
      this.arrived.delete(upTo);
      this.singles.push(next.block);
      this.united = { upTo: upTo + next.count, result: unite(result, next.result, upTo) };
    }
  }
}
