import { describe, expect, it } from 'vitest'
import { LimitError, MathError } from '../../src/base/errors.js'
import { seededRandom } from '../../src/base/random.js'
import { childrenOf } from '../../src/parse/children.js'
import type { Dialect } from '../../src/parse/lexer/vocabulary.js'
import type { Syntax } from '../../src/parse/syntax.js'
import { only, read } from './reading.js'

const MANY = 100_000

/** The code of the error, or `read`. */
function outcome(source: string, dialect: Dialect): string {
  try {
    read(source, dialect)
    return 'read'
  } catch (error) {
    if (error instanceof MathError) return error.code
    throw error
  }
}

describe('size and depth', () => {
  const bombs: readonly (readonly [fact: string, dialect: Dialect, source: string, outcome: string])[] = [
    ['100,000 terms', 'latex', `x${'+x'.repeat(MANY - 1)}`, 'read'],
    ['100,000 plain terms', 'plain', `x${'+x'.repeat(MANY - 1)}`, 'read'],
    ['100,000 factors', 'latex', 'x '.repeat(MANY), 'read'],
    ['100,000 signs', 'latex', `${'-'.repeat(MANY)}x`, 'limit-nesting'],
    ['100,000 primes', 'latex', `f${"'".repeat(MANY)}`, 'read'],
    ['50,000 relations', 'latex', `x${'=x'.repeat(MANY / 2)}`, 'read'],
    ['100,000 functions before one letter', 'latex', `${'\\sin'.repeat(MANY)} x`, 'limit-nesting'],
    ['100,000 sums before one letter', 'latex', `${'\\sum'.repeat(MANY)} x`, 'read'],
    ['30,000 superscripts', 'latex', `x${'^x'.repeat(30_000)}`, 'double-superscript'],
    ['990 brackets', 'latex', `${'('.repeat(990)}x${')'.repeat(990)}`, 'read'],
    ['990 plain brackets', 'plain', `${'('.repeat(990)}x${')'.repeat(990)}`, 'read'],
    ['a tower of 990 powers', 'latex', `x${'^{x'.repeat(990)}${'}'.repeat(990)}`, 'read'],
    ['a plain tower of 990 powers', 'plain', `x${'^x'.repeat(990)}`, 'read'],
    ['20,000 brackets', 'latex', `${'('.repeat(20_000)}x${')'.repeat(20_000)}`, 'limit-nesting'],
    ['100,000 plain brackets', 'plain', `${'('.repeat(MANY)}x${')'.repeat(MANY)}`, 'limit-nesting'],
    ['100,000 brackets', 'latex', `${'('.repeat(MANY)}x${')'.repeat(MANY)}`, 'limit-tokens'],
    ['a plain tower of 100,000 powers', 'plain', `x${'^x'.repeat(MANY)}`, 'limit-nesting'],
    [
      '20,000 nested fractions',
      'latex',
      `${'\\frac{1}{'.repeat(20_000)}x${'}'.repeat(20_000)}`,
      'limit-nesting',
    ],
    ['two million characters', 'plain', ' '.repeat(2_000_000), 'limit-source-length'],
    ['a macro that calls itself', 'latex', '\\newcommand{\\a}{x\\a}\\a', 'macro-cycle'],
    [
      'macros that multiply',
      'latex',
      `\\def\\a{xxxxxxxxxx}${[...'bcdefg'].map((c, i) => `\\def\\${c}{${`\\${'abcdef'[i]}`.repeat(10)}}`).join('')}\\g`,
      'limit-tokens',
    ],
    [
      'arguments that double',
      'latex',
      `\\def\\d#1{#1#1}${'\\d{'.repeat(40)}x${'}'.repeat(40)}`,
      'limit-tokens',
    ],
    ['a long body called often', 'latex', `\\def\\a{${'x'.repeat(300)}}${'\\a'.repeat(900)}`, 'limit-tokens'],
    [
      'too many macros',
      'latex',
      Array.from({ length: 300 }, (_, i) => `\\def\\q${'a'.repeat(i)}{x}`).join(''),
      'limit-macros',
    ],
    ['bars without end', 'latex', '|'.repeat(50_001), 'unbalanced'],
    ['a fault behind 50,000 terms', 'latex', `${'x+'.repeat(50_000)}*`, 'syntax'],
    ['a fault 990 brackets deep', 'latex', `${'('.repeat(990)}x+*${')'.repeat(990)}`, 'syntax'],
  ]
  it.each(bombs)('%s (%s) end quickly', (_, dialect, source, expected) => {
    const start = performance.now()
    expect(outcome(source, dialect)).toBe(expected)
    expect(performance.now() - start).toBeLessThan(15_000)
  })

  it('are bounded by the limits of the caller', () => {
    const limits = {
      sourceLength: 100,
      tokens: 20,
      nesting: 3,
      macroDepth: 2,
      macros: 1,
      printedNodes: 1,
      matrixCells: 1,
      milliseconds: 1,
    }
    expect(() => read('((((x))))', 'latex', { limits })).toThrow(LimitError)
    expect(() => read('x+'.repeat(15), 'plain', { limits })).toThrow(LimitError)
    expect(read('(((x)))', 'plain', { limits }).statements).toHaveLength(1)
  })
})

