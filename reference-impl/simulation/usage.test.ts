import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { cluster } from './fixtures/cluster.ts';
import { Usage } from './usage.ts';

test.prop([
  fc.array(fc.record({ forMs: fc.nat({ max: 50 }), cores: fc.nat({ max: 2 }), mb: fc.nat({ max: 800 }) })),
])('utilisation is what was used over what there was, whatever the order of changes', (spans) => {
  const usage = new Usage(cluster(2));
  let nowMs = 0;
  for (const { forMs, cores, mb } of spans) {
    usage.busyCores = cores;
    usage.residentMb = mb;
    nowMs += forMs;
    usage.advance(nowMs);
  }
  const coreMs = spans.reduce((sum, { forMs, cores }) => sum + forMs * cores, 0);
  const mbMs = spans.reduce((sum, { forMs, mb }) => sum + forMs * mb, 0);
  expect(usage.busyCoreMs).toBe(coreMs);
  expect(usage.cpuUtilization).toBeCloseTo(nowMs === 0 ? 0 : coreMs / (2 * nowMs));
  expect(usage.memoryUtilization).toBeCloseTo(nowMs === 0 ? 0 : mbMs / (800 * nowMs));
});

test('a machine counts while it is up, without the memory that an antagonist takes', () => {
  const usage = new Usage(cluster(2));
  usage.busyCores = 1;
  usage.residentMb = 100;
  usage.advance(10); // 2 cores, 800 MB
  usage.note({ type: 'antagonist', machine: 0, memory: 300 });
  usage.advance(20); // 2 cores, 500 MB
  usage.note({ type: 'antagonist', machine: 0, memory: 900 });
  usage.advance(30); // 2 cores, 400 MB
  usage.note({ type: 'drain', machine: 0 });
  usage.note({ type: 'crash', machine: 0 });
  usage.advance(40); // 1 core, 400 MB
  usage.note({ type: 'join', machine: 0, cores: 3, ram: 600, swap: 0 });
  usage.advance(50); // 4 cores, 1000 MB
  expect(usage.cpuUtilization).toBeCloseTo(50 / (10 * (2 + 2 + 2 + 1 + 4)));
  expect(usage.memoryUtilization).toBeCloseTo(5000 / (10 * (800 + 500 + 400 + 400 + 1000)));
});
