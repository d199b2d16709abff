import { type Family, splitIndex } from '../../expr/member.js'
import type { Expr, Sym } from '../../expr/node.js'
import type { Layers, Problem } from '../../expr/problem.js'
import { symbolsOf } from '../../expr/walk.js'
import { Placer } from './place.js'
import { Reach } from './reach.js'

/**
 * What a function of a recurrence depends on and nobody defines: quantities that all steps share, families of them by
 * their member at the letter, and the members the recurrence begins with.
 */
export function layerVariables(problem: Problem, layers: Layers, output: Expr): readonly Sym[] {
  const placer = new Placer(layers)
  const { reached } = new Reach(problem, layers, placer, output, [])
  const defined = new Set(problem.definitions.map(({ symbol }) => symbol.name))
  const found = new Map<string, Sym>()
  const note = (symbol: Sym) => {
    if (symbol.role === 'variable' && !defined.has(symbol.name)) found.set(symbol.name, symbol)
  }
  for (const { symbol } of problem.declarations) {
    const key = placer.keyOf(symbol)
    if (reached.has(key) && !isState(key, layers)) note(symbol)
  }
  for (const key of reached) {
    if (isFamily(key)) {
      if (!isState(key, layers) && layers.shapes.has(key)) note(placer.member(key, layers.letter))
    } else note(key)
  }
  for (const family of layers.states) {
    if (reached.has(family))
      for (const index of beginnings(layers, placer, family)) note(placer.member(family, index))
  }
  return [...found.values()]
}

function isFamily(key: Family | Sym): key is Family {
  return 'base' in key
}

function isState(key: Family | Sym, { states }: Layers): boolean {
  return isFamily(key) && states.has(key)
}

/** The indices of the members that steps use and no step defines. */
function beginnings({ steps, low }: Layers, placer: Placer, family: Family): readonly number[] {
  const offsets = (symbols: readonly Sym[]) =>
    symbols.flatMap(symbol => {
      const member = placer.memberOf(symbol.name)
      return member?.family === family ? [splitIndex(member.index).offset] : []
    })
  const [own = 0] = offsets(steps.map(({ symbol }) => symbol))
  const first = Math.min(own, ...offsets(symbolsOf(steps.map(({ body }) => body))))
  return Array.from({ length: own - first }, (_, k) => low + first + k)
}

/** The member that a text names, `W_2` or `a^{(L)}`; undefined for any other text. */
export function layerSymbol(layers: Layers, text: string): Sym | undefined {
  const name = text
    .replace(/[\\\s]/g, '')
    .replace(/_\{(.)\}/g, '_$1')
    .replace(/\^([^{}])/g, '^{$1}')
  const placer = new Placer(layers)
  const member = placer.memberOf(name)
  return member === undefined || !layers.shapes.has(member.family)
    ? undefined
    : placer.member(member.family, member.index)
}
