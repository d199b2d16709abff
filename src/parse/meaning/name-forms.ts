import { bare, items, type NameParts, nameParts, scriptText } from '../elaborate/names.js'
import { lookup, type Session } from '../elaborate/reader.js'
import { type Place, plan, type Step } from '../elaborate/resolve.js'
import { readSuperscripts, type ScriptAction } from '../elaborate/scripts.js'
import { runs } from '../elaborate/selectors.js'
import type { ProductSyntax, Syntax } from '../syntax.js'
import { actOn } from './acts.js'
import { isFunction } from './calls.js'
import { type Form, form, leaf } from './form.js'
import { indicesOf, spelledName } from './names.js'

/** A name with everything on it: what belongs to the name is spelled, what acts on it stands around it. */
export function planNameForm(session: Session, node: Syntax, place: Place): Step<Form> {
  const parts = nameParts(node)!
  if (isSpace(parts)) return planSpace(parts, place)
  const { labels, actions } = readSuperscripts(session, parts.superscripts, parts, parts.entrywise, place)
  const [first, ...rest] = actions
  if (isEuler(session, parts, place) && first?.kind === 'power' && labels.length === 0) {
    return plan<Form>([first.exponent], place, ([exponent]) => actOn(form('exp', exponent!), rest, place))
  }
  const kronecker = labels.length === 0 && parts.primes === 0 ? kroneckerOf(session, parts, place) : undefined
  if (kronecker !== undefined) {
    return plan<Form>(kronecker, place, indices => actOn(form('delta', ...indices), actions, place))
  }
  if (session.dialect === 'plain') {
    const turned: readonly ScriptAction[] = Array.from({ length: parts.primes }, () => ({
      kind: 'transpose',
    }))
    return planSpelled(parts, labels, 0, 0, [...actions, ...turned], place)
  }
  const derived = parts.primes > 0 && isFunction(session, parts, place)
  return planSpelled(parts, labels, derived ? 0 : parts.primes, derived ? parts.primes : 0, actions, place)
}

function planSpelled(
  parts: NameParts,
  labels: readonly Syntax[],
  primes: number,
  derivatives: number,
  actions: readonly ScriptAction[],
  place: Place,
): Step<Form> {
  const after = (name: Form): Step<Form> => {
    let made = name
    for (let i = 0; i < derivatives; i++) made = form('D', made)
    return actOn(made, actions, place)
  }
  const spelled = spelledName(parts, labels, primes, place)
  if (spelled !== undefined) return after(leaf(spelled))
  const scripts = [...items(parts.subscripts).flatMap(indicesOf), ...labels]
  return plan<Form>(scripts, place, made =>
    after(form('sub', leaf(parts.base + "'".repeat(primes)), ...made)),
  )
}

function isEuler(session: Session, parts: NameParts, place: Place): boolean {
  return (
    (parts.base === 'e' || parts.base === 'rm{e}') &&
    parts.subscripts.length === 0 &&
    lookup(session, place, 'e') === undefined
  )
}

/** `\delta_{ij}` whose letters run, or stand apart from one another elsewhere in the line. */
function kroneckerOf(session: Session, parts: NameParts, place: Place): readonly Syntax[] | undefined {
  if (parts.base !== 'delta' || parts.superscripts.length > 0) return undefined
  const indices = items(parts.subscripts).flatMap(indicesOf)
  if (indices.length !== 2) return undefined
  const [one, two] = indices.map(index => scriptText(index))
  const apart = session.evidence.apart.has(`${one},${two}`)
  return apart || indices.every(index => runs(session, index, place)) ? indices : undefined
}

function isSpace(parts: NameParts): boolean {
  const set = /^bb\{[A-Z]\}$/.test(parts.base) || parts.base === 'R' || parts.base === 'bold{R}'
  return (
    set && parts.primes === 0 && parts.superscripts.length === 1 && isSize(parts.base, parts.superscripts[0]!)
  )
}

/** Above a set of numbers stand sizes; above a plain R only those that are written with a cross. */
function isSize(base: string, script: Syntax): boolean {
  const node = bare(script)
  const crossed = node.kind === 'product' && node.operators.includes('times')
  return (
    crossed || (base !== 'R' && base !== 'bold{R}') || (node.kind === 'name' && /^[a-z]$/.test(node.base))
  )
}

/** What stands between crosses, each a size. */
function crossed(node: ProductSyntax): readonly Syntax[] {
  const sizes: Syntax[][] = [[node.factors[0]!]]
  node.operators.forEach((operator, i) => {
    const next = node.factors[i + 1]!
    if (operator === 'times') sizes.push([next])
    else sizes[sizes.length - 1]!.push(next)
  })
  return sizes.map(factors =>
    factors.length === 1
      ? factors[0]!
      : { ...node, factors, operators: factors.slice(1).map(() => 'juxtaposed' as const) },
  )
}

/** `\mathbb{R}^{m \times n}`: the set and its sizes. */
function planSpace(parts: NameParts, place: Place): Step<Form> {
  const size = bare(parts.superscripts[0]!)
  const sizes = size.kind === 'product' ? crossed(size) : [size]
  const below = items(parts.subscripts)
  const name = spelledName(parts, [], 0, place)
  return plan<Form>([...(name === undefined ? below : []), ...sizes], place, all => {
    const subscripts = name === undefined ? all.slice(0, below.length) : []
    const set = name === undefined ? form('sub', leaf(parts.base), ...subscripts) : leaf(name)
    return form('space', set, ...all.slice(subscripts.length))
  })
}
