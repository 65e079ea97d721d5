import type { Lemma, Obligation } from './lemma.ts';
import { type Assertion, script } from './terms/smt-lib.ts';
import { and, not } from './terms/term.ts';

/** A question for a solver about one obligation of a lemma. */
export interface Question {
  readonly lemma: string;
  readonly obligation: string;
  /**
   * `goals`: can they fail while all that is given holds? `unsat` proves the obligation. `given`: can all that is given
   * hold at all? `sat` shows that the proof is about something.
   */
  readonly about: 'goals' | 'given';
  /** A script of SMT-LIB. */
  readonly script: string;
}

/** The answer that a question must have. */
export const EXPECTED = { goals: 'unsat', given: 'sat' } as const;

/** Both questions about an obligation. */
export function questionsAbout({ id, statement }: Lemma, obligation: Obligation): Question[] {
  const { name, words, given, goals } = obligation;
  const title = [`lemma ${id}: ${statement}`, `obligation ${name}: ${words}`];
  const assumed = given.map(({ words: said, term, by }): Assertion => {
    return { words: by === undefined ? `given: ${said}` : `given, by lemma ${by}: ${said}`, term };
  });
  const denied: Assertion = {
    words: `to be refuted: that this fails: ${goals.map((goal) => goal.words).join('; ')}`,
    term: not(and(...goals.map(({ term }) => term))),
  };
  const common = { lemma: id, obligation: name };
  return [
    {
      ...common,
      about: 'goals',
      script: script([...title, 'proved if the answer is unsat'], [...assumed, denied], true),
    },
    {
      ...common,
      about: 'given',
      script: script([...title, 'about something if the answer is sat'], assumed, true),
    },
  ];
}

/** The name of the file of a question. */
export function fileOf({ lemma, obligation, about }: Question): string {
  return `${lemma}.${obligation}${about === 'given' ? '.given' : ''}.smt2`;
}
