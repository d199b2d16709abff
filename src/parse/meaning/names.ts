import { bare, items, type NameParts, scriptText, spelled } from '../elaborate/names.js'
import type { Place } from '../elaborate/resolve.js'
import type { Syntax } from '../syntax.js'

/**
 * A name with its subscripts, labels and primes, spelled one way whatever the author wrote: indices stand apart
 * (`w_{ij}` is `w_{i,j}`, `w_{12}` is `w_{1,2}`), words stay words. Undefined where a script holds a whole formula.
 */
export function spelledName(
  parts: NameParts,
  labels: readonly Syntax[],
  primes: number,
  { indices }: Place,
): string | undefined {
  const below = items(parts.subscripts)
    .flatMap(indicesOf)
    .map(item => indexText(item, indices))
  const above = labels.map(label => scriptText(label, indices))
  if (below.includes(undefined) || above.includes(undefined)) return undefined
  return spelled(parts.base, below.join(','), above.join(''), primes)
}

function indexText(node: Syntax, indices: Place['indices']): string | undefined {
  if (node.kind !== 'range') return scriptText(node, indices)
  const [from, to] = [node.from, node.to].map(end => (end === null ? '' : scriptText(end, indices)))
  return from === undefined || to === undefined ? undefined : `${from}:${to}`
}

/** One letter, which may have primes or an index of its own. */
function isLetter(node: Syntax): boolean {
  const base = node.kind === 'scripted' ? bare(node.base) : node
  return base.kind === 'name' && base.base.length === 1
}

/** Letters and digits written together, one by one. */
export function indicesOf(script: Syntax): readonly Syntax[] {
  const node = bare(script)
  if (node.kind === 'product' && node.operators.every(operator => operator === 'juxtaposed')) {
    const single = node.factors.every(factor => {
      const each = bare(factor)
      return isLetter(each) || (each.kind === 'number' && each.text.length === 1)
    })
    // Two capitals are the initials of a word: `D_{KL}`.
    const initials = node.factors.every(factor => /^[A-Z]$/.test(scriptText(factor) ?? ''))
    return single && !initials ? node.factors : [node]
  }
  if (node.kind === 'number' && /^[1-9]{2}$/.test(node.text)) {
    const { from, to } = node.span
    const middle = Math.min(from + 1, to)
    return [
      { ...node, text: node.text[0]!, span: { from, to: middle } },
      { ...node, text: node.text[1]!, span: { from: middle, to } },
    ]
  }
  return [node]
}
