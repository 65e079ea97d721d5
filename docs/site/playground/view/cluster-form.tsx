import { useSignal } from '@preact/signals';
import type { Configuration } from '../../../../model/configuration.ts';
import { checked, type Draft, numberOf, type Path, type Problems, withValue } from '../run/cluster.ts';
import type { Board } from './board.ts';

/** A draft that is not valid yet, and the configuration that it began from. */
interface Editing {
  readonly from: Configuration;
  readonly draft: Draft;
  readonly problems: Problems;
}

/** The cluster as a form: what the model's validators refuse stays in the form, with what is wrong beside it. */
export function ClusterForm({ board }: { board: Board }) {
  const { config } = board.session.value;
  const editing = useSignal<Editing | null>(null);
  const current = editing.value?.from === config ? editing.value : null;
  const draft = (current?.draft ?? config) as Configuration;
  const problems: Problems = current?.problems ?? new Map();
  const propose = (next: Draft): void => {
    const result = checked(next);
    if (result.problems === null) {
      editing.value = null;
      board.setCluster(result.config);
    } else {
      editing.value = { from: config, draft: next, problems: result.problems };
    }
  };
  const set = (path: Path, value: unknown): void => propose(withValue(draft, path, value));
  const common = { draft, problems, set };
  return (
    <details class="card cluster" id="cluster">
      <summary>
        <h2>The cluster</h2>
        {problems.size > 0 && <span class="violated"> not valid yet</span>}
      </summary>
      <p class="faint">
        A change plays everything again on the new cluster. With empty hands it begins anew.
      </p>
      <Rows
        {...common}
        list="machines"
        title="Machines"
        fields={['cores', 'ram', 'swap']}
        units={['', 'MB', 'MB']}
        another={draft.machines.at(-1)!}
      />
      <Rows
        {...common}
        list="classes"
        title="Price classes, cheapest first"
        fields={['name', 'price']}
        units={['', 'pico-cents per ms']}
        another={{ name: `c${draft.classes.length}`, price: Number(draft.classes.at(-1)!.price) + 1 }}
      />
      <Rows
        {...common}
        list="tenants"
        title="Tenants: an empty budget is none"
        fields={['budget', 'period', 'burstPercent']}
        units={['pico-cents', 'ms', '%']}
        another={{ budget: null }}
      />
      <h3>Everything else</h3>
      <div class="fields">
        {SCALARS.map(([path, label]) => (
          <Field key={path} {...common} path={path.split('.')} label={label} />
        ))}
      </div>
      <Paging {...common} />
      <Problem problems={problems} path="" />
    </details>
  );
}

const SCALARS = [
  ['shards', 'shards'],
  ['kMachines', 'machines polled by a shard'],
  ['kShards', 'idle lists polled by a machine'],
  ['initialMemory', 'MB of one that is placed'],
  ['memoryPrice', 'pico-cents per MB·ms'],
  ['maxAttempts', 'attempts'],
  ['idle.enter', 'MB to enter an idle list'],
  ['idle.leave', 'MB below which it leaves'],
  ['idle.memoryDrift', 'MB an entry may be off'],
  ['idle.functionsDrift', 'functions an entry may be off'],
  ['seed', 'seed of the samples'],
] as const;

/** At once, or by a disk that takes its time. */
function Paging(common: Common) {
  const { draft, set } = common;
  const { paging, ...atOnce } = draft;
  const isInTime = paging !== undefined;
  return (
    <>
      <h3>Paging</h3>
      {isInTime && (
        <div class="fields">
          <Field {...common} path={['paging', 'chunk']} label="MB that a disk moves at a time" />
          <Field {...common} path={['paging', 'reserve']} label="MB of swap that are kept free" />
        </div>
      )}
      <button
        type="button"
        id="toggle-paging"
        onClick={() => (isInTime ? set([], atOnce) : set(['paging'], IN_TIME))}
      >
        {isInTime ? 'Let paging take no time' : 'Let paging take time'}
      </button>
      <Problem problems={common.problems} path="paging" />
    </>
  );
}

const IN_TIME = { chunk: 50, reserve: 50 };

interface Common {
  readonly draft: Configuration;
  readonly problems: Problems;
  set(path: Path, value: unknown): void;
}

interface RowsProps extends Common {
  readonly list: 'machines' | 'classes' | 'tenants';
  readonly title: string;
  readonly fields: readonly string[];
  readonly units: readonly string[];
  /** What is added. */
  readonly another: unknown;
}

function Rows({ list, title, fields, units, another, ...common }: RowsProps) {
  const rows = common.draft[list] as readonly unknown[];
  const one = list === 'classes' ? 'class' : list.slice(0, -1);
  return (
    <>
      <h3>{title}</h3>
      {rows.map((row, index) => (
        <div class="fields" key={index}>
          <span class="faint">{index}</span>
          {fields.map((field, at) => (
            <Field
              key={field}
              {...common}
              path={[list, index, field]}
              label={units[at] === '' ? field : `${field}, ${units[at]}`}
            />
          ))}
          {rows.length > 1 && (
            <button
              type="button"
              aria-label={`Remove ${one} ${index}`}
              onClick={() =>
                common.set(
                  [list],
                  rows.filter((other) => other !== row || rows.indexOf(row) !== index),
                )
              }
            >
              ×
            </button>
          )}
        </div>
      ))}
      <button type="button" id={`add-${one}`} onClick={() => common.set([list], [...rows, another])}>
        One more {one}
      </button>
      <Problem problems={common.problems} path={list} />
    </>
  );
}

function Field({
  draft,
  problems,
  set,
  path,
  label,
}: Common & { readonly path: Path; readonly label: string }) {
  const key = path.join('.');
  const id = `config-${path.join('-')}`;
  const value = path.reduce<unknown>(
    (outer, part) => (outer as Record<string | number, unknown>)?.[part],
    draft,
  );
  const isName = path.at(-1) === 'name';
  const problem = problems.get(key);
  const understood = (text: string): unknown => {
    if (isName) return text;
    if (path.at(-1) === 'budget' && text.trim() === '') return null;
    return numberOf(text);
  };
  const change = (text: string): void => {
    const next = understood(text);
    const tenant =
      path[0] === 'tenants' && path[2] === 'budget' ? draft.tenants[path[1] as number] : undefined;
    // A budget needs a period and a burst, which a tenant without one need not have.
    if (tenant !== undefined && next !== null) {
      set(path.slice(0, 2), { period: 1000, burstPercent: 20, ...tenant, budget: next });
    } else if (next === '' && (path[2] === 'period' || path[2] === 'burstPercent')) {
      set(
        path.slice(0, 2),
        Object.fromEntries(
          Object.entries(draft.tenants[path[1] as number]!).filter(([name]) => name !== path[2]),
        ),
      );
    } else set(path, next);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class={isName ? 'text' : 'number'}
        inputMode={isName ? 'text' : 'numeric'}
        value={value === null || value === undefined ? '' : String(value)}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <Problem problems={problems} path={key} />
    </div>
  );
}

function Problem({ problems, path }: { problems: Problems; path: string }) {
  const problem = problems.get(path);
  return problem === undefined ? null : (
    <p class="violated" id={`config-${path.replaceAll('.', '-')}-problem`}>
      {problem}
    </p>
  );
}
