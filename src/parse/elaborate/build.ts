import { ShapeError, unreachable } from '../../base/errors.js'
import { isInteger, ONE } from '../../base/rational.js'
import { sumOfDims } from '../../expr/dimension.js'
import { call, number, symbol } from '../../expr/intern.js'
import type { Expr, Sym } from '../../expr/node.js'
import { isScalar, SCALAR, type Shape, transposed } from '../../expr/shape.js'
import { postorder, symbolsOf } from '../../expr/walk.js'
import { abstractFunction } from '../../ops/abstract.js'
import { applyOp } from '../../ops/apply.js'
import { blocksOf, sliceOf } from '../../ops/blocks.js'
import { equals } from '../../ops/comparison.js'
import {
  add,
  addition,
  divide,
  divideEach,
  hadamard,
  inner,
  isCall,
  multiplication,
  multiply,
  negate,
  ones,
  transpose,
} from '../../ops/core.js'
import { dimensionOf } from '../../ops/dimension.js'
import { greatestEntry, leastEntry } from '../../ops/extremes.js'
import {
  basisVector,
  columnOf,
  delta,
  entry,
  indexedProduct,
  indexedSum,
  member,
  rowOf,
  rowSelection,
} from '../../ops/indexed.js'
import { kroneckerOf } from '../../ops/kronecker.js'
import { identity, inverseOf, matrixPowerOf } from '../../ops/matrix.js'
import { piecewise } from '../../ops/piecewise.js'
import { power } from '../../ops/powers.js'
import { gather, raise } from '../../ops/raise.js'
import { writtenDerivative } from './derivative-op.js'
import { applyPointwise, spellsOut } from './functions.js'
import { placed } from './make-call.js'
import type { BuiltFunction, PointwiseFunction } from './scope.js'
import type { SideSolver, Sides } from './sides.js'
import type { BigTerm, DerivativeTerm, PowerTerm, ProductTerm, Term } from './term.js'

/** Makes expressions of terms, each term once. */
export class Builder {
  readonly #done = new Map<Term, Expr>()
  readonly #solver: SideSolver
  readonly #exact: boolean

  /** With `exact`, sums over an index stay as they are written. */
  constructor(solver: SideSolver, exact: boolean) {
    this.#solver = solver
    this.#exact = exact
  }

  /** The expression of a term. Raises `ShapeError` where a size was never found. */
  build(root: Term): Expr {
    const done = this.#done
    const stack: { term: Term; next: number }[] = [{ term: root, next: 0 }]
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!
      const { term } = top
      if (done.has(term)) {
        stack.pop()
      } else if (top.next < term.args.length) {
        const arg = term.args[top.next++]!
        if (!done.has(arg)) stack.push({ term: arg, next: 0 })
      } else {
        stack.pop()
        const args = term.args.map(arg => done.get(arg)!)
        done.set(
          term,
          placed(term.span, () => this.#make(term, args)),
        )
      }
    }
    return done.get(root)!
  }

