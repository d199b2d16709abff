import type { Random } from '../../src/base/random.js'
import { rational } from '../../src/base/rational.js'
import { number, symbol } from '../../src/expr/intern.js'
import type { Expr, Sym } from '../../src/expr/node.js'
import { type Op, PRECEDENCE } from '../../src/expr/op.js'
import type { Declaration } from '../../src/expr/problem.js'
import {
  type Dim,
  isScalar,
  SCALAR,
  type Shape,
  sameShape,
  shapeOf,
  transposed,
} from '../../src/expr/shape.js'
import { abstractFunction } from '../../src/ops/abstract.js'
import { applyOp } from '../../src/ops/apply.js'
import { blocksOf } from '../../src/ops/blocks.js'
import { both, either } from '../../src/ops/comparison.js'
import * as core from '../../src/ops/core.js'
import { dimensionOf } from '../../src/ops/dimension.js'
import * as indexed from '../../src/ops/indexed.js'
import { kroneckerOf, vectorizedOf } from '../../src/ops/kronecker.js'
import * as matrix from '../../src/ops/matrix.js'
import { norm1, norm2, squaredNorm } from '../../src/ops/norms.js'
import { choose, maximumOf, minimumOf, piecewise } from '../../src/ops/piecewise.js'
import { power } from '../../src/ops/powers.js'
import { columnSumsOf, mean, rowSumsOf } from '../../src/ops/reductions.js'
import {
  crossEntropy,
  crossEntropyOfProbabilities,
  logSoftmax,
  logSumExp,
  softmax,
} from '../../src/ops/softmax.js'
import { operations } from '../../src/ops/table.js'

/** What a random expression is made of. */
export interface RandomOptions {
  /** Calls inside one another, about; 4 when absent. */
  readonly depth?: number
  /** The shape of the expression; any of those below when absent. */
  readonly shape?: Shape
  /** Names of unknown functions; one of them is `g_y`. None when absent. */
  readonly functions?: readonly string[]
  /** Leaves out what cannot be differentiated or has kinks. */
  readonly smooth?: boolean
}

/** A well-typed expression with the symbols it may contain. */
export interface RandomExpression {
  readonly expr: Expr
  readonly declarations: readonly Declaration[]
  readonly functions: readonly string[]
}

const n = shapeOf('n')
const m = shapeOf('m')
const two = shapeOf(2)

/** Shapes that random expressions have and are made of. */
export const SHAPES: readonly Shape[] = [
  SCALAR,
  n,
  m,
  transposed(n),
  shapeOf('n', 'n'),
  shapeOf('m', 'n'),
  shapeOf('n', 'm'),
  two,
  shapeOf(2, 2),
]

const SYMBOLS: readonly Sym[] = [
  ...['s', 't', 'alpha', 'w_1', 'theta_{x_0,r_0}', 'rho'].map(name => symbol(name)),
  ...['x', 'y', 'z', 'hat{y}', 'x_0'].map(name => symbol(name, n)),
  ...['b', 'v', 'b_{out}'].map(name => symbol(name, m)),
  ...['A', 'B', 'Sigma'].map(name => symbol(name, shapeOf('n', 'n'))),
  ...['W', 'W_1', 'Theta^{1}'].map(name => symbol(name, shapeOf('m', 'n'))),
  ...['V', 'bold{X}'].map(name => symbol(name, shapeOf('n', 'm'))),
  symbol('C', shapeOf('m', 'm')),
  symbol('u', two),
  symbol('q', two),
  symbol('M', shapeOf(2, 2)),
]
/** A family of N column vectors, whose members are met inside sums. */
const FAMILY = symbol('c', shapeOf('N', 'n'))

/** The declarations of every symbol that a random expression may contain. */
export const RANDOM_DECLARATIONS: readonly Declaration[] = Object.freeze([
  ...SYMBOLS.map(each => Object.freeze({ symbol: each, set: 'real' as const })),
  Object.freeze({ symbol: FAMILY, set: 'real' as const, family: 'i' }),
  ...['n', 'm', 'N'].map(name =>
    Object.freeze({ symbol: symbol(name, SCALAR, 'dimension'), set: 'integer' as const }),
  ),
])

