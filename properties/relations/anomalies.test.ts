import { describe, expect, test } from 'vitest';
import { Judge } from '../../model/judge.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { ANOMALIES, fatesOf, isWorse, scenariosOf } from './anomalies.ts';

describe('an anomaly', () => {
  test.each(ANOMALIES)('$name makes one of the highest class worse off', (anomaly) => {
    expect(fatesOf(anomaly).filter(isWorse)).not.toEqual([]);
  });

  test.each(ANOMALIES)('$name is what the rules permit, and no fault of the reference', (anomaly) => {
    for (const { config, stimuli } of Object.values(scenariosOf(anomaly))) {
      const [judge, scheduler] = [new Judge(config), createXX()];
      scheduler.reset(config);
      for (const { at, stimulus } of stimuli)
        expect(judge.step(at, stimulus, scheduler.step(at, stimulus))).toBeNull();
    }
  });

  test.each(ANOMALIES)('$name needs every one of its functions', (anomaly) => {
    const { before, after } = anomaly;
    for (const { function: label } of after.workload) {
      const without = ({ workload, ...given }: typeof before) => ({
        ...given,
        workload: workload.filter((one) => one.function !== label),
      });
      const smaller = { ...anomaly, before: without(before), after: without(after) };
      expect(fatesOf(smaller).filter(isWorse), `without ${label}`).toEqual([]);
    }
  });

  test('delays the highest class as a whole, if its name says so', () => {
    const sum = (key: 'before' | 'after', anomaly: (typeof ANOMALIES)[number]) =>
      fatesOf(anomaly).reduce((total, fate) => total + fate[key]!, 0);
    const whole = ANOMALIES.filter(({ name }) => name.endsWith('all-together'));
    expect(whole).toHaveLength(1);
    expect(sum('after', whole[0]!)).toBeGreaterThan(sum('before', whole[0]!));
  });
});
