import { check } from '../../model/format/check.ts';
import { InputError } from '../../model/input-error.ts';
import { FEATURES } from '../campaign/features.ts';
import type { Lead, News } from '../sharing/onwards.ts';
import { Steering } from '../sharing/steering.ts';
import { LONGEST_WAY, type Way } from '../sharing/way.ts';
import { fields, json, whole } from './fields.ts';
import type { OpenCampaign, Store } from './store.ts';
import { scenarioOf, scenarioSchema } from './wire.ts';

/** What a worker knows of the scenarios that are shared in a campaign: those of all others, and what its own runs met. */
export class SharedWays {
  private readonly campaign: OpenCampaign;
  private readonly store: Store;
  private readonly steering: Steering;
  /** How much of the list it has read. */
  private read = 0;

  /** @param seed of its choice among ways: workers differ in it. */
  constructor(campaign: OpenCampaign, store: Store, seed: number) {
    this.campaign = campaign;
    this.store = store;
    this.steering = new Steering(seed);
  }

  /**
   * Reads what others have shared since.
   *
   * @param onBad is told why something there is no way.
   */
  async refresh(onBad: (error: InputError) => void): Promise<void> {
    const texts = await this.store.waysFrom(this.campaign, this.read);
    this.read += texts.length;
    for (const text of texts) {
      try {
        this.steering.take(readWay(text));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        onBad(error);
      }
    }
  }

  lead(starts: number): Lead {
    return this.steering.lead(starts);
  }

  /** Tells the others of what runs have met. What is shared comes back with the list. */
  async tell(news: News): Promise<void> {
    this.steering.note(news);
    for (const way of news.ways) {
      const text = wayText(way);
      if (text.length <= LONGEST_TEXT) await this.store.shareWay(this.campaign, way.feature, text);
    }
  }
}

/** Longer ones are not shared: it is a scenario of at most {@link LONGEST_WAY} steps, of some 80 characters each. */
const LONGEST_TEXT = 400 * LONGEST_WAY;

export function wayText({ feature, scenario }: Way): string {
  return JSON.stringify({ feature, scenario });
}

/** @throws InputError with one line when the text is no way. */
export function readWay(text: string): Way {
  const place = 'a shared scenario in the queue';
  const value = json(text, LONGEST_TEXT, place);
  const { feature, scenario } = check(waySchema, value, place);
  return { feature, scenario: scenarioOf(scenario, (value as Way).scenario, place) };
}

const waySchema = fields({ feature: whole(0, FEATURES - 1), scenario: scenarioSchema });
