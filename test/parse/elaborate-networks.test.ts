import { expect, test } from 'vitest'
import { readProblem } from '../../src/parse/problem.js'
import { definitions, questions, shapes } from './shown.js'

const latex = String.raw

test('a network of single weights with unknown activations is all scalars', () => {
  const problem = readProblem(
    latex`$$
    h_0 = g_h(u_0 W_{u_0, h_0} + u_1 W_{u_1, h_0})\\
    h_1 = g_h(u_0 W_{u_0, h_1} + u_1 W_{u_1, h_1})\\
    v = g_v(h_0 W_{h_0, v} + h_1 W_{h_1, v})
  $$ and $\nabla_{W_{h_0, v}, W_{u_0, h_0}} v$`,
    { kind: 'markdown' },
  )
  expect(definitions(problem)).toEqual([
    'h_0 = g_h(((u_0 W_{u_0,h_0}) + (u_1 W_{u_1,h_0})))',
    'h_1 = g_h(((u_0 W_{u_0,h_1}) + (u_1 W_{u_1,h_1})))',
    'v = g_v(((h_0 W_{h_0,v}) + (h_1 W_{h_1,v})))',
  ])
  expect(questions(problem)).toEqual(['v by W_{h_0,v}', 'v by W_{u_0,h_0}'])
  expect(new Set(Object.values(shapes(problem)))).toEqual(new Set(['scalar']))
  expect(problem.readings.map(reading => reading.what)).toContain(
    'g_h is a differentiable function applied entry by entry',
  )
})

test('the same network in plain text is the same problem', () => {
  const problem = readProblem('v = g_v(h_0*W_{h_0,v} + h_1*W_{h_1,v})\ngrad(v, W_{h_0,v})')
  expect(definitions(problem)).toEqual(['v = g_v(((h_0 W_{h_0,v}) + (h_1 W_{h_1,v})))'])
  expect(questions(problem)).toEqual(['v by W_{h_0,v}'])
})

test('a batch with softmax and cross-entropy over entries becomes matrices', () => {
  const problem = readProblem(
    latex`
    $X \in R^{m \times n}$, $W_1 \in R^{n \times d}$, $W_2 \in R^{d \times k}$, $I_y \in \{0, 1\}^{m \times k}$,
    $I_y \mathbf{1} = \mathbf{1}$, $\sigma : \mathbb{R} \to \mathbb{R}$
    \begin{align} H &= \sigma(X W_1) W_2 \\ S &= \operatorname{softmax}(H) \\
    l &= -\sum_{i=1}^m \sum_{c=1}^k (I_y)_{ic} \log S_{ic} \end{align} $\nabla_{W_1, W_2} l$`,
    { kind: 'markdown' },
  )
  expect(definitions(problem)).toEqual([
    'H = (sigma((X @ W_1)) @ W_2)',
    'S = softmax(H)',
    'l = (-1 sum((I_y .* log(S))))',
  ])
  expect(questions(problem)).toEqual(['l by W_1', 'l by W_2'])
  expect(problem.facts.map(fact => fact.assumption.latex)).toEqual([latex`I_y \mathbf{1} = \mathbf{1}`])
  expect(problem.declarations.find(({ symbol }) => symbol.name === 'I_y')?.set).toBe('binary')
})

test('gates have scalars, and numbers given to free quantities are their values', () => {
  const problem = readProblem(
    latex`f(x, y, z) = (x + y)z \\ x = -2, y = 5, z = -4 \\ \frac{\partial f}{\partial x}`,
  )
  expect(definitions(problem)).toEqual(['f = ((x + y) z)'])
  expect(questions(problem)).toEqual(['f by x'])
  expect([...problem.values].map(([symbol, value]) => [symbol.name, value])).toEqual([
    ['x', [[-2]]],
    ['y', [[5]]],
    ['z', [[-4]]],
  ])
})

test('definitions in one line of prose are read one by one', () => {
  const problem = readProblem(
    latex`$\text{Let } A = e ^{w_0}, B = \frac{1}{w_1},  C = AB$, $\frac{\partial C}{\partial w_1}$`,
    { kind: 'markdown' },
  )
  expect(definitions(problem)).toEqual(['A = exp(w_0)', 'B = (1 / w_1)', 'C = (A B)'])
})

