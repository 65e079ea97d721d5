import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['properties/suite/canary/*.suite.ts'] } });
