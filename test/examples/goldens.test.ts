import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { work } from '../../src/derive/derive.js'
import { loadEngines, workVerified } from '../../src/derive/verified.js'
import type { Engines } from '../../src/evaluate/oracle.js'
import { toLatexDocument } from '../../src/present/latex.js'
import { reportOf } from '../../src/present/report.js'
import { exampleNames, readExample } from './read-example.js'

/** Set to write the goldens anew; the difference is then read like any other change. */
const writing = process.env.WRITE_GOLDENS === '1'

let engines: Engines
beforeAll(async () => {
  engines = await loadEngines()
})

describe.each(exampleNames)('the example %s', name => {
  it('gives the derivation that was read and approved', () => {
    const file = new URL(`./goldens/${name}.tex`, import.meta.url)
    const latex = toLatexDocument(reportOf(work(readExample(name))))
    if (writing) writeFileSync(file, latex)
    expect(latex).toBe(readFileSync(file, 'utf8'))
  })

  it('agrees with automatic differentiation in every answer and every step', async () => {
    const { answers } = await workVerified(readExample(name), { engines })
    expect(answers.length).toBeGreaterThan(0)
    for (const { check } of answers) expect(check?.status, check?.message).toBe('agrees')
  })
})
