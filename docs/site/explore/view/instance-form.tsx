import { useSignal } from '@preact/signals';
import type { BoundedInstance } from '../../../../model/explore/instance.ts';
import { NumberField, TextField } from '../../playground/view/fields.tsx';
import { MOST_STATES } from '../run/exploring.ts';
import {
  DEFAULT_SUBJECT,
  EXPLORABLE_SCHEDULERS,
  FIELDS,
  fragmentOf,
  PRICES_EXPECTED,
  placeOf,
  pricesOf,
  THE_MODEL,
} from '../run/place.ts';
import type { Walk } from './walk.ts';

/** Another instance, within what a tab can explore. */
export function InstanceForm({ walk }: { walk: Walk }) {
  const { subject } = walk;
  const draft = useSignal<Record<string, number | string | boolean>>({});
  const problems = useSignal<readonly string[]>([]);
  const { instance, scheduler } = subject.value;
  const figureOf = (name: string): number | string | boolean =>
    draft.value[name] ??
    ((name === 'prices' ? String(instance.prices) : instance[name as keyof BoundedInstance]) as number);
  const set = (name: string) => (value: number | string | boolean) => {
    draft.value = { ...draft.value, [name]: value };
  };
  const explore = (): void => {
    const fields = new URLSearchParams(fragmentOf(subject.value, 0));
    for (const [name, value] of Object.entries(draft.value)) fields.set(name, String(value));
    const prices = fields.get('prices');
    const place = placeOf(fields.toString());
    problems.value =
      prices !== null && pricesOf(prices) === null
        ? [PRICES_EXPECTED, ...place.problems.slice(1)]
        : place.problems;
    if (problems.value.length > 0) return;
    draft.value = {};
    walk.problems.value = [];
    walk.explore(place.subject);
  };
  const chosen = String(draft.value.scheduler ?? scheduler ?? THE_MODEL);
  return (
    <details class="card cluster" id="instance">
      <summary>
        <h2>Another instance</h2>
      </summary>
      <p class="faint">
        Up to {MOST_STATES.toLocaleString('en')} states are explored here; <code>xx check</code> takes more.
      </p>
      <label class="field">
        who plays{' '}
        <select
          id="scheduler"
          value={chosen}
          onChange={(event) => set('scheduler')(event.currentTarget.value)}
        >
          <option value={THE_MODEL}>nobody: the model by itself</option>
          {EXPLORABLE_SCHEDULERS.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div class="fields">
        {FIELDS.map(({ name, label }) => (
          <NumberField key={name} id={name} label={label} value={figureOf(name) as number} set={set(name)} />
        ))}
        <TextField id="prices" label="prices" value={String(figureOf('prices'))} set={set('prices')} />
        <label class="field">
          <input
            id="calls"
            type="checkbox"
            checked={figureOf('calls') === true}
            onChange={(event) => set('calls')(event.currentTarget.checked)}
          />{' '}
          functions call others
        </label>
      </div>
      <div aria-live="polite" id="instance-problems">
        {problems.value.map((problem) => (
          <p key={problem} class="violated">
            {problem}
          </p>
        ))}
      </div>
      <div class="buttons">
        <button type="button" id="explore-now" onClick={explore}>
          Explore
        </button>
        <button type="button" id="default" onClick={() => walk.explore(DEFAULT_SUBJECT)}>
          The default instance
        </button>
      </div>
    </details>
  );
}
