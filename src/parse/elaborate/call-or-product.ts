import { isGreek } from '../../expr/name.js'
import type { AdjoinedSyntax, Syntax } from '../syntax.js'
import { bare, type NameParts, nameParts } from './names.js'
import { note, type Session } from './reader.js'

/** Letters that are functions even where nobody calls them: a prime on them differentiates. */
export const CALLED_LETTERS: ReadonlySet<string> = new Set('f g sigma phi varphi psi'.split(' '))

/** Letters that are functions rather than factors when a bracket follows. */
export const FUNCTION_LETTERS: ReadonlySet<string> = new Set(
  'f g h F G H p q L J sigma phi varphi psi ell'.split(' '),
)

/** Whether a reader takes a head nobody declared for a factor of the bracket behind it. */
export function looksLikeProduct(
  session: Session,
  node: AdjoinedSyntax,
  parts: NameParts,
  whole: string | undefined,
): boolean {
  if (session.dialect === 'plain' || node.args.length !== 1 || parts.primes > 0) return false
  const argument = bare(node.args[0]!)
  if (repeatsHead(node, parts)) return true
  // The number is multiplied; what is called with the name of a state is a policy.
  if (parts.base === 'pi' && parts.subscripts.length === 0) return nameParts(argument) === undefined
  if (FUNCTION_LETTERS.has(parts.base) || parts.head?.isFunction) return false
  const letter = parts.head?.spelling === 'letter' || isGreek(parts.base)
  if (node.brackets.open === '[' && letter && !/^(?:bb|cal|scr)\{/.test(parts.base)) return true
  if (argument.kind === 'product' && argument.operators.includes('odot')) return true
  if (argument.kind === 'fraction' && session.evidence.standing.has(whole ?? '')) return true
  if (!addsInside(argument) || isCalled(session, whole)) return false
  const word = parts.head?.spelling === 'word' && !session.evidence.standing.has(whole ?? '')
  const product = whole !== undefined && !word
  if (product) {
    note(
      session,
      `${whole}(…) is a product`,
      `${whole} is not defined as a function and the bracket holds a sum`,
      node.span,
    )
  }
  return product
}

/** A sum, or a product with a bracket that holds one. */
function addsInside(argument: Syntax): boolean {
  if (argument.kind === 'sum') return true
  if (argument.kind !== 'product') return false
  return argument.factors.some(factor => {
    const node = bare(factor)
    const base = node.kind === 'scripted' ? bare(node.base) : node
    return base.kind === 'group' && base.body !== null && bare(base.body).kind === 'sum'
  })
}

/** Whether the document calls a name with nothing but another name, and never lets it stand alone. */
function isCalled({ evidence }: Session, name: string | undefined): boolean {
  if (name === undefined || evidence.standing.has(name)) return false
  return evidence.calls.get(name)?.some(argument => argument !== null) ?? false
}

/** `y(1 - y)`, `p_i(\delta_{ij} - p_j)`, `a^{(l)}(1 - a^{(l)})`: a term of the bracket has the letter of the head. */
export function repeatsHead(node: AdjoinedSyntax, { base, head, primes }: NameParts): boolean {
  const inner = bare(node.args[0] ?? node.head)
  const terms = inner.kind === 'sum' ? inner.terms.map(term => term.operand) : [inner]
  const compound = inner.kind === 'sum' || inner.kind === 'product'
  if (!compound || node.args.length !== 1 || primes > 0 || head?.isFunction === true) return false
  return terms.some(term => {
    const operand = bare(term)
    const factors = operand.kind === 'product' ? operand.factors : [operand]
    return factors.some(factor => nameParts(factor)?.base === base)
  })
}
