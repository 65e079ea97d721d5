import { invocationOf } from '../../../model/unended.ts';
import { spentNow } from '../../../properties/replay/spending.ts';
import { billNow } from '../run/bill.ts';
import type { PlayedFilm, Still } from '../run/film.ts';
import type { Desk } from './desk.ts';

interface Props {
  readonly desk: Desk;
  readonly film: PlayedFilm;
  readonly still: Still;
}

/** Budgets, how fast they may be spent, and bills: those of the step, and that of the chosen one so far. */
export function Money({ desk, film, still }: Props) {
  const { state } = still.judge;
  const limited = state.tenants.flatMap((tenant, id) => (tenant.budget === null ? [] : [{ tenant, id }]));
  const bills = (still.decisions ?? []).flatMap(({ decision, mark }) =>
    mark === 'taken' && (decision.type === 'complete' || decision.type === 'kill') ? [decision] : [],
  );
  const subject = desk.subject(film);
  const chosen = subject?.kind === 'invocation' ? invocationOf(state.invocations, subject.id) : undefined;
  const isMetered = chosen !== undefined && chosen.machine !== null;
  const soFar = isMetered ? billNow(state, chosen) : null;
  return (
    <section class="card money">
      <h2>Money</h2>
      {limited.length === 0 && <p class="faint">No tenant has a budget.</p>}
      {limited.map(({ tenant, id }) => {
        const spent = spentNow(state, tenant);
        const budget = tenant.budget!;
        const elapsed = state.now % tenant.period;
        const pace = (budget * elapsed) / tenant.period + (budget * tenant.burstPercent) / 100;
        const all = Math.max(budget, spent, 1);
        return (
          <div key={id}>
            <div class="bar">
              <span>tenant {id}</span>
              <span class="track">
                <i
                  class={spent >= budget ? 'over' : 'resident'}
                  style={{ width: `${(spent / all) * 100}%` }}
                />
                <b class="pace" style={{ left: `${(Math.min(all, pace) / all) * 100}%` }} />
              </span>
              <span class={spent >= budget ? 'violated' : ''}>
                {spent} of {budget} pico-cents
              </span>
            </div>
            <p class="faint">
              {elapsed} ms into a period of {tenant.period} ms: {Math.floor(pace)} would be on pace
              {spent >= budget ? '; roots are throttled' : spent > pace ? '; roots are degraded' : ''}
            </p>
          </div>
        );
      })}
      {bills.map(({ id, bill, type }) => (
        <p key={id}>
          {type === 'kill' ? 'Killed' : 'Completed'}: invocation {id} pays {bill.cost} pico-cents for{' '}
          {bill.cpuMs} ms on a core and {bill.mbMs} MB·ms.
        </p>
      ))}
      {isMetered && soFar === null && <p>Invocation {chosen.id} so far: more than can be counted.</p>}
      {soFar !== null && (
        <p>
          Invocation {chosen!.id} so far: {soFar.cost} pico-cents for {soFar.cpuMs} ms on a core and{' '}
          {soFar.mbMs} MB·ms.
        </p>
      )}
    </section>
  );
}
