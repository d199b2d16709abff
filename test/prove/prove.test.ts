import { expect, test } from 'vitest'
import { symbol } from '../../src/expr/intern.js'
import { SCALAR, type Shape, shapeOf } from '../../src/expr/shape.js'
import { readExpression } from '../../src/parse/problem.js'
import { prove } from '../../src/prove/prove.js'

const DECLARED = [
  symbol('x', shapeOf('n')),
  symbol('y', shapeOf('n')),
  symbol('A', shapeOf('n', 'n')),
  symbol('B', shapeOf('n', 'n')),
  symbol('C', shapeOf('m', 'n')),
  symbol('s'),
  symbol('t'),
  symbol('n', SCALAR, 'dimension'),
]

/** Whether two formulas in plain text are proved equal. */
function proved(left: string, right: string, assumed: readonly (readonly [string, string])[] = []): boolean {
  const read = (text: string, shape?: Shape) =>
    readExpression(text, { dialect: 'plain', declarations: DECLARED, shape })
  const facts = assumed.map(([a, b]) => {
    const first = read(a)
    return { left: first, right: read(b, first.shape), assumption: { latex: `${a} = ${b}` } }
  })
  const first = read(left)
  return prove(first, read(right, first.shape), { definitions: [], facts }).proved
}

test.each([
  ['(s + t)^2', 's^2 + 2*s*t + t^2'],
  ['(s^2 - t^2)/(s - t)', 's + t'],
  ['sigmoid(s)', '1/(1 + exp(-s))'],
  ['sigmoid(s)*(1 - sigmoid(s))', 'exp(-s)/(1 + exp(-s))^2'],
  ['1 - tanh(s)^2', '4/(exp(s) + exp(-s))^2'],
  ['tanh(s)', '2*sigmoid(2*s) - 1'],
  ['sin(s)^2 + cos(s)^2', '1'],
  ['1/cos(s)^2', '1 + (sin(s)/cos(s))^2'],
  ['log(exp(s)*exp(t))', 's + t'],
  ['log(1 + exp(s)) - log(1 + exp(-s))', 's'],
  ['exp(2*log(1 + exp(s)))', '(1 + exp(s))^2'],
  ['max(0, s)', 's*(s > 0)'],
  ['abs(s)', 'max(s, -s)'],
  ['max(s, t) + min(s, t)', 's + t'],
  ['sqrt(1 + s^2)*sqrt(1 + s^2)', '1 + s^2'],
  ['s^2/sqrt(1 + s^2) + 1/sqrt(1 + s^2)', 'sqrt(1 + s^2)'],
  ["(A*B)'", "B'*A'"],
  ['tr(A*B)', 'tr(B*A)'],
  ["x'*A*x", "x'*A'*x"],
  ["tr(x*y')", "x'*y"],
  ['diag(x)*y', 'x .* y'],
  ['sum(A .* B)', "tr(A'*B)"],
  ['norm2(x)^2', "x'*x"],
  ['norm2(A - B)^2', "tr(A'*A) - 2*tr(A'*B) + tr(B'*B)"],
  ['inv(A*B)', 'inv(B)*inv(A)'],
  ["inv(A')*A'*x", 'x'],
  ['inv(A)*(A + B)', 'eye(n) + inv(A)*B'],
  ['C*eye(n)*x', 'C*x'],
  ['sum(softmax(x))', '1'],
  ["C'*C - (C'*C)'", '0*A'],
  ['sum(i=1:n, sum(j=1:n, A[i,j]*x[i]*y[j]))', "x'*A*y"],
  ['sum(i=1:n, x[i])*ones(n)', "ones(n)*ones(n)'*x"],
  ["ones(n)'*ones(n)", 'n'],
])('%s is proved to be %s', (left, right) => {
  expect(proved(left, right)).toBe(true)
})

test.each([
  ['(s + t)^2', 's^2 + t^2'],
  ['sigmoid(s)', '1/(1 + exp(s))'],
  ['A*B', 'B*A'],
  ["x'*A*x", "x'*A*y"],
  ['A*x', "A'*x"],
  ['x .* (A*y)', 'A*(x .* y)'],
  ['sqrt(s^2)', 's'],
  ['log(s^2)', '2*log(s)'],
  ['abs(s)', 's'],
  ['max(0, s)', 's'],
  ['sum(i=1:n-1, x[i])', 'sum(x)'],
  ['sum(i=1:n-1, x[i]*x[i+1])', "x'*x"],
  ['inv(A + B)', 'inv(A) + inv(B)'],
  ['det(A + B)', 'det(A) + det(B)'],
  ['norm2(x)^2*y', "x*x'*y"],
])('%s is not proved to be %s', (left, right) => {
  expect(proved(left, right)).toBe(false)
})

test('declared facts are used', () => {
  expect(proved('A*x', "A'*x", [['A', "A'"]])).toBe(true)
  expect(proved('inv(A)', "inv(A)'", [['A', "A'"]])).toBe(true)
  expect(proved('sum(x)*y', 'y', [["ones(n)'*x", '1']])).toBe(true)
  expect(proved("A'*A*x", 'x', [["A'*A", 'I']])).toBe(true)
  expect(proved("A*A'*x", 'x', [["A'*A", 'I']])).toBe(false)
})
