import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { scenarioText } from '../../model/format/write.ts';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { MUTANTS } from '../mutants/index.ts';
import { LEMMAS } from './lemmas/index.ts';
import { failureText, nameOf, prove, questionsOf } from './prove.ts';
import { EXAMPLES_FILE, EXAMPLES_FOLDER, type ExampleRecord, exampleFile } from './record.ts';
import { exampleOf } from './scenarios/example.ts';
import { INSTALLABLE, installed, isInstalled } from './solvers/installed.ts';
import type { Solver } from './solvers/solver.ts';
import { z3InWasm } from './solvers/z3-in-wasm.ts';
import { WEAKENINGS } from './weakened/index.ts';

/** `npm run prove`: every lemma, by every solver that there is. */
const NAMES = ['z3-solver', ...INSTALLABLE.map(({ name }) => name)];
const FOLDER = 'dist/proofs';

const program = new Command('npm run prove --')
  .description('Has solvers prove every lemma, and break one with every weakened rule.')
  .argument('[lemma...]', 'only lemmas whose ids contain one of these')
  .addOption(new Option('--solver <name...>', 'only these; by default all that are installed').choices(NAMES))
  .option('--write <dir>', 'where the questions are written, as SMT-LIB', FOLDER)
  .option('--examples', `make the examples of ${EXAMPLES_FOLDER} anew`)
  .parse();
const {
  solver: wanted,
  write,
  examples,
} = program.opts<{
  solver?: string[];
  write: string;
  examples?: boolean;
}>();

const lemmas = LEMMAS.filter(
  ({ id }) => program.args.length === 0 || program.args.some((part) => id.includes(part)),
);
if (lemmas.length === 0)
  program.error(`error: no lemma is called anything like ${program.args.join(' or ')}`);

// A thread of a solver that was closed may still be there, and would keep the process alive.
process.exit(examples === true ? await makeExamples() : await proveAll());

async function proveAll(): Promise<number> {
  const questions = questionsOf(lemmas, WEAKENINGS);
  mkdirSync(write, { recursive: true });
  for (const asked of questions) writeWhole(join(write, nameOf(asked)), asked.script);
  const proofs = questions.filter(({ weakened, about }) => weakened === undefined && about === 'goals');
  const weakened = questions.filter((asked) => asked.weakened !== undefined);
  let failed = 0;
  for (const name of wanted ?? NAMES) {
    const solver = await solverCalled(name);
    if (solver === null) continue;
    const line = progressLine(process.stderr);
    const failures = await prove(solver, questions, (answered) =>
      line.show(`${name}: ${answered} of ${questions.length}`),
    );
    line.clear();
    solver.close();
    for (const failure of failures) process.stdout.write(`${failureText(failure, write)}\n`);
    failed += failures.length;
    if (failures.length === 0) {
      process.stdout.write(
        `${name}: ${lemmas.length} lemmas proved in ${proofs.length} parts, ${weakened.length} broken by weakened rules\n`,
      );
    }
  }
  process.stdout.write(`the questions are in ${write}\n`);
  return failed > 0 ? 1 : 0;
}

/** Null where it is not installed, which is said; an error where it was asked for by name. */
async function solverCalled(name: string): Promise<Solver | null> {
  const known = INSTALLABLE.find((one) => one.name === name);
  if (known === undefined) return z3InWasm();
  if (isInstalled(known)) return installed(known);
  const advice = `${name} is not installed: apt-get install ${name}`;
  if (wanted !== undefined) program.error(`error: ${advice}`);
  process.stdout.write(`${name}: left out, since ${advice}\n`);
  return null;
}

/** Always by the solver of one exact version, so that the same examples are found everywhere. */
async function makeExamples(): Promise<number> {
  const line = progressLine(process.stderr);
  const records: ExampleRecord[] = [];
  for (const weakening of WEAKENINGS) {
    line.show(weakening.name);
    const mutant = MUTANTS.find(({ name }) => name === weakening.name);
    if (mutant === undefined) throw new Error(`${weakening.name}: there is no wrong scheduler of that name`);
    // A new one each time, since what it was asked before may show in which example it finds.
    const solver = await z3InWasm();
    const { scenario, refusedBy, values } = await exampleOf(weakening, mutant.create(), solver);
    solver.close();
    mkdirSync(EXAMPLES_FOLDER, { recursive: true });
    writeWhole(exampleFile(weakening.name), scenarioText(scenario));
    const { name: weakened, lemma, obligation } = weakening;
    records.push({ weakened, lemma, obligation, values, steps: scenario.stimuli.length, refusedBy });
  }
  line.clear();
  writeWhole(EXAMPLES_FILE, `${JSON.stringify(records, null, 2)}\n`);
  const kept = new Set(records.map(({ weakened }) => exampleFile(weakened)));
  for (const name of existsSync(EXAMPLES_FOLDER) ? readdirSync(EXAMPLES_FOLDER) : []) {
    if (!kept.has(join(EXAMPLES_FOLDER, name))) rmSync(join(EXAMPLES_FOLDER, name));
  }
  process.stdout.write(`${records.length} examples are in ${EXAMPLES_FILE} and ${EXAMPLES_FOLDER}/\n`);
  return 0;
}