const ELEMENTWISE = operations.filter(op => op.kind === 'elementwise')
const SMOOTH = ELEMENTWISE.filter(op => op.kinks === undefined && op.domain === undefined)
const JUNCTIONS = [both, either]
const RELATIONS = operations.filter(
  op => op.notation.precedence === PRECEDENCE.relation && !JUNCTIONS.includes(op),
)
const TO_SCALAR = [core.summation, norm1, norm2, squaredNorm, mean]

/** A well-typed expression, small to medium: the same one for the same state of the source. */
export function randomExpression(random: Random, options: RandomOptions = {}): RandomExpression {
  const maker = new Maker(random, options)
  const shape = options.shape ?? random.pick(SHAPES)
  return {
    expr: maker.make(shape, options.depth ?? 4),
    declarations: RANDOM_DECLARATIONS,
    functions: options.functions ?? [],
  }
}

/** The symbols of a shape, and the transposes of those of the other. */
function symbolsOf(shape: Shape): readonly Expr[] {
  const turned = isScalar(shape) ? [] : SYMBOLS.filter(each => sameShape(transposed(each.shape), shape))
  return [...SYMBOLS.filter(each => sameShape(each.shape, shape)), ...turned.map(core.transpose)]
}

interface BoundIndex {
  readonly symbol: Sym
  readonly size: Dim
}

class Maker {
  private readonly random: Random
  private readonly options: RandomOptions
  private readonly bound: BoundIndex[] = []
  private readonly elementwise: readonly Op[]

  constructor(random: Random, options: RandomOptions) {
    this.random = random
    this.options = options
    const unknown = (options.functions ?? []).flatMap(name =>
      [0, 1, 2].map(order => abstractFunction(name, order)),
    )
    this.elementwise = [...(options.smooth ? SMOOTH : ELEMENTWISE), ...unknown, ...unknown]
  }

  make(shape: Shape, depth: number): Expr {
    if (depth <= 0 || this.random.next() < 0.08) return this.leaf(shape)
    const below = depth - this.random.pick([1, 1, 2])
    const anyOf = [
      ...this.everywhere(shape, below),
      ...(isScalar(shape) ? this.scalars(below) : this.arrays(shape, below)),
    ]
    return this.random.pick(anyOf)()
  }

  private literal(): Expr {
    const whole = this.random.integer(-3, 12)
    return number(
      this.random.next() < 0.25
        ? rational(whole === 0 ? 1 : whole, this.random.pick([2, 3, 10]))
        : rational(whole),
    )
  }

  private leaf(shape: Shape): Expr {
    if (isScalar(shape)) {
      const roll = this.random.next()
      if (roll < 0.3) return this.literal()
      if (roll < 0.36) return dimensionOf(this.random.pick(['n', 'm']))
      if (roll < 0.5 && this.bound.length > 0) return this.entryOf()
      return this.random.pick(symbolsOf(shape))
    }
    if (this.random.next() < 0.12) return core.ones(shape)
    if (shape.rows === shape.columns && this.random.next() < 0.1) return matrix.identity(shape.rows)
    return this.random.pick(symbolsOf(shape))
  }

  /** An index of the size: a bound one, or a whole number. */
  private index(size: Dim): Expr {
    const fitting = this.bound.filter(each => each.size === size).map(each => each.symbol as Expr)
    return this.random.pick([...fitting, ...fitting, number(rational(this.random.integer(1, 2)))])
  }

  private entryOf(): Expr {
    const { size } = this.random.pick(this.bound)
    const arrays = SYMBOLS.filter(({ shape }) => shape.rows === size || shape.columns === size)
    if (arrays.length === 0) return this.random.pick(SYMBOLS.filter(each => isScalar(each.shape)))
    const array = this.random.pick(arrays)
    const { rows, columns } = array.shape
    return columns === 1
      ? indexed.entry(array, this.index(rows))
      : indexed.entry(array, this.index(rows), this.index(columns))
  }

  private condition(shape: Shape, depth: number): Expr {
    if (depth > 0 && this.random.next() < 0.2) {
      return applyOp(
        this.random.pick(JUNCTIONS),
        this.condition(shape, depth - 1),
        this.condition(shape, depth - 1),
      )
    }
    return applyOp(this.random.pick(RELATIONS), this.array(shape, depth), this.term(shape, depth))
  }

