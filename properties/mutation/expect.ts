import { writeWhole } from '../../reference-impl/io/files.ts';
import { MUTANTS } from '../mutants/index.ts';
import { expectationFrom } from './expectation.ts';
import { EXPECTED_FILE } from './expected-file.ts';

/** Leaves what a trial compares with, made by this build: run it before anything is mutated. */
writeWhole(EXPECTED_FILE, JSON.stringify(await expectationFrom(MUTANTS)));
