import { describe, expect, test } from 'vitest'
import { readPassages } from '../../src/parse/passages.js'
import { toText } from '../../src/print/text.js'

const read = (source: string) => readPassages(source, { kind: 'markdown' })

/** What every passage defines, in plain text. */
function definitions(source: string): readonly (readonly string[])[] {
  return read(source).map(({ problem }) =>
    problem.definitions.map(({ symbol, body }) => `${toText(symbol)} = ${toText(body)}`),
  )
}

const passedOver = (source: string) =>
  read(source).flatMap(({ problem }) =>
    problem.readings.filter(({ kind }) => kind === 'passed-over').map(({ why }) => why),
  )

describe('a document is read in passages', () => {
  test('one in which every name keeps its meaning is one passage', () => {
    const source = '# Model\n$$z = w x + b$$\n## Loss\n$$L = z^2$$\n$\\frac{\\partial L}{\\partial w}$'
    expect(definitions(source)).toEqual([['z = w*x + b', 'L = z^2']])
    expect(read(source)[0]!.title).toBe('Model')
  })

  test('a name that is defined by other names begins a new one', () => {
    const source = 'Let $P = u + v$, $L = P^2$.\n\nLet $P = e^{w}$, $L = 3 P$.'
    expect(definitions(source)).toEqual([
      ['P = u + v', 'L = P^2'],
      ['P = exp(w)', 'L = 3*P'],
    ])
  })

  test('a name that is defined by letters with other numbers begins a new one', () => {
    const source = '# One\n$z = w_0 x$, $L = z^2$\n# Two\n$z = w_1 x$, $f = e^{z}$'
    expect(definitions(source)).toEqual([
      ['z = w_0*x', 'L = z^2'],
      ['z = w_1*x', 'f = exp(z)'],
    ])
  })

  test('the cut is made at a heading where there is one between', () => {
    const source = '# One\n$q = x + y$\n# Two\n$g = s t$\n\n$q = s e^{t}$'
    expect(definitions(source)).toEqual([['q = x + y'], ['g = s*t', 'q = s*exp(t)']])
    expect(read(source).map(({ title }) => title)).toEqual(['One', 'Two'])
  })

  test('what a passage uses of earlier ones comes with it, and what that rests on', () => {
    const source = [
      '# One\n$W \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^n$, $z = W x$, $f = \\lVert z \\rVert^2$',
      '# Two\n$$f = u^2 + v$$',
      '# Three\n$$f = \\mathbf{1}^\\top z$$ so $\\frac{\\partial f}{\\partial W}$',
    ].join('\n')
    const passages = read(source)
    expect(passages.length).toBe(3)
    const last = passages[2]!.problem
    expect(last.definitions.map(({ symbol }) => symbol.name)).toEqual(['z', 'f'])
    expect(last.questions[0]!.wrt.shape).toEqual({ rows: 'm', columns: 'n' })
  })

  test('what rests on a name with a new meaning is not used as if it had the old one', () => {
    const source = '$p = a + b$, $q = p^2$\n\nNow $p = \\sin(c)$.\n\n$r = q + c$'
    expect(definitions(source)).toEqual([['p = a + b', 'q = p^2'], ['p = sin(c)']])
    expect(passedOver(source)).toEqual(['q was defined by names that have another meaning here'])
  })

  test('a letter may be a number under one heading and a column under another', () => {
    const source = '# Layer\n$x \\in \\mathbb{R}^n$, $z = W x + b$\n# Swish\n$$s = x \\sigma(x)$$'
    const passages = read(source)
    expect(passages.map(({ title }) => title)).toEqual(['Layer', 'Swish'])
    expect(passages[1]!.problem.definitions[0]!.symbol.shape).toEqual({ rows: 1, columns: 1 })
  })

  test('a restatement is a claim about the first definition', () => {
    const source = '$z = a b + a c$\n\n# Again\n$z = a (b + c)$'
    const [only, ...more] = read(source)
    expect(more).toEqual([])
    expect(only!.problem.claims.length).toBe(1)
  })

  test('a line that cannot be read is passed over with all that rests on it', () => {
    const source =
      '$z = W x$\n\n$$u = \\frac{a}{$$\n\n$y = [a_1, \\dots, a_n]$\n\n$v = y + 1$\n\n$L = \\lVert z \\rVert^2$'
    expect(definitions(source)).toEqual([['z = W*x', 'L = norm2(z)^2']])
    expect(passedOver(source).some(why => why.startsWith('it uses y'))).toBe(true)
    expect(passedOver(source).length).toBe(3)
  })

  test('a document of which nothing can be read raises its first error', () => {
    expect(() => read('$$\\frac{a}{$$')).toThrowError(expect.objectContaining({ name: 'ParseError' }))
  })

  test('lines under a mark in a display are no heading', () => {
    const source = '# One\n\\\\[\nz\n=\nw x\n\\\\]\n\n$L = z^2$'
    expect(read(source).map(({ title }) => title)).toEqual(['One'])
  })

  test('front matter, fences and setext headings are told apart', () => {
    const source = '---\ntitle: Notes\n---\nFirst\n=====\n```\n# no heading\n```\n$a = b c$'
    expect(read(source)[0]!.title).toBe('First')
  })
})
