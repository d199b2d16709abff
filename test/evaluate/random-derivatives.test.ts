import { expect, test } from 'vitest'
import { NotDifferentiableError } from '../../src/base/errors.js'
import { startBudget } from '../../src/base/limits.js'
import { type Random, seededRandom } from '../../src/base/random.js'
import { reverse } from '../../src/calculus/reverse.js'
import { type Claim, verifyDerivation } from '../../src/evaluate/verify.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import { SCALAR } from '../../src/expr/shape.js'
import { collect } from '../../src/expr/step.js'
import { postorder, remake, symbolsOf } from '../../src/expr/walk.js'
import {
  addition,
  isCall,
  multiplication,
  multiply,
  negate,
  transpose,
  transposition,
} from '../../src/ops/core.js'
import { randomExpression } from '../support/random-expression.js'
import { engines, num, untouched } from './support.js'

const COUNT = 200
const SEED = 'random derivatives'

interface Derived {
  readonly claims: readonly Claim[]
  readonly adjoints: readonly { readonly symbol: Sym; readonly body: Expr }[]
  readonly steps: Parameters<typeof verifyDerivation>[0]['steps']
}

/** The derivative of a random scalar by all its symbols, as the rules of the operations give it. */
function derive(random: Random): Derived | undefined {
  const { expr: output } = randomExpression(random, { shape: SCALAR, depth: 4, functions: ['g_y'] })
  const wrt = symbolsOf([output]).filter(({ role }) => role === 'variable')
  let names = 0
  const request = {
    definitions: [],
    output,
    wrt,
    tidy: untouched,
    nameFor: () => `delta_${names++}`,
    budget: startBudget(),
  }
  try {
    const { answer, steps } = collect(reverse(request))
    const claims = wrt.map(symbol => ({
      kind: 'gradient' as const,
      order: 1 as const,
      output,
      wrt: symbol,
      result: answer.gradients.get(symbol)!,
    }))
    return { claims, adjoints: answer.adjoints, steps }
  } catch (error) {
    if (error instanceof NotDifferentiableError) return undefined
    throw error
  }
}

test('no right derivative of a random expression is ever refuted, nor any step to it', {
  timeout: 120_000,
}, async () => {
  const counts = { agrees: 0, undecided: 0, refuted: 0 }
  const refuted: string[] = []
  for (let i = 0; i < COUNT; i++) {
    const seed = `${SEED} ${i}`
    const derived = derive(seededRandom(seed))
    if (derived === undefined) continue
    const { claims, adjoints, steps = [] } = derived
    const checks = await verifyDerivation({ definitions: [], names: adjoints, claims, steps }, engines)
    for (const [k, check] of checks.claims.entries()) {
      counts[check.status]++
      if (check.status === 'refuted') refuted.push(`${seed}: by ${claims[k]!.wrt.name}, ${check.message}`)
    }
    for (const check of checks.steps) if (check?.status === 'refuted') refuted.push(`${seed}: ${check.rule}`)
  }
  expect(refuted).toEqual([])
  expect(counts.agrees).toBeGreaterThan(2 * counts.undecided)
})
