/**
 * The workloads, as data that every peer can read.
 *
 * A formula is a number, a name, or `[operation, ...arguments]` with `add sub mul div neg pow`, a function of
 * one argument, or `call` with the name of an unknown function. A problem is a list of definitions in order, an
 * output and the names to differentiate by; `values` are the numbers at which results are compared.
 */

/** Numbers from a linear congruence, so that every run and every peer sees the same ones. */
const numbers = seed => {
  let state = seed
  return (low, high) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return low + ((high - low) * state) / 2147483648
  }
}

const TEXTBOOK = [
  ['add', ['sub', ['pow', 'x', 3], ['mul', 2, 'x']], 1],
  ['pow', ['add', ['mul', 3, ['pow', 'x', 2]], 1], 5],
  ['mul', 'x', ['sin', 'x']],
  ['div', ['sin', 'x'], 'x'],
  ['exp', ['neg', ['div', ['pow', 'x', 2], 2]]],
  ['log', ['add', ['pow', 'x', 2], 1]],
  ['sqrt', ['add', 1, ['pow', 'x', 2]]],
  ['pow', 'x', 'x'],
  ['tan', ['mul', 2, 'x']],
  ['exp', ['sin', 'x']],
  ['mul', ['pow', 'x', 2], ['exp', ['neg', 'x']]],
  ['sigmoid', 'x'],
  ['tanh', ['mul', 3, 'x']],
  ['div', ['log', 'x'], 'x'],
  ['pow', ['cos', ['mul', 3, 'x']], 2],
  ['atan', ['div', 1, 'x']],
  ['div', ['add', 'x', 1], ['sub', 'x', 3]],
  ['sub', ['mul', 'x', ['log', 'x']], 'x'],
  ['sin', ['cos', ['pow', 'x', 2]]],
  ['log', ['add', 1, ['exp', 'x']]],
]

const textbook = () => ({
  title: '20 textbook functions of one variable',
  values: { x: 0.7 },
  problems: TEXTBOOK.map(formula => ({ definitions: [['y', formula]], output: 'y', wrt: ['x'] })),
})

/** Two inputs, `depth` layers of two units, one output; `apply(layer, formula)` puts on the activation. */
const network = (depth, title, apply) => {
  const random = numbers(depth)
  const values = { x0: 0.6, x1: -0.8 }
  const definitions = []
  let units = ['x0', 'x1']
  for (let layer = 1; layer <= depth; layer++) {
    // A rotation and a gain a little above one keep the signal, and with it the gradient, from dying out.
    const [turn, gain] = [random(0.3, 1.2), 1.3]
    const weight = [
      [gain * Math.cos(turn), gain * Math.sin(turn)],
      [-gain * Math.sin(turn), gain * Math.cos(turn)],
    ]
    const names = [0, 1].map(to => units.map((_, from) => `w${layer}n${from}${to}`))
    for (const to of [0, 1]) for (const from of [0, 1]) values[names[to][from]] = weight[from][to]
    const next = [0, 1].map(to => `u${layer}n${to}`)
    for (const to of [0, 1]) {
      const sum = ['add', ...units.map((unit, from) => ['mul', unit, names[to][from]])]
      definitions.push([next[to], apply(layer, sum)])
    }
    units = next
  }
  Object.assign(values, { v0: 0.9, v1: -1.1 })
  definitions.push(['y', apply(depth + 1, ['add', ['mul', units[0], 'v0'], ['mul', units[1], 'v1']])])
  const wrt = Object.keys(values).filter(name => !name.startsWith('x'))
  return { title, values, problems: [{ definitions, output: 'y', wrt }] }
}

const deepNetwork = depth =>
  network(depth, `network of depth ${depth}, all ${4 * depth + 2} weights`, (layer, sum) =>
    layer > depth ? ['sigmoid', sum] : ['tanh', sum],
  )

/** Unknown functions, with the known ones that take their place when numbers are compared. */
const UNKNOWN = { g_r: 'tanh', g_s: 'sigmoid', g_y: 'sigmoid' }
const abstractNetwork = () => ({
  ...network(2, 'scalar network, all ten weights, unknown g_r, g_s, g_y', (layer, sum) => [
    'call',
    Object.keys(UNKNOWN)[layer - 1],
    sum,
  ]),
  unknown: UNKNOWN,
})
const scalarNetwork = () =>
  network(2, 'scalar network, all ten weights, tanh and sigmoid', (layer, sum) => [
    Object.values(UNKNOWN)[layer - 1],
    sum,
  ])

const chain = length => ({
  title: `chain of ${length} nested sigmoids`,
  values: { x: 0.3 },
  problems: [
    {
      definitions: Array.from({ length }, (_, k) => [`s${k + 1}`, ['sigmoid', k === 0 ? 'x' : `s${k}`]]),
      output: `s${length}`,
      wrt: ['x'],
    },
  ],
})

