import type { Nested } from '../../src/base/tensor.js'
import { bindingsOf, latexOf, type Quantified, type Question, sizesOf } from './question.js'

export type Dialect = 'latex' | 'plain'

/** The dialects a question is written in. */
export function dialectsOf({ plain }: Question): readonly Dialect[] {
  return plain === undefined ? ['latex'] : ['latex', 'plain']
}

/** The request of a question in one dialect, as it is put to the batch interface. */
export function requestOf(question: Question, dialect: Dialect): object {
  const { quantities, by, order = 1, assume = [], also = [] } = question
  const side = dialect === 'latex' ? 0 : 1
  const texts = [question[dialect] ?? []].flat()
  const named = (name: string) => (dialect === 'plain' ? name : nameOf(name, quantities))
  const bindings: Record<string, Nested> = {}
  for (const [name, value] of bindingsOf(question)) bindings[named(name)] = value
  const objects = quantities.map(({ name, sizes, family }) => ({
    name,
    shape: sizes.map(size => (/^\d+$/.test(size) ? Number(size) : size)),
    family: family ?? null,
  }))
  return {
    id: `${question.id} ${dialect}`,
    task: 'derive',
    syntax: dialect,
    decls: [
      ...(dialect === 'plain'
        ? objects
        : (question.declared ?? quantities.map((each, k) => declared(each, question.id, k)))),
      ...also.map(pair => pair[side]).filter(text => text !== ''),
    ],
    assume: assume.map(pair => pair[side]).filter(text => text !== ''),
    defs: texts.slice(0, -1),
    expr: texts.at(-1),
    wrt: named(by),
    order,
    dims: Object.fromEntries(sizesOf(question)),
    bindings,
  }
}

function nameOf(name: string, quantities: readonly Quantified[]): string {
  return quantities.find(each => each.name === name)?.latex ?? latexOf(name)
}

/** A declaration as people write it; which of several ways is up to the question. */
function declared({ latex, sizes, words, family }: Quantified, id: string, place: number): string {
  const style = (id.charCodeAt(id.length - 1) + place) % 3
  const exponent = (text: string) => {
    if (text === '') return ''
    return text.length === 1 && style !== 1 ? `^${text}` : `^{${text}}`
  }
  const [first, ...rest] = sizes
  const shape = family === undefined ? sizes : rest
  const power = exponent(shape.join(' \\times ').replaceAll('*', ''))
  const member = family === undefined ? latex : `${latex}_${family}`
  const range = family === undefined ? '' : `,${style === 0 ? '\\;' : ''} ${family} = 1, \\dots, ${first}`
  const real = style === 2 ? '\\mathbb R' : '\\mathbb{R}'
  const set = () => {
    if (words.includes('symmetric')) return `\\mathbb{S}^${first}`
    if (words.includes('definite'))
      return style === 0 ? `\\mathbb{S}_{++}^${first}` : `\\mathbb{S}^{${first}}_{++}`
    if (words.includes('>0')) return `\\mathbb{R}_{>0}${power}`
    if (words.includes('unit')) return `(0, 1)${power}`
    if (words.includes('bit') || words.includes('onehot')) return `\\{0, 1\\}${power}`
    if (words.includes('sign')) return `\\{-1, 1\\}${power}`
    return `${real}${power}`
  }
  return `${member} \\in ${set()}${range}`
}
