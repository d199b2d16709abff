import { describe, expect, it } from 'vitest'
import { loadAutograd } from '../../src/autograd/load.js'
import type { Program, Traced, TracedOps } from '../../src/autograd/traced.js'
import { seededRandom } from '../../src/base/random.js'
import type { Tensor } from '../../src/base/tensor.js'
import { loadTensors } from '../../src/tensor/load.js'
import { distance, grid, toGrid } from '../tensor/reference.js'

const [autograd, t] = await Promise.all([loadAutograd(), loadTensors()])
const random = seededRandom('autograd engine')
const draw = (rows: number, columns: number): Tensor =>
  t.create(
    rows,
    columns,
    Array.from({ length: rows * columns }, () => random.between(-1, 1)),
  )

/** log-sum-exp of W·tanh(x), a function with derivatives of every kind. */
const network: Program = (ops, [w, x]) => ops.logSumExpColumns(ops.matmul(w!, ops.tanh(x!)))

describe('many points', () => {
  it('give what each gives alone', () => {
    const points = Array.from({ length: 7 }, () => [draw(3, 2), draw(2, 1)])
    const together = autograd.valuesAndGradients(network, points)
    expect(together).toEqual(points.map(point => autograd.valueAndGradient(network, point)))
    const layer: Program = (ops, [w, x]) => ops.tanh(ops.matmul(w!, x!))
    expect(autograd.jacobians(layer, points)).toEqual(points.map(point => autograd.jacobian(layer, point)))
    expect(autograd.evaluate(network, points).map(value => value.data[0])).toEqual(
      together.map(({ value }) => value),
    )
  })

  it('must agree in extents and in number of inputs, and there must be one', () => {
    const mixed = [
      [draw(3, 2), draw(2, 1)],
      [draw(3, 3), draw(3, 1)],
    ]
    expect(() => autograd.valuesAndGradients(network, mixed)).toThrow(
      expect.objectContaining({
        name: 'ShapeError',
        message: 'cannot use in one call points with inputs of 3×2 and 3×3',
      }),
    )
    expect(() => autograd.evaluate(network, [[draw(3, 2), draw(2, 1)], [draw(3, 2)]])).toThrow(
      expect.objectContaining({ name: 'ShapeError' }),
    )
    expect(() => autograd.evaluate(network, [])).toThrow(expect.objectContaining({ code: 'no-points' }))
  })
})

describe('derivatives of arrays', () => {
  it('the Jacobian of W·x by W has a row for every entry of the value', () => {
    const [w, x] = [draw(2, 3), draw(3, 1)]
    const { value, jacobians } = autograd.jacobian((ops, [a, b]) => ops.matmul(a!, b!), [w, x])
    expect(distance(toGrid(value), toGrid(t.matmul(w, x)))).toBeLessThan(1e-15)
    const byW = grid(2, 6, (i, j) => (Math.floor(j / 3) === i ? x.data[j % 3]! : 0))
    expect(toGrid(jacobians[0]!)).toEqual(byW)
    expect(toGrid(jacobians[1]!)).toEqual(toGrid(w))
  })

  it('the Hessian of xᵀAx is A + Aᵀ, and its mixed derivative by A and x pairs the entries', () => {
    const [a, x] = [draw(3, 3), draw(3, 1)]
    const form: Program = (ops, [m, v]) => ops.matmul(ops.transpose(v!), ops.matmul(m!, v!))
    const expected = toGrid(t.add(a, t.transpose(a)))
    expect(distance(toGrid(autograd.hessian(form, [a, x], 1, 1)), expected)).toBeLessThan(1e-14)
    const mixed = grid(9, 3, (k, j) => {
      const [row, column] = [Math.floor(k / 3), k % 3]
      return (row === j ? x.data[column]! : 0) + (column === j ? x.data[row]! : 0)
    })
    expect(distance(toGrid(autograd.hessian(form, [a, x], 0, 1)), mixed)).toBeLessThan(1e-14)
    expect(t.toNested(autograd.hessian(form, [a, x], 0, 0))).toEqual(t.toNested(t.fill(0, 9, 9)))
  })

  it('the Hessian is what differences of the gradient show, for every smooth function of an entry', () => {
    const names = [
      'exp',
      'log',
      'sqrt',
      'sin',
      'cos',
      'tan',
      'asin',
      'atan',
      'tanh',
      'sigmoid',
      'softplus',
      'erf',
      'sinh',
      'cosh',
      'square',
      'reciprocal',
    ] as const
    for (const name of names) {
      const program: Program = (ops, [x]) => ops.sum(ops[name](x!))
      const at = (x: number) => autograd.valueAndGradient(program, [t.scalar(x)]).gradients[0]!.data[0]!
      const h = 1e-3
      const expected = (8 * (at(0.4 + h) - at(0.4 - h)) - (at(0.4 + 2 * h) - at(0.4 - 2 * h))) / (12 * h)
      expect(autograd.hessian(program, [t.scalar(0.4)], 0, 0).data[0], name).toBeCloseTo(expected, 7)
    }
  })
})

