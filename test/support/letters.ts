import { rational } from '../../src/base/rational.js'
import { number, symbol } from '../../src/expr/intern.js'
import type { Num, Sym } from '../../src/expr/node.js'
import { type Dim, shapeOf } from '../../src/expr/shape.js'

/** A literal. */
export function literal(numerator: number, denominator = 1): Num {
  return number(rational(numerator, denominator))
}

/** A scalar, a column or a matrix by its name. */
export function letter(name: string, rows: Dim = 1, columns: Dim = 1): Sym {
  return symbol(name, shapeOf(rows, columns))
}
