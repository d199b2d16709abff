import { NameError } from '../base/errors.js'
import type { ConcreteFunction } from '../evaluate/functions.js'
import { planOf } from '../evaluate/plan.js'
import { run } from '../evaluate/run.js'
import { symbol } from '../expr/intern.js'
import type { Expr, Sym } from '../expr/node.js'
import { DEFAULT_NOTATION } from '../expr/notation.js'
import type { Op } from '../expr/op.js'
import { shapeOf } from '../expr/shape.js'
import { applyOp } from '../ops/apply.js'
import { sumOf } from '../ops/core.js'
import { operations } from '../ops/table.js'
import type { Tensors } from '../tensor/tensor.js'
import { work } from './derive.js'

/**
 * A known function of one number, such as `tanh`, in the form that takes the place of an unknown one. Raises
 * `NameError` when no function entry by entry has that name.
 */
export function knownFunction(tensors: Tensors, name: string): ConcreteFunction {
  const op = operations.find(
    known => known.kind === 'elementwise' && known.arity[0] === 1 && spells(known, name),
  )
  if (op === undefined) throw new NameError('unknown-function', `there is no function ${name} of one number`)
  const apply: ConcreteFunction['apply'] = (algebra, _, x, order) => {
    const at = symbol('t', shapeOf(x.rows, x.columns))
    const plan = planOf([derivativeAt(op, at, order)])
    return run(plan, { algebra, tensors, ...NOTHING, resolve: () => x }).values[0]!
  }
  return Object.freeze({ parameters: Object.freeze([]), apply })
}

const NOTHING = Object.freeze({ sizes: new Map<string, number>([]), indices: new Map<Sym, number>([]) })

function spells({ name, notation }: Op, word: string): boolean {
  return name === word || notation.plain === word || (notation.plainAliases ?? []).includes(word)
}

/** The derivative of a function entry by entry is the gradient of the sum of its values. */
function derivativeAt(op: Op, at: Sym, order: number): Expr {
  let value = applyOp(op, at)
  for (let k = 0; k < order; k++) {
    const question = { of: sumOf(value), wrt: at, order: 1 } as const
    value = work({ ...EMPTY, questions: [question] }).answers[0]!.expanded
  }
  return value
}

const EMPTY = Object.freeze({
  declarations: [],
  definitions: [],
  facts: [],
  claims: [],
  values: new Map<Sym, never>([]),
  sizes: new Map<string, number>([]),
  notation: DEFAULT_NOTATION,
  readings: [],
})