  #make(term: Term, args: readonly Expr[]): Expr {
    switch (term.kind) {
      case 'number':
        return number(term.value)
      case 'symbol':
        return term.entry.given ?? symbol(term.entry.name, this.#shape(term))
      case 'index':
        return term.index.symbol
      case 'constant':
        return term.make()
      case 'filled':
        return number(term.value, this.#shape(term))
      case 'identity':
        return identity(this.#shape(term).rows)
      case 'sum': {
        const filled = this.#fill(term, args)
        return add(...filled.map((arg, i) => (term.signs[i] === '-' ? negate(arg) : arg)))
      }
      case 'signed':
        return negate(args[0]!)
      case 'product':
        return buildProduct(term, args)
      case 'hadamard':
        return buildHadamard(args)
      case 'inner':
        return inner(args[0]!, args[1]!)
      case 'quotient': {
        if (!term.entrywise) return divide(args[0]!, args[1]!)
        const [above, below] = this.#fill(term, args)
        return divideEach(above!, below!)
      }
      case 'transpose':
        return transpose(args[0]!)
      case 'power':
        return buildPower(term, args)
      case 'call':
        // `[i = j]` of two indices is Kronecker's delta; what was printed is read as it stands.
        if (term.op === equals && !this.#exact && args.every(isIndex)) return delta(args[0]!, args[1]!)
        return applyOp(term.op, ...(term.op.flow === 'common' ? this.#fill(term, args) : args))
      case 'entry':
        return buildEntry(term.select, args)
      case 'part':
        return sliceOf(args[0]!, sumOfDims(term.top, -1), sumOfDims(term.left, -1), this.#shape(term))
      case 'basis':
        return basisVector(args[0]!, this.#shape(term).rows)
      case 'big':
        return this.#big(term, args)
      case 'blocks':
        return blocksOf(
          Array.from({ length: term.rows }, (_, i) => args.slice(i * term.columns, (i + 1) * term.columns)),
        )
      case 'cases':
        return applyOp(piecewise, ...this.#fillValues(term, args))
      case 'applied':
        return this.#applied(term.definition, term.order, args, term)
      case 'abstract':
        return applyOp(abstractFunction(term.name, term.order), args[0]!)
      case 'derivative':
        return this.#derivative(term, args)
    }
  }

  #derivative(term: DerivativeTerm, args: readonly Expr[]): Expr {
    const shape = this.#shape(term)
    if (!term.turned) return call(writtenDerivative, args, shape)
    return transpose(call(writtenDerivative, args, transposed(shape)))
  }

  #shape(term: { readonly sides: Sides; readonly span: Term['span'] }): Shape {
    const shape = this.#solver.shape(term.sides)
    if (shape !== undefined) return shape
    throw new ShapeError('unknown-size', `the size of this is not known: ${this.#solver.text(term.sides)}`, {
      span: term.span,
      hint: 'declare it, or give it a size: I_n, \\mathbf{1}_n',
    })
  }

  /** Numbers among arrays become arrays filled with them. */
  #fill(term: Term, args: readonly Expr[]): readonly Expr[] {
    if (!term.args.some(arg => arg.literal)) return args
    let shape: Shape = SCALAR
    args.forEach((arg, i) => {
      if (!term.args[i]!.literal) shape = arg.shape
    })
    return args.map((arg, i) => (term.args[i]!.literal ? filledWith(arg, shape) : arg))
  }

  #fillValues(term: Term, args: readonly Expr[]): readonly Expr[] {
    const last = args.length - 1
    const isValue = (i: number) => i % 2 === 1 || i === last
    const shape = this.#shape(term)
    return args.map((arg, i) => (isValue(i) && isScalar(arg.shape) ? filledWith(arg, shape) : arg))
  }

  #big(term: BigTerm, args: readonly Expr[]): Expr {
    const body = args[args.length - 1]!
    const { symbol: index, extent } = term.index
    const size = this.#solver.value(extent)
    const low = args.length === 3 ? args[0]! : number(ONE)
    const high = args.length > 1 ? args[args.length - 2]! : size === undefined ? undefined : dimensionOf(size)
    if (high === undefined) {
      throw new ShapeError('unknown-range', `nothing says how far ${term.index.letter} runs`, {
        span: term.index.span,
        hint: 'write \\sum_{i=1}^{n}',
      })
    }
    if (term.operator === 'prod') return indexedProduct(index, low, high, body)
    if (term.operator !== 'sum') return this.#extreme(term, body, low, high)
    // Inside another sum the outer one is raised with all it holds.
    const alone = !symbolsOf([body]).some(inner => inner.role === 'index' && inner !== index)
    const regular = !this.#exact && alone && size !== undefined && low === number(ONE)
    const raised = regular ? raise(body, { symbol: index, extent: size }) : undefined
    return raised ?? indexedSum(index, low, high, body)
  }

  /** The greatest or least of the values that a body has over an index, as that of an array. */
  #extreme(term: BigTerm, body: Expr, low: Expr, high: Expr): Expr {
    const { symbol: index, extent } = term.index
    const size = this.#solver.value(extent)
    if (size === undefined || low !== number(ONE)) {
      throw new ShapeError('unsupported-range', 'this range of an index is not supported here', {
        span: term.index.span,
        hint: 'let the index run over all entries of an array',
      })
    }
    const op = term.operator === 'max' ? greatestEntry : leastEntry
    // The extreme of extremes of rows is that of the matrix with these rows.
    const rows = isCall(body, op) && body.args[0]!.shape.columns === 1
    const part = rows ? transpose(body.args[0]!) : body
    const stacked = multiply(...(rows ? [basisVector(index, size), part] : [part, basisVector(index, size)]))
    const all = isCall(part, rowSelection) && part.args[1] === index ? part.args[0]! : undefined
    const whole = all?.shape.rows === size && !symbolsOf([all]).includes(index) ? all : undefined
    const values =
      whole ??
      (rows ? undefined : gather(body, { symbol: index, extent: size })) ??
      raise(stacked, { symbol: index, extent: size }) ??
      indexedSum(index, low, high, stacked)
    return applyOp(op, values)
  }

  #applied(definition: PointwiseFunction, order: number, args: readonly Expr[], term: Term): Expr {
    definition.built ??= this.#function(definition)
    const filled = this.#fill(term, args)
    return applyPointwise(definition, definition.built, order, filled, term.span)
  }

  #function(definition: PointwiseFunction): BuiltFunction {
    const parameters: Sym[] = definition.parameters.map(parameter => symbol(parameter.name, SCALAR))
    const body =
      definition.body === undefined
        ? unreachable(`${definition.name} has no body`)
        : this.build(definition.body)
    const [only] = parameters
    const { known } = definition
    const same = known !== undefined && parameters.length === 1 && spellsOut(known, body, only!)
    return { parameters, derivatives: [same ? applyOp(known, only!) : body] }
  }
}

