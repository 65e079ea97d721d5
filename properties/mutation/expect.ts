import { writeWhole } from '../../reference-impl/process/files.ts';
import { MUTANTS } from '../mutants/index.ts';
import { EXPECTED_FILE } from './expected-file.ts';
import { type Expected, explored } from './notice.ts';
import { wrongTracesOf } from './wrong-traces.ts';

/** Leaves what {@link notice} compares with, made by this build: run it before anything is mutated. */
const wrongTraces = (await Promise.all(MUTANTS.map(wrongTracesOf))).flat();
const expected: Expected = { wrongTraces, explored: await explored() };
writeWhole(EXPECTED_FILE, JSON.stringify(expected));
