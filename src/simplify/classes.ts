import { call } from '../expr/intern.js'
import type { Call, Expr } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import { isScalar } from '../expr/shape.js'
import { postorder } from '../expr/walk.js'
import { addition, hadamardProduct, isCall, matrixProduct, multiplication, transpose } from '../ops/core.js'

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
    let changed = false
    const args = node.args.map(arg => {
      const one = arg.kind === 'call' ? known.get(arg)! : arg
      if (one !== arg) changed = true
      return one
    })
    if (COMMUTATIVE.has(node.op)) {
      for (let i = 1; i < args.length; i++) {
        if (args[i - 1]!.id <= args[i]!.id) continue
        args.sort((a, b) => a.id - b.id)
        changed = true
        break
      }
    } else if (isCall(node, matrixProduct) && isScalar(node.shape)) return scalarChain(node, args)
    return changed ? call(node.op, args, node.shape) : node
  }
  const scalarChain = (node: Call, there: readonly Expr[]): Expr => {
    const back = node.args.map(arg => find(transpose(arg))).reverse()
    for (let i = 0; i < there.length; i++) {
      const order = there[i]!.id - back[i]!.id
      if (order !== 0) return call(node.op, order < 0 ? there : back, node.shape)
    }
    return call(node.op, there, node.shape)
  }
  const find = (node: Expr): Expr => {
    if (node.kind !== 'call') return node
    const found = known.get(node)
    if (found !== undefined) return found
    if (node.args.every(arg => arg.kind !== 'call' || known.has(arg))) known.set(node, representative(node))
    else {
      for (const part of postorder([node], inner => !known.has(inner))) {
        if (part.kind === 'call' && !known.has(part)) known.set(part, representative(part))
      }
    }
    return known.get(node)!
  }
  return Object.freeze({ of: (node: Expr) => find(node).id })
}
