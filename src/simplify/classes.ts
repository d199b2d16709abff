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
 * Makes a numbering. A scalar chain such as `x^\top A y` is in the class of its transpose `y^\top A^\top x` too. The
 * numbers mean nothing outside the numbering; they are compared, never printed.
 */
export function startClasses(): Classes {
  const known = new Map<Expr, number>()
  const keys = new Map<string, number>()
  const numberOf = (key: string) => {
    const found = keys.get(key)
    if (found !== undefined) return found
    keys.set(key, keys.size)
    return keys.size - 1
  }
  const chainKey = (factors: readonly Expr[]) => factors.map(factor => known.get(factor)!).join(',')
  const visit = (node: Expr): number => {
    if (node.kind !== 'call') return numberOf(`leaf ${node.id}`)
    if (COMMUTATIVE.has(node.op)) {
      const parts = node.args.map(arg => known.get(arg)!).sort((a, b) => a - b)
      return numberOf(`${node.op.id}:${parts.join(',')}`)
    }
    if (isCall(node, matrixProduct) && isScalar(node.shape)) return numberOf(scalarChain(node))
    return numberOf(`${node.op.id} ${node.shape.rows} ${node.shape.columns}:${chainKey(node.args)}`)
  }
  const scalarChain = (node: Call) => {
    const backwards = node.args.map(transpose).reverse()
    for (const factor of backwards) of(factor)
    const there = chainKey(node.args)
    const back = chainKey(backwards)
    return `chain:${there < back ? there : back}`
  }
  const of = (node: Expr): number => {
    const found = known.get(node)
    if (found !== undefined) return found
    for (const part of postorder([node], call => !known.has(call))) {
      if (!known.has(part)) known.set(part, visit(part))
    }
    return known.get(node)!
  }
  return Object.freeze({ of })
}
