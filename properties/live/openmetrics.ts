/** A family of metrics, as OpenMetrics 1.0 has them. */
export interface Metric {
  /** Without the `_total` of a counter; it ends with its unit, if it has one. */
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly unit?: string;
  readonly help: string;
  readonly samples: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

/** The media type of the text. */
export const OPENMETRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/**
 * Metrics as OpenMetrics text, which ends with `# EOF`. Prometheus' own older text format reads it as well, as the
 * textfile collector of node_exporter does: it has only types that both know, and to that format `# UNIT` and `# EOF` are
 * comments.
 */
export function openMetricsText(metrics: readonly Metric[]): string {
  return `${metrics.map(familyText).join('')}# EOF\n`;
}

function familyText({ name, type, unit, help, samples }: Metric): string {
  const suffix = type === 'counter' ? '_total' : '';
  const head = [`# TYPE ${name} ${type}`];
  if (unit !== undefined) head.push(`# UNIT ${name} ${unit}`);
  head.push(`# HELP ${name} ${escaped(help)}`);
  const lines = samples.map(({ labels, value }) => `${name}${suffix}${labelsText(labels)} ${value}`);
  return `${[...head, ...lines].join('\n')}\n`;
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}
