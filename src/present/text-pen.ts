import type { Tensor } from '../base/tensor.js'
import type { Expr } from '../expr/node.js'
import type { Notation } from '../expr/notation.js'
import type { Declaration, EntrySet } from '../expr/problem.js'
import { isScalar, type Shape, shapeOf } from '../expr/shape.js'
import { toText } from '../print/text.js'
import type { Condition, Maths } from './maths.js'
import { isNamed, lettersIn } from './named.js'
import { plainNumber } from './number-text.js'
import type { Pen } from './pen.js'

const SETS: ReadonlyMap<EntrySet, string> = new Map([
  ['positive', 'positive'],
  ['nonnegative', 'not negative'],
  ['unit-interval', 'between 0 and 1'],
  ['binary', '0 or 1'],
  ['sign', '-1 or 1'],
  ['symmetric', 'symmetric'],
  ['positive-definite', 'symmetric positive definite'],
  ['integer', 'whole'],
])

const CONDITIONS: ReadonlyMap<Condition, readonly [string, string]> = new Map([
  ['positive', ['', ' > 0']],
  ['nonzero', ['', ' != 0']],
  ['nonnegative', ['', ' >= 0']],
  ['unit', ['0 < ', ' < 1']],
  ['minus-one-to-one', ['-1 < ', ' < 1']],
  ['above-one', ['', ' > 1']],
  ['invertible', ['det(', ') != 0']],
])

/** Spells in the plain dialect, which the library reads. */
export function textPen(notation: Notation): Pen {
  const expression = (node: Expr, known: readonly string[] = []) => toText(node, notation, known)

  const maths = (it: Maths): string => {
    switch (it.kind) {
      case 'expression':
        return expression(it.node)
      case 'derivative':
        return plainDerivative(it.of, it.wrt, it.order, it.second ?? it.wrt, expression)
      case 'stacked': {
        const top = it.order === 1 ? expression(it.of) : plainDerivative(it.of, it.wrt, 1, it.wrt, expression)
        return `dvec(${top})/dvec(${expression(it.order === 1 ? it.wrt : (it.second ?? it.wrt))})'`
      }
      case 'differential': {
        const of = expression(it.of)
        if (it.order === 2) return `d(${plainDerivative(it.of, it.wrt, 1, it.wrt, expression)})`
        return isNamed(it.of) ? `d${of}` : `d(${of})`
      }
      case 'partial':
        return `d/d${it.wrt.kind === 'sym' ? expression(it.wrt) : `(${expression(it.wrt)})`}`
      case 'sign':
        return it.sign
      case 'numbers':
        return plainNumbers(it.value)
      case 'membership':
        return plainMembership(it.members)
      case 'shapes':
        return plainShapes(it.factors, it.result)
      case 'condition': {
        const [before, after] = CONDITIONS.get(it.holds)!
        return `${before}${expression(it.node)}${after}`
      }
      case 'equation':
        return `${expression(it.left)} = ${expression(it.right)}`
      case 'least':
        return `${it.letter} >= ${it.least}`
      case 'range':
        return `${it.letter} = ${it.from === it.to ? it.to : `${it.from}, ..., ${it.to}`}`
      case 'latex':
        return it.latex
    }
  }
  return { maths, equals: '=' }
}

function plainDerivative(
  of: Expr,
  wrt: Expr,
  order: 1 | 2,
  second: Expr,
  expression: (node: Expr, known?: readonly string[]) => string,
): string {
  const known = lettersIn(wrt, second)
  const named = (node: Expr) => (isNamed(node) ? expression(node) : `(${expression(node, known)})`)
  const [above, below, then] = [named(of), named(wrt), named(second)]
  if (order === 1) return `d${above}/d${below}`
  if (isScalar(wrt.shape) && wrt === second) return `d2${above}/d${below}^2`
  return `d2${above}/d${below}d${then}${isScalar(second.shape) ? '' : "'"}`
}

function plainNumbers({ rows, columns, data }: Tensor): string {
  if (rows === 1 && columns === 1) return plainNumber(data[0]!)
  const line = (i: number) =>
    Array.from({ length: columns }, (_, j) => plainNumber(data[i * columns + j]!)).join(', ')
  return `[${Array.from({ length: rows }, (_, i) => line(i)).join('; ')}]`
}

function plainShapes(factors: readonly Shape[], result: Shape): string {
  const spelled = (shape: Shape) => `${shape.rows} x ${shape.columns}`
  if (factors.length < 2) return `(${spelled(result)})`
  return `${factors.map(shape => `(${spelled(shape)})`).join('')} = ${spelled(result)}`
}

function plainMembership(members: readonly Declaration[]): string {
  const [{ symbol, family, set }] = members as [Declaration, ...Declaration[]]
  const kind = SETS.get(set)
  const suffix = kind === undefined ? '' : `, ${kind}`
  if (family !== undefined) {
    const { rows, columns } = symbol.shape
    const member = plainShape(shapeOf(columns))
    return `${symbol.name}[${family}]: ${member}, ${family} = 1, ..., ${rows}${suffix}`
  }
  return `${members.map(member => member.symbol.name).join(', ')}: ${plainShape(symbol.shape)}${suffix}`
}

function plainShape(shape: Shape): string {
  if (isScalar(shape)) return 'scalar'
  return shape.columns === 1 ? `${shape.rows}` : `${shape.rows} x ${shape.columns}`
}
