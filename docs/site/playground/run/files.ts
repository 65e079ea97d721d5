import { scenarioText, traceText } from '../../../../model/format/write.ts';
import type { PlayedFilm } from '../../run/film.ts';
import type { Session } from './session.ts';

/** A file that the command line takes: `xx replay FILE` a scenario, `xx judge FILE` a trace. */
export interface Download {
  readonly name: string;
  readonly text: string;
}

/** What was played as a scenario; what is not possible, and was left out, is not in it. */
export function scenarioFile({ config }: Session, { recorded }: PlayedFilm): Download {
  const stimuli = recorded.filter(({ decisions }) => decisions !== null).map(({ timed }) => timed);
  return { name: 'playground.scenario.jsonl', text: scenarioText({ config, stimuli }) };
}

/** What was played and decided. */
export function traceFile({ config }: Session, { recorded }: PlayedFilm): Download {
  const steps = recorded.flatMap(({ timed, decisions }) =>
    decisions === null ? [] : [{ ...timed, decisions: [...decisions] }],
  );
  return { name: 'playground.trace.jsonl', text: traceText({ config, steps }) };
}
