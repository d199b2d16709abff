import { expect, test } from 'vitest'
import { readPassages } from '../../src/parse/passages.js'

/** The set of each declared name, and the equations that are taken to hold. */
function read(source: string, kind: 'markdown' | 'tex' = 'markdown') {
  const passages = readPassages(`${source}\n\n$$ f = x^\\top A x $$\n`, { kind })
  const { declarations, facts } = passages[passages.length - 1]!.problem
  const sets = new Map(declarations.map(({ symbol, set }) => [symbol.name, set]))
  return { set: (name: string) => sets.get(name), facts: facts.map(({ assumption }) => assumption.latex) }
}

const A = '$A \\in \\mathbb{R}^{n \\times n}$'
const x = '$x \\in \\mathbb{R}^n$'

test.each([
  `Let ${A} be symmetric and ${x}.`,
  `Let ${x}, and let ${A} be a symmetric matrix.`,
  `Here ${A} is\nsymmetric, ${x}.`,
  `Let ${A}, which is symmetric, and ${x}.`,
  `For a symmetric ${A} and ${x}:`,
  `The *symmetric* matrix ${A} and ${x}.`,
])('%s says that A is symmetric', source => {
  expect(read(source).set('A')).toBe('symmetric')
  expect(read(source).set('x')).toBe('real')
  expect(read(source, 'tex').set('A')).toBe('symmetric')
})

test.each([
  `Let ${A} be not symmetric and ${x}.`,
  `Not a symmetric ${A}, ${x}.`,
  `A non-symmetric ${A}, ${x}.`,
  `The product with ${A} is symmetric if it commutes, ${x}.`,
  `Is ${A} symmetric? ${x}.`,
  `Let ${A} be symmetric, if you like, ${x}.`,
  `Let ${A} and ${x}.\n\nSymmetric matrices come later.`,
  `Symmetric matrices come later.\n\n${A} and ${x}.`,
  `With ${A} and ${x} we find that $A$ is symmetric.`,
])('%s says nothing of the kind', source => {
  expect(read(source).set('A')).toBe('real')
})

test('words stand for the equations that hold, and every name of the declaration has the property', () => {
  expect(read(`${A} positive definite, ${x}.`).set('A')).toBe('positive-definite')
  expect(read(`${A} symmetric and positive definite, ${x}.`).set('A')).toBe('positive-definite')
  const both = read(`${x}, and $A, B \\in \\mathbb{R}^{n \\times n}$ are orthogonal.`)
  expect(both.facts).toEqual(['A \\text{ orthogonal}', 'B \\text{ orthogonal}'])
  const labels = read(`${A}, ${x} and the one-hot labels $T \\in \\{0, 1\\}^{N \\times K}$.`)
  expect(labels.set('T')).toBe('binary')
  expect(labels.facts).toEqual(['T \\text{ one-hot}'])
})
