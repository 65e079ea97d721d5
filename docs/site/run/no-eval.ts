import { config } from 'zod';

// The policy of a page forbids to make code from text, which zod does to be faster. It looks once, when a schema is
// made, so this is imported before any schema.
config({ jitless: true });
