import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**'],
    // Forked processes have the stack of a user's program, so a walk that recurses overflows here too (worker
    // threads have four times as much). The library keeps no state, so its tests can share a process; sharing
    // saves loading the numeric engines once per file.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 2_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'node_modules/.cache/backprose/tests.json' },
  },
})
