import { makeTensor } from '../base/tensor.js'
import { productOfDims } from '../expr/dimension.js'
import { call } from '../expr/intern.js'
import type { Expr } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import { type Dim, shapeOf } from '../expr/shape.js'
import { dimensionOf, dimOf } from './dimension.js'
import { identity } from './matrix.js'

export const commutation: Op = defineOp({
  name: 'commutation',
  title: 'commutation matrix',
  kind: 'general',
  arity: [2, 2],
  notation: { form: 'special', latex: 'K', plain: 'commutation', precedence: PRECEDENCE.atom },
  shape: ([rows, columns]) => {
    const size = productOfDims(dimOf(rows!), dimOf(columns!))
    return shapeOf(size, size)
  },
  make: ([rows, columns]) => commutationOf(dimOf(rows!), dimOf(columns!)),
  value: (m, _, { rows: size }, [rows, columns]) => {
    const data = new Float64Array(size * size)
    for (let i = 0; i < rows!; i++) {
      for (let j = 0; j < columns!; j++) data[(i * columns! + j) * size + j * rows! + i] = 1
    }
    return m.constant(makeTensor(size, size, data))
  },
  indexArguments: 2,
  rule: {
    id: 'commutation-rule',
    name: 'commutation matrix',
    statement: '\\operatorname{vec}(X^\\top)=K_{m,n}\\operatorname{vec}(X)',
    source: 'magnus-neudecker:3',
    sentence: 'Transposing a matrix rearranges its stacked columns, always in the same way.',
    level: 'normal',
  },
  flat: () => true,
  examples: ['commutation(2, 3)'],
})

/** The matrix `K` with `vec(X') = K vec(X)` for every rows×columns matrix; of a vector it is the identity. */
export function commutationOf(rows: Dim, columns: Dim): Expr {
  if (rows === 1) return identity(columns)
  if (columns === 1) return identity(rows)
  return call(commutation, [dimensionOf(rows), dimensionOf(columns)])
}
