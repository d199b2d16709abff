import type { MatrixAlgebra } from '../../src/base/matrix-algebra.js'
import { toNumber } from '../../src/base/rational.js'
import type { Extent } from '../../src/base/tensor.js'
import type { Expr } from '../../src/expr/node.js'
import { type Shape, sizeOf } from '../../src/expr/shape.js'

export interface Setting<T extends Extent> {
  readonly algebra: MatrixAlgebra<T>
  readonly values: ReadonlyMap<Expr, T>
  readonly sizes: ReadonlyMap<string, number>
}

export function extentOf(shape: Shape, sizes: ReadonlyMap<string, number>): Extent {
  return { rows: sizeOf(shape.rows, sizes), columns: sizeOf(shape.columns, sizes) }
}

/** A whole number made of literals, sizes and indices, as they stand among the arguments of index notation. */
function wholeOf(node: Expr, sizes: ReadonlyMap<string, number>, indices: ReadonlyMap<Expr, number>): number {
  if (node.kind === 'num') return toNumber(node.value)
  if (node.kind === 'sym') return indices.get(node) ?? sizeOf(node.name, sizes)
  const parts = node.args.map(arg => wholeOf(arg, sizes, indices))
  if (node.op.name === 'add') return parts.reduce((a, b) => a + b)
  if (node.op.name === 'multiply') return parts.reduce((a, b) => a * b)
  throw new Error(`${node.op.name} does not make a whole number`)
}

/** Evaluates an expression by the values of its operations: small, slow and apart from the evaluator under test. */
export function evaluate<T extends Extent>(
  root: Expr,
  setting: Setting<T>,
  indices: ReadonlyMap<Expr, number> = new Map(),
): T {
  const { algebra, values, sizes } = setting
  const done = new Map<Expr, T>()
  const resolve = (node: Expr): T => {
    const value = done.get(node) ?? compute(node)
    done.set(node, value)
    return value
  }
  const compute = (node: Expr): T => {
    const { rows, columns } = extentOf(node.shape, sizes)
    if (node.kind === 'num') return algebra.fill(toNumber(node.value), rows, columns)
    if (node.kind === 'sym') return values.get(node) ?? algebra.fill(wholeOf(node, sizes, indices), 1, 1)
    const { op, args } = node
    if (!op.binds) {
      const cut = args.length - (op.indexArguments ?? 0)
      const chosen = args.slice(cut).map(arg => wholeOf(arg, sizes, indices))
      return op.value(algebra, args.slice(0, cut).map(resolve), { rows, columns }, chosen)
    }
    const [index, low, high, body] = args as readonly [Expr, Expr, Expr, Expr]
    const terms: T[] = []
    for (let i = wholeOf(low, sizes, indices); i <= wholeOf(high, sizes, indices); i++) {
      terms.push(evaluate(body, setting, new Map([...indices, [index, i]])))
    }
    return op.value(algebra, terms, { rows, columns }, [])
  }
  return resolve(root)
}
