import { NameError } from '../../base/errors.js'
import type { Expr, Sym } from '../../expr/node.js'
import type { Definition } from '../../expr/problem.js'
import { symbolsOf } from '../../expr/walk.js'

/**
 * Definitions after those they use, otherwise in the order given. Raises `NameError` naming the cycle when one is
 * defined through itself.
 */
export function inOrder(definitions: readonly Definition[]): readonly Definition[] {
  const bySymbol = new Map<Expr, Definition>(definitions.map(definition => [definition.symbol, definition]))
  const state = new Map<Definition, 'open' | 'done'>()
  const order: Definition[] = []
  for (const root of definitions) {
    if (state.has(root)) continue
    const stack: { definition: Definition; uses: readonly Sym[]; next: number }[] = []
    const enter = (definition: Definition) => {
      state.set(definition, 'open')
      stack.push({ definition, uses: symbolsOf([definition.body]), next: 0 })
    }
    enter(root)
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!
      const use = top.uses[top.next++]
      if (use === undefined) {
        stack.pop()
        state.set(top.definition, 'done')
        order.push(top.definition)
        continue
      }
      const used = bySymbol.get(use)
      if (used === undefined || state.get(used) === 'done') continue
      if (state.get(used) === 'open')
        raiseCycle(
          stack.map(frame => frame.definition),
          used,
        )
      enter(used)
    }
  }
  return Object.freeze(order)
}

function raiseCycle(open: readonly Definition[], again: Definition): never {
  const names = [...open.slice(open.indexOf(again)), again].map(definition => definition.symbol.name)
  const shown = names.length > 8 ? [...names.slice(0, 4), '…', ...names.slice(-3)] : names
  throw new NameError(
    'cyclic-definition',
    `${again.symbol.name} is defined through itself: ${shown.join(' → ')}`,
    {
      span: again.span,
      hint: 'one of these definitions has to go, or to be given another name',
    },
  )
}
