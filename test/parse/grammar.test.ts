import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileGrammar, grammars } from '../../grammar/build.mjs'
import { type Random, seededRandom } from '../../src/base/random.js'
import { latexGrammar } from '../../src/parse/generated/latex.js'
import { plainGrammar } from '../../src/parse/generated/plain.js'
import { lexLatex } from '../../src/parse/lexer/latex.js'
import { lexPlain } from '../../src/parse/lexer/plain.js'
import { settle } from '../../src/parse/lexer/settle.js'
import { type TokenType, token } from '../../src/parse/lexer/token.js'
import type { Dialect } from '../../src/parse/lexer/vocabulary.js'
import { type CompiledGrammar, recognizer } from '../../src/parse/nearley.js'
import { countReadings } from '../../src/parse/read.js'
import { vocabulary } from './reading.js'

const GRAMMARS: Readonly<Record<Dialect, CompiledGrammar>> = { latex: latexGrammar, plain: plainGrammar }
const SEED = 20260
const dialects = ['latex', 'plain'] as const

describe('compiled grammars', () => {
  it.each(grammars)('$name is what grammar/build.mjs makes of its source', grammar => {
    expect(readFileSync(grammar.target, 'utf8')).toBe(compileGrammar(grammar))
  })
})

describe.each(dialects)('the %s grammar', dialect => {
  it('gives every well-formed text one parse', () => {
    const random = seededRandom(`${dialect} ${SEED}`)
    for (let i = 0; i < 3000; i++) {
      const source = expression(random, dialect, 1 + (i % 6))
      const counts = countReadings(source, { dialect, vocabulary })
      expect({ seed: SEED, source, counts }).toEqual({ seed: SEED, source, counts: [1] })
    }
  })

  it('gives no sequence of tokens more than one', () => {
    const types = tokenTypes(GRAMMARS[dialect])
    const { count } = recognizer(GRAMMARS[dialect])
    const soup = fc.array(fc.constantFrom(...types), { maxLength: 14 })
    fc.assert(
      fc.property(soup, list => count(list.map(type => token(type, type, { from: 0, to: 0 }))) <= 1),
      { seed: SEED, numRuns: 5000 },
    )
  })

  it('reduces a bounded number of rules for each token', () => {
    let reductions = 0
    const rules = GRAMMARS[dialect].rules.map(rule => ({
      ...rule,
      postprocess: (parts: Parameters<typeof rule.postprocess>[0]) => {
        reductions++
        return rule.postprocess(parts)
      },
    }))
    const counted = recognizer({ ...GRAMMARS[dialect], rules })
    const lex = dialect === 'latex' ? lexLatex : lexPlain
    const shapes: readonly ((n: number) => string)[] = [
      n => `x${'+x'.repeat(n)}`,
      n => `x${'*x'.repeat(n)}`,
      n => `${'('.repeat(n)}x${')'.repeat(n)}`,
      n => `${'-'.repeat(n)}x`,
      n => `x${'^{x'.repeat(n)}${'}'.repeat(n)}`,
      n => `f(x${',x'.repeat(n)})`,
      n => `x${'=x'.repeat(n)}`,
    ]
    for (const shape of shapes) {
      const perToken = [200, 800].map(n => {
        const tokens = settle(lex(shape(n), { vocabulary }).tokens, dialect)
        reductions = 0
        counted.parse(tokens, { from: 0, to: 0 })
        return reductions / tokens.length
      })
      expect(perToken[1]!).toBeLessThan(perToken[0]! * 1.1)
    }
  })
})

function tokenTypes(grammar: CompiledGrammar): readonly TokenType[] {
  const types = new Set<TokenType>()
  for (const rule of grammar.rules)
    for (const symbol of rule.symbols) if (typeof symbol !== 'string') types.add(symbol.type)
  return [...types]
}

/** A random expression that everyone would call well formed. */
function expression(random: Random, dialect: Dialect, depth: number): string {
  const latex = dialect === 'latex'
  const inner = () => expression(random, dialect, depth - 1)
  if (depth <= 0) {
    return random.pick(
      latex
        ? ['x', 'W_{i,j}', '\\sigma', '2.5', '\\mathbf{y}_1', '\\hat{z}', 'a^\\top']
        : ['x', 'W_{i,j}', 'x1', '2.5', "A'", 'y[i]'],
    )
  }
  const forms: readonly (() => string)[] = [
    () => `${inner()} + ${inner()}`,
    () => `${inner()} - (${inner()})`,
    () => `-${inner()}`,
    () => `(${inner()})^{${inner()}}`,
    () => (latex ? `${inner()} ${inner()}` : `${inner()}*${inner()}`),
    () => (latex ? `${inner()} \\odot ${inner()}` : `${inner()} .* ${inner()}`),
    () => (latex ? `${inner()} \\cdot ${inner()}` : `${inner()}/${inner()}`),
    () => (latex ? `\\frac{${inner()}}{${inner()}}` : `where(${inner()} > 0, ${inner()}, ${inner()})`),
    () => (latex ? `\\sum_{i=1}^n ${inner()}` : `sum(i=1:n, ${inner()})`),
    () => (latex ? `\\log ${inner()}` : `log(${inner()})`),
    () => `f(${inner()}, ${inner()})`,
    () => (latex ? `\\left\\| ${inner()} \\right\\|_2^2` : `norm2(${inner()})^2`),
    () =>
      latex
        ? `\\begin{bmatrix} ${inner()} & ${inner()} \\\\ 0 & 1 \\end{bmatrix}`
        : `[${inner()}, ${inner()}; 0, 1]`,
    () => (latex ? `\\frac{\\partial (${inner()})}{\\partial x}` : `d(${inner()})/dx`),
    () => (latex ? `\\nabla_x \\left( ${inner()} \\right)` : `grad(${inner()}, x)`),
    () => (latex ? `\\exp\\left\\{ ${inner()} \\right\\}` : `exp(${inner()})`),
  ]
  return random.pick(forms)()
}
