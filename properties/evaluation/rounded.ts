/** Six digits are more than a run can tell, and keep records alike on every machine. */
export function rounded<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, inner) =>
    typeof inner === 'number' ? Number(inner.toPrecision(6)) : inner,
  ) as Value;
}
