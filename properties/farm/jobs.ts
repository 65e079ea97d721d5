import type { Queue } from 'bullmq';
import type { BlockTask } from '../campaign/block.ts';
import type { Engine } from './engine.ts';
import { BULLMQ_PREFIX, type OpenCampaign, queueName } from './store.ts';
import { jobData } from './wire.ts';

/** The jobs of a campaign, in a queue of BullMQ. */
export class Jobs {
  private readonly campaign: OpenCampaign;
  private readonly queue: Queue;

  constructor(engine: Engine, campaign: OpenCampaign) {
    this.campaign = campaign;
    this.queue = new engine.bullmq.Queue(queueName(campaign), {
      connection: engine.redis,
      prefix: BULLMQ_PREFIX,
      streams: { events: { maxLen: 100 } },
    });
    this.queue.on('error', () => {});
  }

  /** Puts tasks into the queue, each at most once, however often it is put. */
  async put(tasks: readonly BlockTask[]): Promise<void> {
    const { spec } = this.campaign;
    await this.queue.addBulk(
      tasks.map(({ block, count, known }) => ({
        name: spec.scheduler.slice(0, 100),
        data: jobData({ block, count, ...(known === undefined ? {} : { known }) }),
        opts: { jobId: this.idOf(block), attempts: 3, removeOnComplete: true, removeOnFail: false },
      })),
    );
  }

  /**
   * A job that has failed on three workers is not put into the queue again.
   *
   * @throws Error that says why it has.
   */
  async refuseFailed(block: number): Promise<void> {
    const job = await this.queue.getJob(this.idOf(block));
    if (job === undefined || !(await job.isFailed())) return;
    throw new Error(`block ${block} cannot be played: ${job.failedReason}`);
  }

  /** Takes away whatever is left of them. */
  async clear(): Promise<void> {
    await this.queue.obliterate({ force: true });
  }

  private idOf(block: number): string {
    return `${this.campaign.id}-${block}`;
  }
}