describe('programs of every kind', () => {
  it('a constant has derivative 0, an input derivative 1', () => {
    const x = draw(2, 2)
    const constant = autograd.valueAndGradient(ops => ops.fill(3, 1, 1), [x])
    expect(constant).toEqual({ value: 3, gradients: [t.fill(0, 2, 2)] })
    const itself = autograd.valueAndGradient((_, [y]) => y!, [t.scalar(7)])
    expect(itself).toEqual({ value: 7, gradients: [t.fill(1, 1, 1)] })
    expect(autograd.jacobian((_, [y]) => y!, [x]).jacobians[0]).toEqual(t.identity(4))
    expect(autograd.hessian((_, [y]) => y!, [t.scalar(7)], 0, 0)).toEqual(t.fill(0, 1, 1))
  })

  it('a program without inputs has a value', () => {
    expect(autograd.valueAndGradient(ops => ops.sum(ops.identity(3)), [])).toEqual({
      value: 3,
      gradients: [],
    })
  })

  it('inputs beyond the varied ones are held fixed', () => {
    const point = [draw(3, 2), draw(2, 1)]
    const all = autograd.valueAndGradient(network, point)
    expect(autograd.valueAndGradient(network, point, 1)).toEqual({ ...all, gradients: [all.gradients[0]] })
    expect(autograd.valueAndGradient(network, point, 0)).toEqual({ ...all, gradients: [] })
  })

  it('stopGradient holds its argument fixed', () => {
    const program: Program = (ops, [x]) => ops.hadamard(ops.stopGradient(x!), x!)
    expect(autograd.valueAndGradient(program, [t.scalar(3)])).toMatchObject({
      value: 9,
      gradients: [{ data: Float64Array.of(3) }],
    })
  })

  it('an operation nobody uses costs and spoils nothing', () => {
    const program: Program = (ops, [x]) => {
      ops.log(ops.scaleBy(x!, -1))
      return ops.square(x!)
    }
    expect(autograd.valueAndGradient(program, [t.scalar(3)]).gradients[0]!.data[0]).toBe(6)
  })

  it('values used across a long program gather all their derivatives', () => {
    // x is read by every one of 200 summands, which lie in different segments.
    const program: Program = (ops, [x]) => {
      let sum = x!
      for (let i = 1; i <= 200; i++) sum = ops.add(sum, ops.scaleBy(ops.square(x!), i))
      return sum
    }
    const { value, gradients } = autograd.valueAndGradient(program, [t.scalar(0.5)])
    expect(value).toBeCloseTo(0.5 + 20100 * 0.25, 8)
    expect(gradients[0]!.data[0]).toBeCloseTo(1 + 20100, 8)
  })

  it('values that do not vary cross segments beside those that do', () => {
    // Comparisons, signs and powers of 0 made early are used late, where many varying values are too.
    const program: Program = (ops, [x, y]) => {
      const steady = [
        ops.less(x!, y!),
        ops.sign(x!),
        ops.powConstant(x!, 0),
        ops.stopGradient(y!),
        ops.where(ops.less(x!, y!), ops.fill(2, 1, 1), ops.fill(5, 1, 1)),
      ]
      const moving = steady.map((_, i) => ops.scaleBy(ops.square(x!), i + 1))
      let late = y!
      for (let i = 0; i < 60; i++) late = ops.shift(late, 1)
      return steady.reduce((sum, value, i) => ops.add(sum, ops.hadamard(value, moving[i]!)), late)
    }
    const { value, gradients } = autograd.valueAndGradient(program, [t.scalar(3), t.scalar(4)])
    const weights = 1 * 1 + 1 * 2 + 1 * 3 + 4 * 4 + 2 * 5
    expect(value).toBeCloseTo(64 + weights * 9, 10)
    expect(gradients[0]!.data[0]).toBeCloseTo(weights * 6, 10)
    expect(gradients[1]!.data[0]).toBe(1)
  })

  it('a long chain costs time in proportion to its length', () => {
    const chain =
      (length: number): Program =>
      (ops, [x]) => {
        let y = x!
        for (let i = 0; i < length; i++) y = ops.sin(y)
        return y
      }
    const expected = (length: number) => {
      let [y, slope] = [0.7, 1]
      for (let i = 0; i < length; i++) [y, slope] = [Math.sin(y), slope * Math.cos(y)]
      return slope
    }
    const timed = (length: number) => {
      const start = performance.now()
      const { gradients } = autograd.valueAndGradient(chain(length), [t.scalar(0.7)])
      expect(gradients[0]!.data[0]! / expected(length)).toBeCloseTo(1, 10)
      return performance.now() - start
    }
    timed(200)
    const [short, long] = [timed(400), timed(3200)]
    expect(long / short).toBeLessThan(40)
  })
})