  /** An expression that is no bare number, so that numbers beside it are read as arrays. */
  private array(shape: Shape, depth: number): Expr {
    const made = this.make(shape, depth)
    if (isScalar(shape)) return made
    return made.kind === 'num' ? this.random.pick(symbolsOf(shape)) : made
  }

  /** A term of a sum: arrays take any number as a term. */
  private term(shape: Shape, depth: number): Expr {
    if (isScalar(shape) || this.random.next() > 0.25) return this.make(shape, depth)
    const value = this.literal()
    return value.kind === 'num' ? number(value.value, shape) : value
  }

  /** A sum over an index of the size, whose body may use the index. */
  private over(size: Dim, body: (index: Sym) => Expr, build = indexed.indexedSum): Expr {
    const index = symbol(`index${this.bound.length}`, SCALAR, 'index')
    this.bound.push({ symbol: index, size })
    const inside = body(index)
    this.bound.pop()
    return build(index, number(rational(1)), dimensionOf(size), inside)
  }

  private everywhere(shape: Shape, depth: number): (() => Expr)[] {
    const { random } = this
    const make = () => this.make(shape, depth)
    const scalar = () => this.make(SCALAR, depth)
    const sum = () =>
      core.add(
        this.array(shape, depth),
        ...Array.from({ length: random.integer(1, 2) }, () => this.term(shape, depth)),
      )
    const difference = () => {
      const [a, b] = [this.array(shape, depth), this.term(shape, depth)]
      return random.next() < 0.5 ? core.subtract(a, b) : core.subtract(b, a)
    }
    const choices = [
      sum,
      sum,
      difference,
      difference,
      () => core.negate(make()),
      () => core.multiply(scalar(), make()),
      () => core.multiply(number(rational(2)), make()),
      () =>
        core.divide(
          this.array(shape, depth),
          this.random.next() < 0.5 ? scalar() : this.random.pick(SYMBOLS.slice(0, 6)),
        ),
      () => power(make(), number(rational(random.pick([2, 2, 3, -1, -2])))),
      () => power(make(), random.pick([number(rational(1, 2)), number(rational(-3, 2)), SYMBOLS[1]!])),
      () => applyOp(random.pick(this.elementwise), make()),
      () => applyOp(random.pick(this.elementwise), make()),
      () => applyOp(random.pick(this.elementwise), make()),
    ]
    if (this.options.smooth) return choices
    return [
      ...choices,
      () => maximumOf(this.array(shape, depth), this.term(shape, depth)),
      () => minimumOf(this.term(shape, depth), this.array(shape, depth)),
      () => this.condition(shape, depth),
      () =>
        choose(
          this.condition(random.pick([SCALAR, shape]), depth),
          this.array(shape, depth),
          this.term(shape, depth),
        ),
      () =>
        applyOp(
          piecewise,
          this.condition(shape, depth),
          this.term(shape, depth),
          this.condition(shape, depth),
          this.array(shape, depth),
          this.term(shape, depth),
        ),
    ]
  }

