import type { MatrixAlgebra } from '../base/matrix-algebra.js'
import type { Extent } from '../base/tensor.js'
import type { Expr } from '../expr/node.js'
import { type Domain, defineOp, type Op, type OpNotation, PRECEDENCE } from '../expr/op.js'
import type { Rule } from '../expr/rule.js'
import { isMatrix } from '../expr/shape.js'
import { isCall, matrixProduct, scaleEach } from './core.js'

/** The record of a function of one number that acts on arrays entry by entry. */
interface ElementwiseSpec {
  readonly name: string
  readonly title: string
  readonly latex: string
  readonly plain: string
  readonly latexAliases?: readonly string[]
  readonly plainAliases?: readonly string[]
  /** What the word means with a parameter behind the argument. */
  readonly parameter?: Op
  /** Replaces the usual `f(x)` where a function is written otherwise. */
  readonly notation?: Partial<OpNotation>
  readonly value: <T extends Extent>(algebra: MatrixAlgebra<T>, x: T) => T
  /**
   * The derivative at the input, of its shape, in terms of the input `x` or the output `y`. Absent where it is zero
   * wherever it exists.
   */
  readonly derivative?: (x: Expr, y: Expr) => Expr
  readonly rule: Rule
  readonly domain?: ReturnType<Domain>
  readonly kinks?: string
  readonly switches?: (x: Expr) => readonly Expr[]
  readonly positive?: boolean
  readonly formulas?: (x: Expr) => readonly Expr[]
  readonly examples?: readonly string[]
}

/** Before a product of matrices the local derivative is written first, as in `\sigma'(XW) \odot (E V^\top)`. */
function isBatch(d: Expr): boolean {
  return isCall(d, matrixProduct) && isMatrix(d.shape)
}

/** An elementwise function from its value and its derivative: differential and adjoint are the same product. */
export function defineElementwise(spec: ElementwiseSpec): Op {
  const { derivative, domain, switches } = spec
  const scaled =
    derivative &&
    ((d: Expr, args: readonly Expr[], _: number, y: Expr) => {
      const local = derivative(args[0]!, y)
      return isBatch(d) ? scaleEach(local, d) : scaleEach(d, local)
    })
  return defineOp({
    name: spec.name,
    title: spec.title,
    kind: 'elementwise',
    arity: [1, 1],
    notation: {
      form: 'function',
      latex: spec.latex,
      plain: spec.plain,
      latexAliases: spec.latexAliases ?? [],
      plainAliases: spec.plainAliases ?? [],
      ...(spec.parameter ? { parameter: spec.parameter } : {}),
      precedence: PRECEDENCE.product,
      ...spec.notation,
    },
    shape: ([x]) => x!.shape,
    value: (algebra, [x]) => spec.value(algebra, x!),
    rule: spec.rule,
    ...(scaled ? { push: scaled, pull: scaled } : { flat: () => true }),
    ...(domain ? { domain: () => domain } : {}),
    ...(spec.kinks ? { kinks: spec.kinks } : {}),
    ...(switches ? { switches: ([x]: readonly Expr[]) => switches(x!) } : {}),
    ...(spec.positive ? { positive: true } : {}),
    ...(spec.formulas ? { formulas: spec.formulas } : {}),
    examples: spec.examples ?? [`${spec.plain}(s)`, `${spec.plain}(x)`],
  })
}
