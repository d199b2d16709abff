import type { MatrixAlgebra } from '../base/matrix-algebra.js'
import type { Extent } from '../base/tensor.js'
import { call } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import { isScalar, SCALAR, shapeOf } from '../expr/shape.js'
import { applyOp } from './apply.js'
import { equals } from './comparison.js'
import { add, inner, multiply, negate, ones, transpose } from './core.js'
import { vectorizedOf } from './kronecker.js'
import { identity } from './matrix.js'

interface ExtremeEntrySpec {
  readonly name: string
  readonly title: string
  readonly word: string
  readonly value: <T extends Extent>(m: MatrixAlgebra<T>, a: T) => T
}

/** The differences of any two entries; on the diagonal 1, so that a 0 is a tie. */
function differences(x: Expr): Expr {
  const column = vectorizedOf(x)
  const across = ones(shapeOf(1, column.shape.rows))
  const beside = multiply(column, across)
  return add(beside, negate(transpose(beside)), identity(column.shape.rows))
}

/** The greatest or the least entry of one array; the same word with several arguments compares them. */
function defineExtremeEntry({ name, title, word, value }: ExtremeEntrySpec): Op {
  const attained = (x: Expr, y: Expr) => applyOp(equals, x, multiply(y, ones(x.shape)))
  const op: Op = defineOp({
    name,
    title,
    kind: 'reduction',
    arity: [1, 1],
    notation: {
      form: 'function',
      latex: `\\${word}`,
      plain: word,
      homonym: true,
      precedence: PRECEDENCE.product,
    },
    shape: () => SCALAR,
    make: ([x]) => (isScalar(x!.shape) ? x! : call(op, [x!])),
    value: (m, [x]) => value(m, x!),
    rule: {
      id: `${name}-rule`,
      name: `derivative of the ${title}`,
      statement: `\\nabla_x\\${word}(x)=\\mathbb{1}[x=\\${word}(x)\\,\\mathbf{1}]`,
      source: 'cs231n:optimization-2',
      sentence: 'The whole derivative goes to the entry that decides.',
      level: 'brief',
    },
    push: (d, [x], _, y) => inner(attained(x!, y), d),
    pull: (g, [x], _, y) => multiply(g, attained(x!, y)),
    attained: true,
    switches: ([x]) => [differences(x!)],
    kinks: 'no derivative where several entries tie; each of them is given the slope 1 there',
    examples: [`${word}(x)`, `${word}(A)`],
  })
  return op
}

export const greatestEntry: Op = defineExtremeEntry({
  name: 'greatest-entry',
  title: 'greatest entry',
  word: 'max',
  value: (m, a) => m.max(a),
})

export const leastEntry: Op = defineExtremeEntry({
  name: 'least-entry',
  title: 'least entry',
  word: 'min',
  value: (m, a) => m.min(a),
})
