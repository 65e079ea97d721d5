import type { Bool, Int, Operator, Term } from './term.ts';

/** The values of variables, by name. */
export type Values = Readonly<Record<string, number | boolean>>;

/**
 * The value of a term.
 *
 * @throws Error for a variable that has no value, and where a number leaves the safe integers.
 */
export function evaluate(term: Int, values: Values): number;
export function evaluate(term: Bool, values: Values): boolean;
export function evaluate(term: Term, values: Values): number | boolean {
  switch (term.kind) {
    case 'literal':
      return term.value;
    case 'variable': {
      const value = values[term.name];
      if (value === undefined) throw new Error(`${term.name} has no value`);
      return value;
    }
    case 'application':
      return apply(term.operator, term.args, values);
  }
}

function apply(operator: Operator, args: readonly Term[], values: Values): number | boolean {
  const number = (index: number) => evaluate(args[index] as Int, values);
  const truth = (arg: Term) => evaluate(arg as Bool, values);
  switch (operator) {
    case '+':
      return safe(args.reduce((sum, arg) => sum + evaluate(arg as Int, values), 0));
    case '-':
      return safe(args.slice(1).reduce((left, arg) => left - evaluate(arg as Int, values), number(0)));
    case '*':
      return safe(number(0) * number(1));
    case '<=':
      return number(0) <= number(1);
    case '<':
      return number(0) < number(1);
    case '=':
      return evaluate(args[0] as Int, values) === evaluate(args[1] as Int, values);
    case 'and':
      return args.every(truth);
    case 'or':
      return args.some(truth);
    case 'not':
      return !truth(args[0]!);
    case '=>':
      return !truth(args[0]!) || truth(args[1]!);
    case 'ite':
      return evaluate(args[truth(args[0]!) ? 1 : 2] as Int, values);
  }
}

function safe(value: number): number {
  if (!Number.isSafeInteger(value))
    throw new Error(`${value} is no safe integer: evaluate on smaller values`);
  return value;
}
