import { EXPECTED, fileOf, type Question, questionsAbout } from './ask.ts';
import { XX } from './encoding/rules.ts';
import type { Lemma } from './lemma.ts';
import type { Answer, Solver } from './solvers/solver.ts';
import type { Weakening } from './weakened/weakening.ts';

/** A question, with the answer that it must have. */
export interface Asked extends Question {
  readonly expected: 'sat' | 'unsat';
  /** The weakened rule that it is asked for; none for the rules of XX. */
  readonly weakened?: string;
}

/** A question that was not answered as it must be. */
export interface Failure {
  readonly asked: Asked;
  readonly solver: string;
  readonly answer: Answer;
}

/** All that is to be asked about these lemmas, and about the weakened rules that break one of them. */
export function questionsOf(lemmas: readonly Lemma[], weakenings: readonly Weakening[]): Asked[] {
  const proofs = lemmas.flatMap((lemma) =>
    lemma.obligations(XX).flatMap((obligation) =>
      questionsAbout(lemma, obligation).map((question) => ({
        ...question,
        expected: EXPECTED[question.about],
      })),
    ),
  );
  const broken = weakenings.flatMap((weakening): Asked[] => {
    const lemma = lemmas.find(({ id }) => id === weakening.lemma);
    return lemma === undefined ? [] : [brokenBy(weakening, lemma)];
  });
  return [...proofs, ...broken];
}

/** The obligation that a weakened rule must break. @throws Error when its lemma has none of that name. */
export function brokenBy({ name, obligation, rules }: Weakening, lemma: Lemma): Asked {
  const wanted = lemma.obligations(rules).find((one) => one.name === obligation);
  if (wanted === undefined) throw new Error(`${name}: lemma ${lemma.id} has no obligation ${obligation}`);
  return { ...questionsAbout(lemma, wanted)[0]!, expected: 'sat', weakened: name };
}

/** Asks a solver everything, one after the other. */
export async function prove(
  solver: Solver,
  questions: readonly Asked[],
  onAnswer: (answered: number) => void = () => {},
): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const [index, asked] of questions.entries()) {
    const answer = await solver.ask(asked.script);
    if (answer.kind !== asked.expected) failures.push({ asked, solver: solver.name, answer });
    onAnswer(index + 1);
  }
  return failures;
}

/** What a failure says: lemma, obligation, solver, answer, the probable cause, and what to do. */
export function failureText({ asked, solver, answer }: Failure, folder: string): string {
  const { lemma, obligation, expected, weakened } = asked;
  const of = weakened === undefined ? '' : `, with the weakened rule ${weakened}`;
  return [
    `lemma ${lemma}, obligation ${obligation}${of}: ${solver} answers ${answer.kind}, and must answer ${expected}`,
    `  ${causeOf(asked, answer)}`,
    `  the question: ${folder}/${nameOf(asked)}`,
  ].join('\n');
}

function causeOf({ about, weakened, lemma }: Asked, answer: Answer): string {
  if (answer.kind === 'unknown') {
    return `it gave up (${answer.why}): split the obligation in properties/proofs/lemmas/${lemma}.ts`;
  }
  if (weakened !== undefined) {
    return 'the lemma holds without that part of the rule: name another in properties/proofs/weakened';
  }
  if (about === 'given') {
    return `what is given contradicts itself, so the proof is about nothing: look in properties/proofs/lemmas/${lemma}.ts`;
  }
  const values = answer.kind === 'sat' ? Object.entries(answer.values) : [];
  const shown = values.map(([name, value]) => `${name} = ${value}`).join(', ');
  return `it fails where ${shown}: a rule in properties/proofs/encoding has changed, or the lemma says too much`;
}

/** The name of the file of a question. */
export function nameOf(asked: Asked): string {
  return asked.weakened === undefined ? fileOf(asked) : `weakened.${asked.weakened}.smt2`;
}
