import type { Call, Expr } from '../../expr/node.js'
import { isScalar } from '../../expr/shape.js'
import { applyOp } from '../../ops/apply.js'
import { add, hadamard, hadamardProduct, isCall, multiplication, multiply } from '../../ops/core.js'
import { isCondition, piecewise } from '../../ops/piecewise.js'
import { defineLaw } from '../law.js'
import { sumOfTerms } from '../terms.js'

/** The scalars, then the piecewise value of a term, if that is what the term is. */
function piecewiseTerm(term: Expr): { readonly factors: readonly Expr[]; readonly value: Call } | undefined {
  if (isCall(term, piecewise)) return { factors: [], value: term }
  if (!isCall(term, multiplication) && !isCall(term, hadamardProduct)) return undefined
  const value = term.args.find(arg => isCall(arg, piecewise))
  return value?.kind === 'call' ? { factors: term.args.filter(arg => arg !== value), value } : undefined
}

export const addPiecewise = defineLaw({
  id: 'add-piecewise-values',
  name: 'add branch by branch',
  statement:
    '\\begin{cases}a&c\\\\b&\\text{otherwise}\\end{cases}+\\begin{cases}u&c\\\\v&\\text{otherwise}\\end{cases}=\\begin{cases}a+u&c\\\\b+v&\\text{otherwise}\\end{cases}',
  sentence: 'Piecewise values with the same conditions are added branch by branch.',
  level: 'normal',
  needs: [piecewise],
  example: 'where(s > 0, 1, 0) + t*where(s > 0, 0, 1) = where(s > 0, 1, t)',
  apply: (node, facts) => {
    if (!node.args.some(piecewiseTerm)) return undefined
    const found = node.args.map(piecewiseTerm)
    const at = found.findIndex(
      (a, i) => a && found.some((b, k) => b && k > i && haveSameConditions(a.value, b.value)),
    )
    if (at < 0) return undefined
    const first = found[at]!.value
    const joined = found.flatMap(term => (term && haveSameConditions(first, term.value) ? [term] : []))
    const others = node.args.filter((_, i) => !(found[i] && haveSameConditions(first, found[i].value)))
    const branches = first.args.map((arg, i) => {
      if (isCondition(i, first.args)) return arg
      const terms = joined.map(({ factors, value }) => timesEach(factors, value.args[i]!))
      return sumOfTerms(terms, node.shape, facts)
    })
    return add(applyOp(piecewise, ...branches), ...others)
  },
})

function timesEach(factors: readonly Expr[], value: Expr): Expr {
  return isScalar(value.shape) || factors.every(factor => isScalar(factor.shape))
    ? multiply(...factors, value)
    : hadamard(...factors, value)
}

/** Arguments are condition, value, condition, value, …, and the value otherwise. */
function haveSameConditions(a: Call, b: Call): boolean {
  return (
    a.args.length === b.args.length && a.args.every((arg, i) => !isCondition(i, a.args) || arg === b.args[i])
  )
}
