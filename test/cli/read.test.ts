import { describe, expect, it } from 'vitest'
import { run } from './harness.js'

const NOTE = [
  '# Layer',
  '',
  'Let $W \\in \\mathbb{R}^{m \\times n}$ and',
  '',
  '$$',
  'z = W x \\\\',
  'L = \\frac12 \\|z\\|^2',
  '$$',
  '',
  'so $\\frac{\\partial L}{\\partial W}$ and $a = )$.',
  '',
].join('\n')

const read = async (source: string, file: string, ...options: string[]) =>
  run(['read', file, ...options], { files: { [file]: source } })

interface Read {
  readonly equations: readonly {
    readonly place: object
    readonly cell?: { readonly index: number; readonly place: object }
    readonly statements: readonly {
      readonly role: string
      readonly form: string
      readonly place: object
      readonly readings: readonly { readonly what: string; readonly why: string }[]
    }[]
    readonly fault?: { readonly message: string; readonly place: object }
  }[]
  readonly passages: readonly {
    readonly declarations: readonly { readonly name: string; readonly shape: readonly unknown[] }[]
    readonly readings: readonly { readonly what: string; readonly why: string }[]
  }[]
}

const data = async (source: string, file: string) =>
  JSON.parse((await read(source, file, '--to', 'json')).out) as Read
const shapes = ({ passages }: Read) =>
  Object.fromEntries(
    passages.flatMap(each => each.declarations.map(({ name, shape }) => [name, shape.join()])),
  )

describe('backprose read', () => {
  it('lists names with shapes, definitions, requests and what is not understood, each with its place', async () => {
    const { code, out } = await read(NOTE, 'note.md')
    expect(out).toBe(`note.md: 4 equations, 1 of them not understood

 declarations
      3:6  W: m×n
      6:1  z: m×1 (it has the shape of what it is defined as)
      7:1  L: a number (it has the shape of what it is defined as)
      6:7  x: n×1 (it follows from what it is used with)
 definitions
      6:1  z = W*x
      7:1  L = 1/2*norm2(z)^2
 requests
     10:5  derivative of L by W

 not understood
    10:45  nothing is open that ) could close
`)
    expect(code).toBe(1)
  })

  it('gives the same to machines, with the form of each statement', async () => {
    const { equations } = await data(NOTE, 'note.md')
    expect(equations.map(({ statements }) => statements.map(({ role, form }) => `${role} ${form}`))).toEqual([
      ['declaration (in W (space bb{R} m n))'],
      ['definition (= z (* W x))', 'definition (= L (* (/ 1 2) (^ (norm z) 2)))'],
      ['request (diff L W)'],
      [],
    ])
    expect(equations[1]!.statements[1]!.place).toEqual({ line: 7, column: 1 })
    expect(equations[3]!.fault).toMatchObject({ place: { line: 10, column: 45 } })
  })

  it('has the same places where lines end with two characters', async () => {
    const unix = await data(NOTE, 'note.md')
    const windows = await data(NOTE.replaceAll('\n', '\r\n'), 'note.md')
    const places = ({ equations }: Read) =>
      equations.map(({ place, statements }) => [place, ...statements.map(each => each.place)])
    expect(places(windows)).toEqual(places(unix))
  })

  it('says in which cell of a notebook an equation stands', async () => {
    const cells = [
      { cell_type: 'code', source: [] },
      { cell_type: 'markdown', source: ['a\n', '$z = 2 x$'] },
    ]
    const { equations } = await data(JSON.stringify({ cells }), 'note.ipynb')
    expect(equations[0]!.cell).toEqual({ index: 1, place: { line: 2, column: 2 } })
  })

  it('tells which reading was taken, and why', async () => {
    const { equations } = await data('$$ s = r(u - v) $$', 'note.md')
    expect(equations[0]!.statements[0]!.readings).toMatchObject([
      { what: 'r(…) is a product', why: 'r is not defined as a function and the bracket holds a sum' },
    ])
  })

  it('ends well where everything is understood, also of TeX and reStructuredText', async () => {
    expect((await read('\\section{A} Let $ z = 2 x $.', 'a.tex')).code).toBe(0)
    expect((await read('.. math::\n\n   z = 2 x\n', 'a.rst')).code).toBe(0)
    expect((await read('z = 2*x\n', 'a.txt')).code).toBe(0)
  })
})

describe('a comment in the text', () => {
  it('declares shapes, and counts more than the text', async () => {
    const source = '$$\n% backprose: let W: 3 x 2, x: 2\nz = W x\n$$\n\n$W \\in \\mathbb{R}^{m \\times n}$\n'
    expect(shapes(await data(source, 'note.md'))).toMatchObject({ W: '3,2', x: '2,1', z: '3,1' })
  })

  it('declares sets', async () => {
    const source = '$$\n% backprose: let A \\in \\mathbb{R}^{k \\times k}\nz = A x\n$$\n'
    expect(shapes(await data(source, 'note.md'))).toMatchObject({ A: 'k,k', x: 'k,1' })
  })

  it('holds from where it stands to the end of the document', async () => {
    const source = '% backprose: let W: 3 x 2\n\\section{A}\n$z = W x$\n\\section{B}\n$u = W x$\n'
    expect(shapes(await data(source, 'note.tex'))).toMatchObject({ W: '3,2', x: '2,1' })
  })

  it('makes a letter a function, and a product of what was a call', async () => {
    const forms = async (comment: string, formula: string) => {
      const { equations } = await data(`$$\n% backprose: let ${comment}\n${formula}\n$$\n`, 'note.md')
      return equations[0]!.statements.map(({ form }) => form)
    }
    expect(await forms('r: function', 's = r(u - v)')).toEqual(['(= s (call r (+ u (- v))))'])
    expect(await forms('h: scalar', 's = h(u)')).toEqual(['(= s (* h u))'])
  })

  it('makes a superscript a label or a power', async () => {
    const forms = async (comment: string, formula: string) => {
      const { equations } = await data(`$$\n% backprose: let ${comment}\n${formula}\n$$\n`, 'note.md')
      return equations[0]!.statements.map(({ form }) => form)
    }
    expect(await forms('a: labels', 's = a^2 + b^2')).toEqual(['(= s (+ a^{2} (^ b 2)))'])
    expect(await forms('a: powers', 's = a^2 + a^1')).toEqual(['(= s (+ (^ a 2) (^ a 1)))'])
  })

  it('that declares nothing is passed over with its place', async () => {
    const { out } = await read('$$\n% backprose: let 3 +\nz = x\n$$\n', 'note.md')
    expect(out).toContain('2:1  a comment was passed over')
  })
})
