/**
 * Terms of integer arithmetic: what lemmas are written in. A term is plain data, so the same one is printed for solvers,
 * printed for people, and evaluated on states of the model.
 */
export type Sort = 'Int' | 'Bool';

export interface Variable<S extends Sort = Sort> {
  readonly kind: 'variable';
  readonly sort: S;
  /** A symbol of SMT-LIB. */
  readonly name: string;
  /** What pages call it. */
  readonly shown: string;
}

export interface Literal<S extends Sort = Sort> {
  readonly kind: 'literal';
  readonly sort: S;
  readonly value: S extends 'Int' ? number : S extends 'Bool' ? boolean : number | boolean;
}

export interface Application<S extends Sort = Sort> {
  readonly kind: 'application';
  readonly sort: S;
  readonly operator: Operator;
  readonly args: readonly Term[];
}

/** The operators, as SMT-LIB calls them. */
export type Operator = '+' | '-' | '*' | '<=' | '<' | '=' | 'and' | 'or' | 'not' | '=>' | 'ite';

export type Term<S extends Sort = Sort> = Variable<S> | Literal<S> | Application<S>;
export type Int = Term<'Int'>;
export type Bool = Term<'Bool'>;

/** A variable; on pages it is called `shown`, which is its name unless given. */
export function intVariable(name: string, shown: string = name): Variable<'Int'> {
  return { kind: 'variable', sort: 'Int', name, shown };
}

export function boolVariable(name: string, shown: string = name): Variable<'Bool'> {
  return { kind: 'variable', sort: 'Bool', name, shown };
}

export function int(value: number): Literal<'Int'> {
  return { kind: 'literal', sort: 'Int', value };
}

export const TRUE: Literal<'Bool'> = { kind: 'literal', sort: 'Bool', value: true };
export const FALSE: Literal<'Bool'> = { kind: 'literal', sort: 'Bool', value: false };

export function plus(...terms: readonly Int[]): Int {
  const kept = terms.filter((term) => !isInt(term, 0));
  if (kept.length === 0) return int(0);
  return kept.length === 1 ? kept[0]! : arithmetic('+', kept);
}

/** The first without all the others. */
export function minus(first: Int, ...others: readonly Int[]): Int {
  const kept = others.filter((term) => !isInt(term, 0));
  return kept.length === 0 ? first : arithmetic('-', [first, ...kept]);
}

export function times(one: Int, other: Int): Int {
  return arithmetic('*', [one, other]);
}

export const atMost = (one: Int, other: Int): Bool => truth('<=', [one, other]);
export const atLeast = (one: Int, other: Int): Bool => atMost(other, one);
export const lessThan = (one: Int, other: Int): Bool => truth('<', [one, other]);
export const moreThan = (one: Int, other: Int): Bool => lessThan(other, one);

export function equal<S extends Sort>(one: Term<S>, other: Term<S>): Bool {
  return truth('=', [one, other]);
}

export function differ(one: Int, other: Int): Bool {
  return not(equal(one, other));
}

export function not(term: Bool): Bool {
  if (isLiteral(term)) return term.value ? FALSE : TRUE;
  if (term.kind === 'application' && term.operator === 'not') return term.args[0] as Bool;
  return truth('not', [term]);
}

export function and(...terms: readonly Bool[]): Bool {
  if (terms.some((term) => isLiteral(term) && !term.value)) return FALSE;
  const kept = terms.filter((term) => !isLiteral(term));
  if (kept.length === 0) return TRUE;
  return kept.length === 1 ? kept[0]! : truth('and', kept);
}

export function or(...terms: readonly Bool[]): Bool {
  if (terms.some((term) => isLiteral(term) && term.value)) return TRUE;
  const kept = terms.filter((term) => !isLiteral(term));
  if (kept.length === 0) return FALSE;
  return kept.length === 1 ? kept[0]! : truth('or', kept);
}

export function implies(premise: Bool, conclusion: Bool): Bool {
  if (isLiteral(premise)) return premise.value ? conclusion : TRUE;
  return truth('=>', [premise, conclusion]);
}

/** One of two terms, as the condition says. */
export function choose<S extends Sort>(condition: Bool, one: Term<S>, other: Term<S>): Term<S> {
  if (isLiteral(condition)) return condition.value ? one : other;
  return { kind: 'application', sort: one.sort, operator: 'ite', args: [condition, one, other] };
}

/** A term where a condition holds, and nothing where it does not. */
export const onlyIf = (condition: Bool, term: Int): Int => choose(condition, term, int(0));

export const greaterOf = (one: Int, other: Int): Int => choose(atLeast(one, other), one, other);
export const smallerOf = (one: Int, other: Int): Int => choose(atMost(one, other), one, other);

/** The variables of some terms, in the order in which they are met. */
export function variablesOf(terms: readonly Term[]): Variable[] {
  const found = new Map<string, Variable>();
  const seen = new Set<Term>();
  const visit = (term: Term): void => {
    if (seen.has(term)) return;
    seen.add(term);
    if (term.kind === 'application') term.args.forEach(visit);
    if (term.kind !== 'variable') return;
    const known = found.get(term.name);
    if (known !== undefined && known.sort !== term.sort) {
      throw new Error(`${term.name} is used as ${known.sort} and as ${term.sort}: rename one of them`);
    }
    if (known === undefined) found.set(term.name, term);
  };
  terms.forEach(visit);
  return [...found.values()];
}

function isLiteral(term: Bool): term is Literal<'Bool'> {
  return term.kind === 'literal';
}

function isInt(term: Int, value: number): boolean {
  return term.kind === 'literal' && term.value === value;
}

function arithmetic(operator: Operator, args: readonly Int[]): Int {
  return { kind: 'application', sort: 'Int', operator, args };
}

function truth(operator: Operator, args: readonly Term[]): Bool {
  return { kind: 'application', sort: 'Bool', operator, args };
}