describe('any text', () => {
  const pieces: Record<Dialect, readonly string[]> = {
    latex:
      "\\frac \\partial {x} { } ( ) [ ] ^ _ ^2 _i + - * / = | \\| \\left( \\right) \\left. \\right| & \\\\ , ; : . ' \\sum \\log x W 2 \\nabla \\mathbf \\hat \\begin{cases} \\end{cases} \\begin{align} \\end{align} \\text{if} \\dots \\odot \\in \\to \\quad d \\pdv \\sqrt [3] \\newcommand{\\a}[1]{#1} \\a \\over \\underset \\color{red} \\mqty \\not \\overset = % \\{ \\} ! # ~ \\mathrm{d} é ∂ ² 你".split(
        ' ',
      ),
    plain:
      "x W_1 f( ( ) [ ] { } ^ _ + - * .* ./ .^ ' / = := < > | || , ; : ... 2 .5 1e3 d dL dx in x let for ! ~ @ \\ % # \n ∂ ² λ == -> sum( where(".split(
        ' ',
      ),
  }
  it.each(['latex', 'plain'] as const)('in %s is read, or refused with a place inside it', dialect => {
    const seed = `soup ${dialect}`
    const random = seededRandom(seed)
    for (let i = 0; i < 6000; i++) {
      const source = Array.from({ length: random.integer(1, 12) }, () => random.pick(pieces[dialect])).join(
        random.pick(['', ' ']),
      )
      try {
        for (const { body, span } of read(source, dialect).statements) {
          expect(span.to).toBeLessThanOrEqual(source.length)
          for (const node of nodesOf(body)) {
            const sound =
              node.span.from >= 0 && node.span.from <= node.span.to && node.span.to <= source.length
            expect({ seed, source, kind: node.kind, sound }).toEqual({
              seed,
              source,
              kind: node.kind,
              sound: true,
            })
          }
        }
      } catch (error) {
        if (!(error instanceof MathError) || error.code === 'internal')
          throw new Error(`${seed}: ${source}`, { cause: error })
        if (error.span === undefined) throw new Error(`${seed}: no place for ${error.message} in ${source}`)
        expect(error.span.to).toBeLessThanOrEqual(source.length)
        expect(error.message.length).toBeLessThan(300)
      }
    }
  })
})

describe('places', () => {
  it('cover exactly what was written', () => {
    const source = 'z = \\frac{a + b}{2} W_{1}^\\top f(x, y)'
    const written = nodesOf(only(source).body).map(node => [
      node.kind,
      source.slice(node.span.from, node.span.to),
    ])
    expect(written).toContainEqual(['fraction', '\\frac{a + b}{2}'])
    expect(written).toContainEqual(['scripted', 'W_{1}^\\top'])
    expect(written).toContainEqual(['adjoined', 'f(x, y)'])
    expect(written).toContainEqual(['sum', 'a + b'])
    expect(written[0]).toEqual(['relation', source])
  })
})

function nodesOf(root: Syntax): readonly Syntax[] {
  const found: Syntax[] = []
  const open: Syntax[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    found.push(node)
    open.push(...childrenOf(node).slice(0, 10_000))
  }
  return found
}
