import { describe, expect, it } from 'vitest'
import { read } from './reading.js'
import { sketchStatement } from './sketch.js'

const cases: readonly (readonly [source: string, ...trees: string[]])[] = [
  ['y = g_y(s_0*W_{s_0,y})', 'y = g_{y}·({s_{0} * W_{list(s_{0}, y)}})'],
  ["x'*A*x", "{x' * A * x}"],
  ['a .* b*c ./ d', '{a .* b * c ./ d}'],
  ['norm2(A*x-b)^2', '@norm2·([+ {A * x} - b])^{2}'],
  ['sum(i=1:n, x[i]^2)', '@sum·(i = (1..n), x·[i]^{2})'],
  ['W[1:3, :]', 'W·[(1..3), (∅..∅)]'],
  ['[a, b; c, d]*[x; y]', '{matrix[a & b \\ c & d] * matrix[x \\ y]}'],
  ['where(t > 0, a, b)', '@where·(t > 0, a, b)'],
  ['phi(t) = max(0, t)', 'phi·(t) = @max·(0, t)'],
  ["phi'(t)", "phi'·(t)"],
  ['1e-3*x + .5', '[+ {1e-3 * x} + .5]'],
  ['x.^2 + 2^-1', '[+ x.^{2} + 2^{(- 1)}]'],
  ['a^b^c', 'a^{b^{c}}'],
  ['e^sin(x)*2', '{e^{@sin·(x)} * 2}'],
  ['x^(n+1)', 'x^{[+ n + 1]}'],
  ['-x^2', '(- x^{2})'],
  ['|x| + ||y||', '[+ |x| + ‖y‖]'],
  ['λ*‖x‖ + σ₁', '[+ {lambda * ‖x‖} + sigma_{1}]'],
  ['W : R^{m x n}', 'W : R^{{m times n}}'],
  ['let W: m x n, b: m', '«let» W : {m times n}', 'b : m'],
  ['x in R^n', 'x in R^{n}'],
  ['dL/dW', 'd(L / W)'],
  ['dL_1/dW[2] + 1', '[+ d(L_{1} / W·[2]) + 1]'],
  ['d^2 f/dx^2', 'd2(f / x#2)'],
  ['d^2f/(dx*dy)', 'd2(f / x, y)'],
  ['d/dx (x^2)', 'd!((x^{2}) / x)'],
  ['d/dx sin(x)^2 + 1', '[+ d(@sin·(x)^{2} / x) + 1]'],
  ['∂L/∂W', 'partial(L / W)'],
  ['d(x^2)/dx', 'd((x^{2}) / x)'],
  ['grad(L, W)', 'grad·(L, W)'],
  ['d*x/2', '{d * x / 2}'],
  ['data/dim + d/dim + delta/dt', '[+ {data / dim} + {d / dim} + {delta / dt}]'],
  ['dloss/dw + dL/dtheta', '[+ d(loss / w) + d(L / theta)]'],
  ['z = W*x + b; a = sigmoid(z)\nL = a', 'z = [+ {W * x} + b]', 'a = @sigmoid·(z)', 'L = a'],
  ['L = a +\n b', 'L = [+ a + b]'],
  ['f = (a +\n b)', 'f = ([+ a + b])'],
  ['= 2*x', '…= {2 * x}'],
  ['x[i] = i^2, i = 1:n', 'x·[i] = i^{2} for i = (1..n)'],
  ['a <- a - g', 'a gets [+ a - g]'],
  ['x <-1', 'x < (- 1)'],
  ['constructor = __proto__ + toString_1', 'constructor = [+ __proto__ + toString_{1}]'],
  ['y = x # the identity\n% nothing', 'y = x'],
  [''],
]

describe('plain text', () => {
  it.each(cases)('%s', (source, ...trees) => {
    expect(read(source, 'plain').statements.map(sketchStatement)).toEqual(trees)
  })
})
