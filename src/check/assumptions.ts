import { ONE } from '../base/rational.js'
import { number } from '../expr/intern.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Declaration, EntrySet, Fact } from '../expr/problem.js'
import { isColumn, isScalar, shapeOf } from '../expr/shape.js'
import { walk } from '../expr/walk.js'
import { multiply } from '../ops/core.js'
import type { Ground } from './ground.js'
import type { Equation, Verdict } from './verdict.js'

/** What authors take for granted without saying so. */
interface Silent {
  readonly id: string
  readonly declarations?: readonly Declaration[]
  readonly facts?: readonly Fact[]
  readonly says: string
}

/** Whether a wrong equation is right under an assumption that is often made silently. */
export function judgeSilently(ground: Ground, { left, right }: Equation): Verdict | undefined {
  for (const silent of silentIn(ground, [left, right])) {
    const { declarations = ground.declarations, facts = ground.facts } = silent
    const { status } = ground.compare(left, right, { declarations, facts })
    if (status !== 'agrees') continue
    return {
      status: 'agrees-if',
      message: `this needs ${silent.says}, which is not stated`,
      mistakes: [silent.id],
    }
  }
  return undefined
}

function silentIn(ground: Ground, sides: readonly Expr[]): readonly Silent[] {
  const bodies = new Map<Expr, Expr>(ground.definitions.map(({ symbol, body }) => [symbol, body]))
  const parts = (node: Expr) => {
    const body = bodies.get(node)
    return body !== undefined ? [body] : node.kind === 'call' ? node.args : []
  }
  const free = walk(sides, parts).filter(
    (node): node is Sym => node.kind === 'sym' && node.role === 'variable' && !bodies.has(node),
  )
  const real = free.filter(symbol => setOf(ground, symbol) === 'real')
  const square = real.filter(({ shape }) => !isScalar(shape) && shape.rows === shape.columns)
  const columns = real.filter(({ shape }) => isColumn(shape))
  const found: Silent[] = []
  if (square.length > 0) {
    found.push({
      id: 'symmetry',
      declarations: withSets(ground, square, 'symmetric'),
      says: square.map(({ name }) => `${name} = ${name}^T`).join(' and '),
    })
  }
  for (const column of columns) {
    const ones = number(ONE, shapeOf(1, column.shape.rows))
    const fact: Fact = { left: multiply(ones, column), right: number(ONE), assumption: { latex: '' } }
    found.push({
      id: 'total-one',
      facts: [...ground.facts, fact],
      says: `the entries of ${column.name} to add up to 1`,
    })
  }
  if (real.length > 0) {
    const names = real.map(({ name }) => name).join(', ')
    found.push({
      id: 'positive',
      declarations: withSets(ground, real, 'positive'),
      says: `positive ${names}`,
    })
  }
  return found
}

function setOf({ declarations }: Ground, symbol: Sym): EntrySet {
  return declarations.find(each => each.symbol === symbol)?.set ?? 'real'
}

function withSets({ declarations }: Ground, symbols: readonly Sym[], set: EntrySet): readonly Declaration[] {
  const others = declarations.filter(({ symbol }) => !symbols.includes(symbol))
  return [...others, ...symbols.map((symbol): Declaration => ({ symbol, set }))]
}
