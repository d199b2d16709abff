import { call } from '../expr/intern.js'
import type { Call, Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { isScalar } from '../expr/shape.js'
import { postorder } from '../expr/walk.js'
import {
  addition,
  hadamardProduct,
  isCall,
  matrixProduct,
  multiplication,
  transpose,
  transposition,
} from '../ops/core.js'

const COMMUTATIVE: ReadonlySet<Op> = new Set([addition, multiplication, hadamardProduct])

/** Numbers expressions so that those equal up to the order of commuting parts get the same number. */
export interface Classes {
  of(node: Expr): number
}

/**
 * Makes a numbering. Every expression has one representative, the same formula with commuting parts in one fixed
 * order; a scalar chain such as `x^\top A y` shares it with its transpose `y^\top A^\top x`. The numbers mean nothing
 * outside the process; they are compared, never printed.
 */
export function startClasses(): Classes {
  const known = new Map<Expr, Expr>()
  const representative = (node: Call): Expr => {
    let args: Expr[] | undefined
    for (let i = 0; i < node.args.length; i++) {
      const arg = node.args[i]!
      const one = arg.kind === 'call' ? known.get(arg)! : arg
      if (one === arg) continue
      args ??= node.args.slice()
      args[i] = one
    }
    if (COMMUTATIVE.has(node.op)) {
      if (isSorted(args ?? node.args)) return args === undefined ? node : call(node.op, args, node.shape)
      return call(node.op, (args ?? node.args).toSorted(byAge), node.shape)
    }
    if (isCall(node, matrixProduct) && isScalar(node.shape)) return scalarChain(node, args ?? node.args)
    return args === undefined ? node : call(node.op, args, node.shape)
  }
  const scalarChain = (node: Call, there: readonly Expr[]): Expr => {
    const back = node.args.map(arg => find(transpose(arg))).reverse()
    for (let i = 0; i < there.length; i++) {
      const order = there[i]!.id - back[i]!.id
      if (order !== 0) return call(node.op, order < 0 ? there : back, node.shape)
    }
    return call(node.op, there, node.shape)
  }
  const allKnown = (args: readonly Expr[]): boolean => {
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!
      if (arg.kind === 'call' && !known.has(arg)) return false
    }
    return true
  }
  const find = (node: Expr): Expr => {
    if (node.kind !== 'call') return node
    const found = known.get(node)
    if (found !== undefined) return found
    if (allKnown(node.args)) known.set(node, representative(node))
    else {
      for (const part of postorder([node], inner => !known.has(inner))) {
        if (part.kind === 'call' && !known.has(part)) known.set(part, representative(part))
      }
    }
    return known.get(node)!
  }
  return Object.freeze({ of: (node: Expr) => find(node).id })
}

function isSorted(args: readonly Expr[]): boolean {
  for (let i = 1; i < args.length; i++) if (args[i - 1]!.id > args[i]!.id) return false
  return true
}

function byAge(a: Expr, b: Expr): number {
  return a.id - b.id
}

/** So many parts are compared with one another; of more, a table is made. */
export const MOST_COMPARED = 16

/** Whether two expressions may be of one class. Without any table, so the answer can be a false yes. */
export function mayBeEqual(a: Expr, b: Expr): boolean {
  if (a === b || a.sketch === b.sketch) return true
  // A scalar chain has the class of its transpose, which is another formula.
  return ((a.beneath | b.beneath) & transposition.bit) !== 0
}