/** Softmax of two layers and its cross-entropy: in matrix form, and entry by entry for who has no matrices. */
const softmaxNetwork = () => {
  const [rows, inputs, hidden, classes] = [3, 2, 3, 2]
  const random = numbers(7)
  const range = count => Array.from({ length: count }, (_, k) => k)
  const matrix = (height, width, low, high) =>
    range(height).map(() => range(width).map(() => random(low, high)))
  const labels = matrix(rows, 1, 0.1, 0.9).map(([p]) => [p, 1 - p])
  const matrices = {
    X: matrix(rows, inputs, -1, 1),
    W1: matrix(inputs, hidden, -1, 1),
    W2: matrix(hidden, classes, -1, 1),
    Y: labels,
  }
  const entry = (name, row, column) => `${name.toLowerCase()}n${row}${column}`
  const values = Object.fromEntries(
    Object.entries(matrices).flatMap(([name, array]) =>
      array.flatMap((line, row) => line.map((value, column) => [entry(name, row, column), value])),
    ),
  )
  const product = (left, right, inner, row, column) => [
    'add',
    ...range(inner).map(k => ['mul', entry(left, row, k), entry(right, k, column)]),
  ]
  const definitions = range(rows).flatMap(row => [
    ...range(hidden).map(k => [entry('A', row, k), ['sigmoid', product('X', 'W1', inputs, row, k)]]),
    ...range(classes).map(k => [entry('E', row, k), ['exp', product('A', 'W2', hidden, row, k)]]),
    [`t${row}`, ['add', ...range(classes).map(k => entry('E', row, k))]],
  ])
  const terms = range(rows).flatMap(row =>
    range(classes).map(k => ['mul', entry('Y', row, k), ['log', ['div', entry('E', row, k), `t${row}`]]]),
  )
  definitions.push(['l', ['neg', ['add', ...terms]]])
  const wrt = Object.keys(values).filter(name => name.startsWith('w'))
  return {
    title: 'two-layer softmax network, cross-entropy by both weight matrices',
    values,
    problems: [{ definitions, output: 'l', wrt }],
    matrix: {
      shapes: { X: ['N', 'd'], W1: ['d', 'h'], W2: ['h', 'k'], Y: ['N', 'k'] },
      definitions: [
        ['A', 'sigmoid(X*W1)'],
        ['S', 'softmax(A*W2)'],
        ['L', '-sum(Y .* log(S))'],
      ],
      output: 'L',
      wrt: ['W1', 'W2'],
      values: matrices,
    },
  }
}

const SIZES = { network: [1, 3, 10, 30, 100, 300, 1000], chain: [10, 100, 1000, 10_000, 100_000] }

/** Workloads by name; those of one family grow, and who fails at one size is not asked for the next. */
export const WORKLOADS = new Map([
  ['textbook', textbook],
  ['scalar-network', scalarNetwork],
  ['abstract-network', abstractNetwork],
  ['softmax-network', softmaxNetwork],
  ...SIZES.network.map(depth => [`network-${depth}`, () => deepNetwork(depth)]),
  ...SIZES.chain.map(length => [`chain-${length}`, () => chain(length)]),
])

/** The same workload under new names, so that no tool answers from what it remembers of the run before. */
export const renamed = (workload, run) => {
  const mark = name => `${name}v${run}`
  const rename = formula => {
    if (typeof formula === 'string') return mark(formula)
    if (typeof formula === 'number') return formula
    const [operation, ...rest] = formula
    return operation === 'call' ? ['call', rest[0], rename(rest[1])] : [operation, ...rest.map(rename)]
  }
  const markAll = table =>
    Object.fromEntries(Object.entries(table).map(([name, entry]) => [mark(name), entry]))
  const { matrix } = workload
  const owned = matrix && [...Object.keys(matrix.shapes), ...matrix.definitions.map(([name]) => name)]
  const markText = text => text.replace(/\w+/g, word => (owned.includes(word) ? mark(word) : word))
  return {
    ...workload,
    values: markAll(workload.values),
    ...(matrix && {
      matrix: {
        shapes: markAll(matrix.shapes),
        definitions: matrix.definitions.map(([name, text]) => [mark(name), markText(text)]),
        output: mark(matrix.output),
        wrt: matrix.wrt.map(mark),
        values: markAll(matrix.values),
      },
    }),
    problems: workload.problems.map(({ definitions, output, wrt }) => ({
      definitions: definitions.map(([name, formula]) => [mark(name), rename(formula)]),
      output: mark(output),
      wrt: wrt.map(mark),
    })),
  }
}

/** Which derivatives are compared: all of them, or forty spread over many; as pairs of problem and name. */
export const sampled = workload => {
  const all = workload.problems.flatMap(({ wrt }, problem) => wrt.map((_, index) => [problem, index]))
  const step = Math.max(1, all.length / 40)
  return Array.from({ length: Math.min(40, all.length) }, (_, k) => all[Math.floor(k * step)])
}