describe('mistakes', () => {
  const a = draw(2, 3)
  const square = draw(2, 2)
  it.each<[string, (ops: TracedOps, x: Traced, y: Traced) => Traced, string]>([
    ['add', (ops, x, y) => ops.add(x, y), 'cannot add 2×3 and 2×2'],
    ['matmul', (ops, x) => ops.matmul(x, x), 'cannot multiply 2×3 and 2×3'],
    ['inverse', (ops, x) => ops.inverse(x), 'an inverse needs a square matrix, but this one is 2×3'],
    ['scale', (ops, x, y) => ops.scale(y, x), 'the factor is a number, but this is 2×2'],
    ['outer', (ops, x, y) => ops.outer(x, y), 'a factor of an outer product is a vector, but this is 2×3'],
    ['diagonalMatrix', (ops, x) => ops.diagonalMatrix(x), 'a diagonal is a vector, but this is 2×3'],
    ['where', (ops, x, y) => ops.where(y, x, x), 'cannot choose by 2×2 and 2×3'],
    ['broadcast', (ops, x) => ops.broadcast(x, 4, 3), 'cannot repeat 2×3 to 4×3'],
    ['reshape', (ops, x) => ops.reshape(x, 4, 2), 'cannot arrange the entries of 2×3 as 4×2'],
    ['concatRows', (ops, x, y) => ops.concatRows([x, y]), 'cannot stack 2×3 and 2×2'],
    [
      'concatColumns',
      (ops, x) => ops.concatColumns([x, ops.transpose(x)]),
      'cannot put side by side 2×3 and 3×2',
    ],
    ['sliceRows', (ops, x) => ops.sliceRows(x, 0, 3), 'rows 0 to 3 are not among the 2 there are'],
    ['sliceColumns', (ops, x) => ops.sliceColumns(x, 3, 3), 'columns 3 to 3 are not among the 3 there are'],
    ['entry', (ops, x) => ops.entry(x, 2, 0), 'rows 2 to 3 are not among the 2 there are'],
  ])('%s of the wrong extents is a shape error', (_, f, message) => {
    expect(() => autograd.evaluate((ops, [x, y]) => f(ops, x!, y!), [[a, square]])).toThrow(
      expect.objectContaining({ name: 'ShapeError', message }),
    )
  })

  it('only a number has a gradient or a Hessian', () => {
    const program: Program = (ops, [x]) => ops.square(x!)
    expect(() => autograd.valueAndGradient(program, [a])).toThrow(
      expect.objectContaining({ message: 'a function with a gradient is a number, but this is 2×3' }),
    )
    expect(() => autograd.hessian(program, [a], 0, 0)).toThrow(
      expect.objectContaining({ name: 'ShapeError' }),
    )
  })

  it('an input that is not there is named', () => {
    expect(() => autograd.hessian((ops, [x]) => ops.sum(x!), [a], 0, 1)).toThrow(
      expect.objectContaining({ code: 'no-such-input' }),
    )
  })

  it('an array of one run means nothing in another', () => {
    let kept: Traced | undefined
    const program: Program = (ops, [x]) => {
      kept ??= x
      return ops.sum(kept!)
    }
    autograd.valueAndGradient(program, [a])
    expect(() => autograd.valueAndGradient(program, [a])).toThrow(
      expect.objectContaining({ code: 'foreign-array' }),
    )
  })

  it('an error of the program passes through, and the next call is right', () => {
    const failure = new Error('of the program')
    expect(() =>
      autograd.valueAndGradient(() => {
        throw failure
      }, [a]),
    ).toThrow(failure)
    expect(autograd.valueAndGradient((ops, [x]) => ops.sum(x!), [a]).gradients[0]).toEqual(t.fill(1, 2, 3))
  })
})

describe('the engine leaves no traces', () => {
  it('no global is added or changed, not even by a program that fails', () => {
    const before = Reflect.ownKeys(globalThis)
    autograd.valueAndGradient((ops, [x]) => ops.sum(x!), [draw(2, 2)])
    expect(() => autograd.valueAndGradient((ops, [x]) => ops.trace(x!), [draw(2, 3)])).toThrow()
    expect(Reflect.ownKeys(globalThis)).toEqual(before)
  })

  it('no code is made from strings', () => {
    const names = ['eval', 'Function'] as const
    const kept = names.map(name => Object.getOwnPropertyDescriptor(globalThis, name)!)
    const refuse = () => {
      throw new Error('code from a string')
    }
    try {
      for (const name of names) Object.defineProperty(globalThis, name, { value: refuse, configurable: true })
      autograd.valueAndGradient(network, [draw(3, 2), draw(2, 1)])
    } finally {
      names.forEach((name, i) => {
        Object.defineProperty(globalThis, name, kept[i]!)
      })
    }
  })
})
