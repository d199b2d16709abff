import { describe, expect, it } from 'vitest'
import { lostTokens } from '../../src/parse/account.js'
import { opWords } from '../../src/parse/elaborate/new-session.js'
import { lexLatex } from '../../src/parse/lexer/latex.js'
import { formText } from '../../src/parse/meaning/form.js'
import { readForms } from '../../src/parse/meaning/read.js'
import { read, vocabulary } from './reading.js'

const words = opWords()
const forms = (source: string) =>
  readForms(read(source).statements, { dialect: 'latex', words }).map(form => formText(form))

describe('what is written', () => {
  const source = "a_i = \\frac{b}{c} + |d| \\\\ = \\hat{e}' \\cdot 2 \\tag{7}"

  it('is wholly in the statements', () => {
    expect(read(source).lost).toEqual([])
  })

  it('is reported where a statement is missing, each piece with its place', () => {
    const { tokens } = lexLatex(source, { vocabulary })
    const lost = lostTokens(tokens, read(source).statements.slice(0, 1))
    expect(lost.map(({ text }) => text)).toEqual(['=', 'hat', 'e', "'", 'cdot', '2'])
    expect(lost.map(({ span }) => source.slice(span.from, span.to)).slice(2)).toEqual([
      'e',
      "'",
      '\\cdot',
      '2',
    ])
  })

  it('beside the mathematics is kept as notes', () => {
    const { notes } = read('a \\overset{(i)}{=} b \\label{eq:a} \\tag{7} \\\\ c = d ~~~(8)')
    expect(notes.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'relation (i)',
      'label eq:a',
      'tag 7',
      'number (8)',
    ])
  })
})

describe('a form', () => {
  it('of many terms and of many brackets is made without overflow', () => {
    const [sum] = forms(`s = ${Array.from({ length: 20_000 }, (_, i) => `a_{${i}, 1}`).join(' + ')}`)
    expect(sum!.length).toBeGreaterThan(200_000)
    const [nested] = forms(`s = ${'(1 + '.repeat(900)}a${')'.repeat(900)}`)
    expect(nested!.split('(+ 1').length - 1).toBe(900)
  })

  it('has the same names when braces and spaces are moved', () => {
    expect(forms('\\hat{y_i} = W_{ij}x_{j}')).toEqual(forms('{\\hat y}_i = {W}_{i j} \\, x_j'))
  })

  it('of a name like a property of objects is that name', () => {
    expect(forms('constructor = toString + hasOwnProperty(x)')).toEqual([
      '(= constructor (+ toString (call hasOwnProperty x)))',
    ])
  })
})