function filledWith(value: Expr, shape: Shape): Expr {
  if (isScalar(shape) || !isScalar(value.shape)) return value
  return value.kind === 'num' ? number(value.value, shape) : multiply(value, ones(shape))
}

function buildHadamard(args: readonly Expr[]): Expr {
  const scalars = args.filter(arg => isScalar(arg.shape))
  if (scalars.length === 0 || scalars.length === args.length) return hadamard(...args)
  return multiply(...scalars, hadamard(...args.filter(arg => !isScalar(arg.shape))))
}

function buildProduct(term: ProductTerm, args: readonly Expr[]): Expr {
  let run: Expr[] = [args[0]!]
  term.pairs.forEach((pair, i) => {
    const next = args[i + 1]!
    switch (pair.reading) {
      case 'inner': {
        const arrays = run.filter(factor => !isScalar(factor.shape))
        run = [...run.filter(factor => isScalar(factor.shape)), transpose(multiply(...arrays)), next]
        break
      }
      case 'hadamard':
        run = [hadamard(multiply(...run), next)]
        break
      case 'kronecker':
        run = [kroneckerOf(multiply(...run), next)]
        break
      default:
        run.push(next)
    }
  })
  return multiply(...run)
}

function buildPower(term: PowerTerm, args: readonly Expr[]): Expr {
  const [base, exponent] = args as readonly [Expr, Expr]
  if (term.entrywise || isScalar(base.shape)) return power(base, exponent)
  return exponent.kind === 'num' && exponent.value.equals(-1)
    ? inverseOf(base)
    : matrixPowerOf(base, exponent)
}

function buildEntry(select: 'entry' | 'row' | 'column' | 'member', args: readonly Expr[]): Expr {
  const [base, i, j] = args as readonly [Expr, Expr, Expr | undefined]
  switch (select) {
    case 'entry':
      return entry(base, i, j)
    case 'row':
      return rowOf(base, i)
    case 'column':
      return columnOf(base, i)
    case 'member':
      return base.shape.columns === 1 ? entry(base, i) : member(base, i)
  }
}

/** Whole numbers, indices and sums of these. */
function isIndex(node: Expr): boolean {
  return postorder([node]).every(part =>
    part.kind === 'num'
      ? isInteger(part.value)
      : part.kind === 'sym'
        ? part.role === 'index'
        : isCall(part, addition) || isCall(part, multiplication),
  )
}
