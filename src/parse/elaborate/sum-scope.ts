import { cover } from '../../base/span.js'
import { childrenOf } from '../children.js'
import type { BigSyntax, SumSyntax, SumTerm, Syntax } from '../syntax.js'
import { bare, baseName } from './names.js'

/** A sum of terms in which some terms have been taken into the indexed sum before them. */
interface Widened {
  readonly node: Syntax
  /** The letters of the sums that were widened. */
  readonly letters: readonly string[]
}

/**
 * An indexed sum ends at the next plus or minus. Where the terms right behind it use its index, which would be loose
 * there, they are meant to be added up with it: `-\sum_i y_i \ln p_i + (1 - y_i) \ln(1 - p_i)`. Undefined where
 * nothing is to be widened; `isLoose` tells whether a letter has no meaning outside the sum.
 */
export function widenSums(node: SumSyntax, isLoose: (letter: string) => boolean): Widened | undefined {
  const terms: SumTerm[] = []
  const letters: string[] = []
  for (let i = 0; i < node.terms.length; i++) {
    const term = node.terms[i]!
    const big = trailingSum(term.operand)
    const own = big === undefined ? [] : lettersUnder(big.lower!).filter(isLoose)
    let end = i + 1
    while (end < node.terms.length && own.some(letter => uses(node.terms[end]!.operand, letter))) end++
    if (big === undefined || end === i + 1) {
      terms.push(term)
      continue
    }
    const taken = node.terms.slice(i + 1, end)
    const body = big.body!
    const inside: Syntax = {
      kind: 'sum',
      span: cover(body.span, taken[taken.length - 1]!.operand.span),
      terms: [{ sign: '+', operand: body }, ...taken],
    }
    terms.push({ sign: term.sign, operand: withTrailing(term.operand, { ...big, body: inside }) })
    letters.push(...own)
    i = end - 1
  }
  if (letters.length === 0) return undefined
  const [only] = terms
  const alone = terms.length === 1 && only!.sign === '+'
  return { node: alone ? only!.operand : { ...node, terms }, letters }
}

/** The indexed sum that a term ends with. */
function trailingSum(operand: Syntax): BigSyntax | undefined {
  const node = bare(operand)
  if (node.kind === 'product') return trailingSum(node.factors[node.factors.length - 1]!)
  if (node.kind === 'signed') return trailingSum(node.operand)
  return node.kind === 'big' && node.operator === 'sum' && node.lower !== null && node.body !== null
    ? node
    : undefined
}

function withTrailing(operand: Syntax, big: BigSyntax): Syntax {
  const node = bare(operand)
  if (node.kind === 'product') {
    const last = node.factors[node.factors.length - 1]!
    return { ...node, factors: [...node.factors.slice(0, -1), withTrailing(last, big)] }
  }
  return node.kind === 'signed' ? { ...node, operand: withTrailing(node.operand, big) } : big
}

/** The letters that a sum runs over. */
function lettersUnder(lower: Syntax): readonly string[] {
  const node = bare(lower)
  if (node.kind === 'list') return node.items.flatMap(lettersUnder)
  if (node.kind === 'relation') return lettersUnder(node.operands[0]!)
  return node.kind === 'name' ? [baseName(node)] : []
}

/** Whether a letter occurs that no sum inside binds. */
function uses(root: Syntax, letter: string): boolean {
  const stack: Syntax[] = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    if (node.kind === 'name' && baseName(node) === letter) return true
    if (node.kind === 'big' && node.lower !== null && lettersUnder(node.lower).includes(letter)) continue
    for (const child of childrenOf(node)) stack.push(child)
  }
  return false
}
