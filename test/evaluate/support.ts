import { loadAutograd } from '../../src/autograd/load.js'
import type { Autograd } from '../../src/autograd/traced.js'
import { rational } from '../../src/base/rational.js'
import type { Nested } from '../../src/base/tensor.js'
import type { Check } from '../../src/evaluate/check.js'
import type { Claim } from '../../src/evaluate/claim.js'
import type { Point } from '../../src/evaluate/evaluate.js'
import { verifyDerivation } from '../../src/evaluate/verify.js'
import { type Derivation, Verifying } from '../../src/evaluate/verifying.js'
import { number, symbol } from '../../src/expr/intern.js'
import type { Expr, Num, Sym } from '../../src/expr/node.js'
import type { Definition, EntrySet, Fact } from '../../src/expr/problem.js'
import { type Dim, SCALAR, shapeOf } from '../../src/expr/shape.js'
import type { Collected } from '../../src/expr/step.js'
import { loadTensors } from '../../src/tensor/load.js'

export const tensors = await loadTensors()

/** The engines, with autograd loaded at its first use. */
export const engines = { tensors, autograd: (): Promise<Autograd> => loadAutograd() }

export const scalar = (name: string): Sym => symbol(name)
export const vector = (name: string, size: Dim): Sym => symbol(name, shapeOf(size))
export const matrix = (name: string, rows: Dim, columns: Dim): Sym => symbol(name, shapeOf(rows, columns))
export const size = (name: string): Sym => symbol(name, SCALAR, 'dimension')
export const index = (name: string): Sym => symbol(name, SCALAR, 'index')
export const num = (numerator: number, denominator = 1): Num => number(rational(numerator, denominator))
export const define = (name: Sym, body: Expr): Definition => ({ symbol: name, body })
export const declare = (name: Sym, set: EntrySet) => ({ symbol: name, set })
export const fact = (left: Expr, right: Expr): Fact => ({ left, right, assumption: { latex: '' } })

/** A point of given nested lists. */
export function pointAt(
  values: readonly (readonly [Sym, Nested])[],
  sizes: Record<string, number> = {},
): Point {
  return {
    values: new Map(values.map(([name, value]) => [name, tensors.fromNested(value)])),
    sizes: new Map(Object.entries(sizes)),
    indices: new Map(),
    functions: new Map(),
  }
}

/** The check of one claimed gradient. */
export async function checkGradient(
  output: Expr,
  wrt: Sym,
  result: Expr,
  rest: Partial<Derivation> & Partial<Claim> = {},
): Promise<Check> {
  const { kind = 'gradient', order = 1, change, definitions = [], ...others } = rest
  const claim: Claim = { kind, order, output, wrt, result, change }
  const { claims } = await verifyDerivation({ definitions, ...others, claims: [claim] }, engines)
  return claims[0]!
}

/** The checks of the steps of a derivation, which need no automatic differentiation. */
export function checkSteps(derivation: Derivation) {
  return new Verifying(derivation, tensors, undefined, {}).verify([], derivation.steps ?? []).steps
}

/** A pass that leaves an expression as it is. */
export function untouched(node: Expr): Collected<Expr> {
  return { answer: node, steps: [] }
}