  private scalars(depth: number): (() => Expr)[] {
    const { random } = this
    const shape = () => random.pick(SHAPES.filter(each => !isScalar(each)))
    const square = () => this.make(random.pick([shapeOf('n', 'n'), shapeOf(2, 2)]), depth)
    const column = () => random.pick([n, m, two])
    const products = [
      () => core.multiply(this.make(SCALAR, depth), this.make(SCALAR, depth), this.make(SCALAR, depth)),
      () => {
        const side = column()
        return core.multiply(core.transpose(this.make(side, depth)), this.make(side, depth))
      },
      () =>
        core.multiply(
          core.transpose(this.make(m, depth)),
          this.make(shapeOf('m', 'n'), depth),
          this.make(n, depth),
        ),
      () => applyOp(random.pick(TO_SCALAR), this.make(shape(), depth)),
      () => applyOp(random.pick(TO_SCALAR), this.make(shape(), depth)),
      () => power(applyOp(random.pick(TO_SCALAR), this.make(shape(), depth)), number(rational(2))),
      () => {
        const { rows } = column()
        const unit = core.transpose(indexed.basisVector(this.index(rows), rows))
        return core.multiply(unit, this.random.pick(symbolsOf(shapeOf(rows))))
      },
      () => matrix.traceOf(square()),
      () => applyOp(logSumExp, this.make(n, depth)),
      () => applyOp(matrix.determinant, square()),
      () => applyOp(matrix.logDeterminant, square()),
      () => core.inner(this.make(shapeOf('m', 'n'), depth), this.make(shapeOf('m', 'n'), depth)),
      () => this.over('n', () => this.make(SCALAR, depth)),
      () => this.over('n', () => this.over('m', () => this.make(SCALAR, depth))),
      () => this.over('n', () => this.make(SCALAR, depth), indexed.indexedProduct),
      () =>
        this.over('N', index =>
          core.multiply(core.transpose(this.make(n, depth)), indexed.member(FAMILY, index)),
        ),
      () => core.sumOf(kroneckerOf(this.make(shapeOf('n', 'n'), depth), this.make(shapeOf('m', 'n'), depth))),
      () => core.sumOf(vectorizedOf(this.make(shapeOf('m', 'n'), depth))),
      () => applyOp(crossEntropy, this.array(n, depth), this.make(n, depth)),
      () => applyOp(crossEntropyOfProbabilities, this.array(n, depth), this.make(n, depth)),
    ]
    if (this.bound.length > 0) {
      const delta = () => indexed.delta(random.pick(this.bound).symbol, number(rational(1)))
      products.push(
        () => this.entryOf(),
        () => this.entryOf(),
        () => core.multiply(delta(), this.make(SCALAR, depth)),
      )
      products.push(() => indexed.entry(this.make(n, depth), this.index('n')))
      products.push(() =>
        indexed.entry(this.make(shapeOf('m', 'n'), depth), this.index('m'), this.index('n')),
      )
    }
    return products
  }

  private arrays(shape: Shape, depth: number): (() => Expr)[] {
    const { random } = this
    const { rows, columns } = shape
    const make = () => this.make(shape, depth)
    const through = (side: Dim) =>
      core.multiply(this.make(shapeOf(rows, side), depth), this.make(shapeOf(side, columns), depth))
    const sides: readonly Dim[] = rows === 2 || columns === 2 ? [2] : ['n', 'm']
    const choices = [
      () => core.hadamard(this.array(shape, depth), make()),
      () => core.hadamard(this.array(shape, depth), make(), make()),
      () => core.divideEach(make(), this.array(shape, depth)),
      () => through(random.pick(sides)),
      () => through(random.pick(sides)),
      () => core.multiply(core.negate(make()), this.make(SCALAR, depth)),
      () => core.transpose(this.make(transposed(shape), depth)),
      () => applyOp(random.pick([softmax, logSoftmax]), make()),
    ]
    if (rows !== 1 && columns !== 1)
      choices.push(() =>
        core.multiply(this.make(shapeOf(rows), depth), this.make(shapeOf(1, columns), depth)),
      )
    if (rows === columns) {
      choices.push(
        () => matrix.inverseOf(make()),
        () => core.transpose(matrix.inverseOf(make())),
        () => matrix.inverseOf(core.transpose(make())),
        () => matrix.matrixPowerOf(make(), random.integer(2, 3)),
        () => matrix.diagonalMatrixOf(this.make(shapeOf(rows), depth)),
        () => core.add(make(), core.multiply(this.make(SCALAR, depth), matrix.identity(rows))),
      )
    }
    if (columns === 1) {
      choices.push(
        () => matrix.diagonalVectorOf(this.make(shapeOf(rows, rows), depth)),
        () => core.add(this.random.pick(symbolsOf(shape)), indexed.basisVector(this.index(rows), rows)),
      )
      if (rows !== 2) {
        const other = rows === 'n' ? 'm' : 'n'
        choices.push(
          () => rowSumsOf(this.make(shapeOf(rows, other), depth)),
          () => indexed.columnOf(this.make(shapeOf(rows, other), depth), this.index(other)),
          () => this.over('n', () => core.multiply(this.make(SCALAR, depth), make())),
        )
      }
    }
    if (rows === 1) {
      const tall = columns === 2 ? 2 : 'm'
      choices.push(
        () => columnSumsOf(this.make(shapeOf(tall, columns), depth)),
        () => indexed.rowOf(this.make(shapeOf(tall, columns), depth), this.index(tall)),
      )
    }
    if (rows === 2) {
      choices.push(() =>
        blocksOf(
          Array.from({ length: 2 }, () =>
            Array.from({ length: Number(columns) }, () => this.make(SCALAR, depth)),
          ),
        ),
      )
    }
    return choices
  }
}
