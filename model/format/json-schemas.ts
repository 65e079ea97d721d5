import { z } from 'zod';
import { answerSchema } from './answer.ts';
import { headerSchemaOf } from './header.ts';
import { helloSchema } from './hello.ts';
import { stepSchema, timedStimulusSchema } from './schemas.ts';

/** The lines that there are, by the names of their schemas. */
const LINES = {
  'scenario-header': [
    headerSchemaOf('xx-scenario'),
    'The first line of a scenario, and what a process is sent first',
  ],
  'trace-header': [headerSchemaOf('xx-trace'), 'The first line of a trace'],
  stimulus: [timedStimulusSchema, 'A line of a scenario, and what a process is sent'],
  step: [stepSchema, 'A line of a trace'],
  answer: [answerSchema, 'What a process answers to a stimulus'],
  hello: [helloSchema, 'What a process may say of itself before its first answer'],
} as const;

export type LineName = keyof typeof LINES;

export const LINE_NAMES = Object.keys(LINES) as LineName[];

/**
 * JSON Schemas (draft 2020-12) of every line, made from what validates them. They say what a schema can say: not that
 * prices increase, that a key stands once, that numbers are written as integers, or what the configuration has.
 */
export function jsonSchemas(): Record<LineName, object> {
  return Object.fromEntries(
    LINE_NAMES.map((name) => {
      const [schema, description] = LINES[name];
      const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
      return [name, { $schema, title: name, description, ...rest }];
    }),
  ) as Record<LineName, object>;
}
