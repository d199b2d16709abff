import { describe, expect, it } from 'vitest'
import { startBudget } from '../../src/base/limits.js'
import { type ForwardRequest, forward } from '../../src/calculus/forward.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import { collect } from '../../src/expr/step.js'
import { multiply } from '../../src/ops/core.js'
import { indexedProduct } from '../../src/ops/indexed.js'
import { readExpression } from '../../src/parse/problem.js'
import { toText } from '../../src/print/text.js'
import { startSimplifier } from '../../src/simplify/simplify.js'
import { letter, literal } from '../support/letters.js'

const letters: readonly Sym[] = [
  letter('s'),
  letter('t'),
  letter('x', 'n'),
  letter('dx', 'n'),
  letter('y', 'n'),
  letter('b', 'm'),
  letter('z', 'm'),
  letter('W', 'm', 'n'),
  letter('dW', 'm', 'n'),
  letter('A', 'n', 'n'),
  letter('dA', 'n', 'n'),
]
const named = (name: string): Sym => letters.find(known => known.name === name)!
const read = (text: string): Expr => readExpression(text, { dialect: 'plain', declarations: letters })

function derive(of: Expr, by: string, definitions: ForwardRequest['definitions'] = []) {
  const wrt = named(by)
  const tidy = startSimplifier({ definitions }).simplified
  const change = `d${by}`
  return collect(forward({ definitions, output: of, wrt, change, tidy, budget: startBudget() }))
}

/** The same formula up to the order of what commutes, after the same simplifier. */
function form(text: string): number {
  const { simplify, facts } = simplifier
  return facts.classOf(collect(simplify(read(text))).answer)
}
const simplifier = startSimplifier()
const formOf = (node: Expr) => simplifier.facts.classOf(node)

describe('the Jacobian', () => {
  it.each([
    ['of an affine map is its matrix', 'W*x + b', 'W'],
    ['of a function entry by entry is diagonal', 'exp(x)', 'diag(exp(x))'],
    ['of a layer has the diagonal in front', 'tanh(W*x)', 'diag(1 - tanh(W*x).^2)*W'],
    ['of softmax is a diagonal less a product', 'softmax(x)', "diag(softmax(x)) - softmax(x)*softmax(x)'"],
    ['of log-softmax has softmax in every row', 'logsoftmax(x)', "eye(n) - ones(n)*softmax(x)'"],
    ["of x x' x", "x*(x'*x)", "2*x*x' + (x'*x)*eye(n)"],
    ['of a product entry by entry is the diagonal of the other', 'x .* y', 'diag(y)'],
    ['of a quotient entry by entry', 'y ./ x', '-diag(y ./ x.^2)'],
    ['of a scalar is a row', "x'*A*x", "x'*(A + A')"],
    ['of a row has its entries by rows', "x'*A", "A'"],
    ['of a multiple is a multiple of the identity', 's*x', 's*eye(n)'],
    ['of what does not depend on the variable is zero', 'W*y', 'zeros(m, n)'],
    ['of a sum over an index goes through the sum', 'sum(i=1:n, i*x)', 'sum(i=1:n, i*eye(n))'],
  ])('%s', (_, text, expected) => {
    const { answer } = derive(read(text), 'x')
    expect(answer.kind).toBe('jacobian')
    expect(formOf(answer.value)).toBe(form(expected))
  })

  it('is identified by a last step', () => {
    expect(derive(read('W*x'), 'x').steps.at(-1)?.rule.id).toBe('identify-the-derivative')
  })

  it('goes through definitions, and keeps their names', () => {
    const definitions = [{ symbol: named('z'), body: read('W*x + b') }]
    const { answer } = derive(read('exp(z)'), 'x', definitions)
    expect(formOf(answer.value)).toBe(form('diag(exp(z))*W'))
  })
})

describe('the derivative by a scalar', () => {
  it.each([
    ['of a scalar', 's^2*t', '2*s*t'],
    ['of a vector has its shape', 's^2*x', '2*s*x'],
    ['of a matrix has its shape', 's*A + t*A', 'A'],
    ['of a sum over an index', 'sum(i=1:n, s*i)', 'sum(i=1:n, i)'],
    ['of what does not depend on it is zero', 'A', 'zeros(n, n)'],
  ])('%s', (_, text, expected) => {
    const { answer } = derive(read(text), 's')
    expect(answer.kind).toBe('derivative')
    expect(formOf(answer.value)).toBe(form(expected))
  })
})

describe('a derivative with more than two axes', () => {
  it.each([
    ['a vector by a matrix', 'W*x', 'W', 'dW*x'],
    ['a function entry by entry of one', 'exp(W*x)', 'W', 'exp(W*x) .* (dW*x)'],
    ['a matrix by itself twice', 'A*A', 'A', 'dA*A + A*dA'],
    ['an inverse', 'inv(A)', 'A', '-inv(A)*dA*inv(A)'],
    ['a transpose', "A'", 'A', "dA'"],
    ['a matrix by a vector', "x*y'", 'x', "dx*y'"],
    ['a product with the trace', 'tr(A)*x', 'A', 'tr(dA)*x'],
  ])('is a linear map in the change of the variable: %s', (_, text, by, expected) => {
    const { answer } = derive(read(text), by)
    expect(answer.kind).toBe('differential')
    if (answer.kind !== 'differential') return
    expect(answer.d).toBe(named(`d${by}`))
    expect(formOf(answer.value)).toBe(form(expected))
  })

  it.each([
    ['a diagonal matrix', 'diag(x)*y', 'diag(y)'],
    ['an outer product', "x*y'*x", "(y'*x)*eye(n) + x*y'"],
  ])('is a Jacobian where a vector is reached over a matrix: %s', (_, text, expected) => {
    const { answer } = derive(read(text), 'x')
    expect(answer.kind).toBe('jacobian')
    expect(formOf(answer.value)).toBe(form(expected))
  })

  it('takes the name it is given for the change', () => {
    const [output, wrt] = [read('A*A'), named('A')]
    const tidy = startSimplifier().simplified
    const request = { definitions: [], output, wrt, change: 'H', tidy, budget: startBudget() }
    const H = letter('H', 'n', 'n')
    const { answer } = collect(forward(request))
    expect(answer).toMatchObject({ kind: 'differential', d: H })
    expect(formOf(answer.value)).toBe(
      simplifier.facts.classOf(
        readExpression('H*A + A*H', { dialect: 'plain', declarations: [...letters, H] }),
      ),
    )
  })
})

describe('a product over an index', () => {
  it('changes by the relative changes of its factors', () => {
    const i = letter('i')
    const product = indexedProduct(i, literal(1), literal(3), multiply(named('s'), i))
    const { answer } = derive(product, 's')
    expect(toText(answer.value)).toBe('3*prod(i=1:3, s*i)/s')
  })

  it('is no matter where the variable is not involved', () => {
    const i = letter('i')
    const product = indexedProduct(i, literal(1), literal(3), i)
    const { answer } = derive(multiply(product, named('s')), 's')
    expect(answer.value).toBe(product)
  })
})
