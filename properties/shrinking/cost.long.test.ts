import { expect, test } from 'vitest';
import { foundIn } from '../teeth/found.ts';
import { counted } from '../testing/counted.ts';
import { shrinkScenario } from './shrink.ts';

test.each(['compares-in-floating-point', 'goes-first-on-waking'])(
  'the search for the shortest scenario asks for a bounded number of steps: %s',
  async (name) => {
    const { scheduler, asked } = counted(name);
    const found = (await foundIn({ scheduler }, []))!;
    const before = asked();
    await shrinkScenario(found.scenario, found.finding, { scheduler });
    // Passes that ask what is decided, and the shorter ways, come on top of what is played.
    expect(asked() - before).toBeLessThan(250_000);
  },
);
