import { printable } from '../../../../model/printable.ts';

interface FieldProps<Value> {
  readonly id: string;
  readonly label: string;
  readonly value: Value;
  set(value: Value): void;
}

/** A number; what is none is NaN, which the model then refuses in its own words. */
export function NumberField({ id, label, value, set }: FieldProps<number>) {
  return (
    <label class="field">
      {label}{' '}
      <input
        id={id}
        class="number"
        inputMode="numeric"
        value={Number.isNaN(value) ? '' : value}
        onChange={(event) => {
          const text = event.currentTarget.value.trim();
          set(text === '' ? Number.NaN : Number(text));
        }}
      />
    </label>
  );
}

export function TextField({ id, label, value, set }: FieldProps<string>) {
  return (
    <label class="field">
      {label}{' '}
      <input
        id={id}
        class="text"
        maxLength={256}
        value={value}
        onChange={(event) => set(event.currentTarget.value)}
      />
    </label>
  );
}

/** One of some things that are known by their index. */
export function Choice({
  id,
  label,
  value,
  names,
  set,
}: FieldProps<number> & { readonly names: readonly string[] }) {
  return (
    <label class="field">
      {label}{' '}
      <select id={id} value={String(value)} onChange={(event) => set(Number(event.currentTarget.value))}>
        {names.map((name, index) => (
          <option key={name} value={String(index)}>
            {printable(name)}
          </option>
        ))}
      </select>
    </label>
  );
}
