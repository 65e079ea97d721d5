import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jsonSchemas } from '../../model/format/json-schemas.ts';

/** Writes the JSON Schemas of every line into what was built, as `xx-spec/schema/*.json`. A part of `npm run build`. */
const directory = fileURLToPath(new URL('../../schema/', import.meta.url));
mkdirSync(directory, { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(`${directory}${name}.json`, `${JSON.stringify(schema, null, 2)}\n`);
}
