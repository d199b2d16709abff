import { unreachable } from '../base/errors.js'
import { within } from '../base/limits.js'
import { isBound } from '../expr/intern.js'
import type { Call, Expr, Num, Sym } from '../expr/node.js'
import type { Notation } from '../expr/notation.js'
import type { Op } from '../expr/op.js'
import { isScalar } from '../expr/shape.js'
import { postorder } from '../expr/walk.js'
import { type Piece, type Run, signed } from './piece.js'
import {
  enterScope,
  type Fill,
  fillsBelow,
  freeLetters,
  makeScope,
  type Place,
  shapedNodes,
  wordsOf,
} from './place.js'

/** What the forms of operations are given beside the printed arguments. */
export interface Context {
  readonly dialect: Dialect
  readonly notation: Notation
  /** Canonical names that mean something, so that nothing else is written like one of them. */
  readonly names: ReadonlySet<string>
}

/** Prints a call from its printed arguments. */
export type Form = (node: Call, parts: readonly Piece[], context: Context) => Piece

/** A way of writing everything. */
export interface Dialect {
  readonly number: (value: Num['value']) => Piece
  readonly filled: (node: Num, fill: 'symbol' | 'sized', context: Context) => Piece
  readonly symbol: (node: Sym, notation: Notation) => Piece
  readonly index: (letter: string) => Piece
  /** Round brackets, as high as what is inside. */
  readonly bracketed: (inside: Run) => Piece
  /** Operations with a printer of their own. */
  readonly forms: ReadonlyMap<Op, Form>
  /** Operations that are printed by the form their notation names. */
  readonly shared: Form
}

/** A piece where something of this level or tighter is expected; what is looser gets brackets. */
export function wrapped(part: Piece, level: number, { dialect }: Context): Piece {
  if (!part.negative && part.level >= level) return part
  return dialect.bracketed(signed(part))
}

/** A wrapped piece behind which more will be written. */
export function followed(part: Piece, level: number, context: Context): Piece {
  return part.open ? context.dialect.bracketed(signed(part)) : wrapped(part, level, context)
}

/**
 * Prints expressions that are read together: they share the letters of their indices, and the shape of one is known
 * to the others. What `known` names is left to the author. Every node is printed once for each place it stands in; depth is no limit. Raises `LimitError` when
 * the formulas, counted as trees, are larger than `printedNodes`.
 */
export function print(
  roots: readonly Expr[],
  dialect: Dialect,
  notation: Notation,
  known: readonly string[],
): readonly Piece[] {
  within(
    'printedNodes',
    roots.reduce((total, root) => total + root.treeSize, 0),
  )
  const nodes = postorder(roots)
  const symbols = nodes.filter((node): node is Sym => node.kind === 'sym')
  const words = wordsOf(nodes, known)
  const letters = () => freeLetters(notation.indices, words)
  const context: Context = {
    dialect,
    notation,
    names: new Set([...known, ...symbols.filter(node => !isBound(node)).map(node => node.name)]),
  }
  const shaped = shapedNodes(roots)
  const fill: Fill = roots.some(root => shaped === undefined || shaped.has(root)) ? 'symbol' : 'sized'
  const top = unbound(nodes, letters).places
  const placeOf = (root: Expr) =>
    root.kind !== 'num' ? top[fill] : root.value.n === 0n ? top.literal : top.symbol
  return roots.map(root => printFrom(root, placeOf(root), context, shaped, letters))
}

/** Indices that nothing binds here, because a binder was opened, have letters too. */
function unbound(nodes: readonly Expr[], letters: () => Iterable<string>) {
  const bound = new Set(nodes.flatMap(node => (node.kind === 'call' && node.op.binds ? [node.args[0]!] : [])))
  let scope = makeScope(new Map())
  for (const node of nodes) {
    if (node.kind === 'sym' && isBound(node) && !bound.has(node)) scope = enterScope(scope, node, letters())
  }
  return scope
}

interface Frame {
  readonly node: Call
  readonly place: Place
  readonly places: readonly Place[]
  next: number
}

function printFrom(
  root: Expr,
  start: Place,
  context: Context,
  shaped: ReadonlySet<Expr> | undefined,
  letters: () => Iterable<string>,
): Piece {
  const printed = new Map<Place, Map<Expr, Piece>>()
  const known = (node: Expr, place: Place) => printed.get(place)?.get(node)
  const keep = (node: Expr, place: Place, part: Piece) => {
    const table = printed.get(place)
    if (table) table.set(node, part)
    else printed.set(place, new Map([[node, part]]))
  }
  const stack: Frame[] = []
  const visit = (node: Expr, place: Place) => {
    if (known(node, place) !== undefined) return
    if (node.kind === 'call')
      stack.push({ node, place, places: placesBelow(node, place, shaped, letters), next: 0 })
    else keep(node, place, printLeaf(node, place, context))
  }
  visit(root, start)
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!
    const { node, places } = top
    if (top.next < node.args.length) {
      const k = top.next++
      visit(node.args[k]!, places[k]!)
      continue
    }
    stack.pop()
    const parts = node.args.map(
      (arg, k) => known(arg, places[k]!) ?? unreachable('an argument was not printed'),
    )
    const form = context.dialect.forms.get(node.op) ?? context.dialect.shared
    keep(node, top.place, form(node, parts, context))
  }
  return known(root, start) ?? unreachable('nothing was printed')
}

function placesBelow(
  node: Call,
  { scope, fill }: Place,
  shaped: ReadonlySet<Expr> | undefined,
  letters: () => Iterable<string>,
): readonly Place[] {
  const fills = fillsBelow(node, fill, shaped)
  if (!node.op.binds) return fills.map(each => scope.places[each])
  const inside = enterScope(scope, node.args[0] as Sym, letters())
  const last = node.args.length - 1
  return fills.map((each, k) => (k === 0 || k === last ? inside : scope).places[each])
}

function printLeaf(node: Num | Sym, place: Place, context: Context): Piece {
  const { dialect, notation } = context
  if (node.kind === 'sym') {
    const letter = isBound(node) ? place.scope.letters.get(node.name) : undefined
    return letter === undefined ? dialect.symbol(node, notation) : dialect.index(letter)
  }
  if (isScalar(node.shape) || place.fill === 'literal') return dialect.number(node.value)
  return dialect.filled(node, place.fill, context)
}