test('a squared norm with a matrix of numbers has the sizes of the numbers', () => {
  const problem = readProblem(latex`f(x, W) = \|W \cdot x\|^2 \\
    W = \begin{bmatrix} 0.5 & -1 \\ 2 & 0.25 \end{bmatrix} \\ x = \begin{bmatrix} 3 \\ 4 \end{bmatrix} \\ \nabla_W f`)
  expect(definitions(problem)).toEqual(['f = squared-norm((W @ x))'])
  expect(shapes(problem)).toEqual({ f: 'scalar', W: '2×2', x: '2×1' })
})

test('superscripts that count layers are labels, and entries of layers are gathered', () => {
  const problem = readProblem(latex`a^1 \in \mathbb{R}^m, \Theta^1 \in \mathbb{R}^{n \times m},
    \Theta^2 \in \mathbb{R}^{1 \times n} \\
    z_i^2 = \sum_{j=1}^m \Theta_{i,j}^1 a_j^1 \\ a_i^2 = \sigma(z_i^2) \\ z^3 = \Theta^2 a^2 \\
    E = \frac12 (\sigma(z^3) - 1)^2 \\ \frac{\partial E}{\partial \Theta^1}`)
  expect(definitions(problem)).toEqual([
    'z^{2} = (Theta^{1} @ a^{1})',
    'a^{2} = sigmoid(z^{2})',
    'z^{3} = (Theta^{2} @ a^{2})',
    'E = (1/2 (sigmoid(z^{3}) + -1)^2)',
  ])
  expect(questions(problem)).toEqual(['E by Theta^{1}'])
})

test('activations are functions, and a prime asks for their derivative', () => {
  const problem =
    readProblem(latex`p(z) = \begin{cases} -1 & z < -1 \\ z & -1 \le z \le 1 \\ 1 & z > 1 \end{cases} \\
    q(z) = \begin{cases} z & z \ge 0 \\ \epsilon z & z < 0 \end{cases} \\ p'(z), q'(z), \frac{\partial}{\partial z} \tanh(z)`)
  expect(definitions(problem)).toEqual([
    'p = piecewise(less(z, -1), -1, both(less-or-equal(-1, z), less-or-equal(z, 1)), z, 1)',
    'q = piecewise(greater-or-equal(z, 0), z, (epsilon z))',
  ])
  expect(questions(problem)).toEqual(['p by z', 'q by z', 'tanh(z) by z'])
})

test('a bare capital before a small letter is a matrix times a column, and it says so', () => {
  const problem = readProblem(latex`z = Wx + b \\ a = f(z)`)
  expect(shapes(problem)).toEqual({ z: 'm×1', a: 'm×1', W: 'm×n', x: 'n×1', b: 'm×1' })
  const why = problem.declarations.find(({ symbol }) => symbol.name === 'W')?.inferred
  expect(why).toBe('a capital is read as a matrix')
})

test('a recurrence with listed values is one definition per value', () => {
  const problem = readProblem(latex`Z_0 \in \mathbb{R}^{m \times n}, W_0 \in \mathbb{R}^{n \times h},
    W_1 \in \mathbb{R}^{h \times k} \\ Z_{i+1} = \sigma(Z_i W_i),\; i = 0, 1`)
  expect(definitions(problem)).toEqual(['Z_1 = sigmoid((Z_0 @ W_0))', 'Z_2 = sigmoid((Z_1 @ W_1))'])
})

test('every example in the repository is read without a line passed over', async () => {
  const { readdirSync, readFileSync } = await import('node:fs')
  for (const file of readdirSync('examples').filter(name => name.endsWith('.md'))) {
    const problem = readProblem(readFileSync(`examples/${file}`, 'utf8'), { kind: 'markdown' })
    expect(problem.questions.length, file).toBeGreaterThan(0)
    expect(
      problem.readings.filter(({ what }) => /passed over/.test(what)),
      file,
    ).toEqual([])
  }
})
