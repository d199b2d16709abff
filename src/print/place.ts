import { isBound } from '../expr/intern.js'
import type { Call, Expr, Num, Sym } from '../expr/node.js'
import { PRECEDENCE } from '../expr/op.js'
import { isScalar, sameShape } from '../expr/shape.js'
import { postorder } from '../expr/walk.js'
import { addition, isOne, isZero, matrixProduct, transposition } from '../ops/core.js'
import { basis } from '../ops/indexed.js'
import { maximum, minimum, piecewise } from '../ops/piecewise.js'

/**
 * How an array filled with one number is written: as the bare number where it is added to something of known shape,
 * as the symbol of such an array where its shape follows from what stands around it, or with its size.
 */
export type Fill = 'literal' | 'symbol' | 'sized'

/** What an expression inherits from where it stands: the letters of the indices bound around it, and the fill. */
export interface Place {
  readonly scope: Scope
  readonly fill: Fill
}

/** The letters of the bound indices by their canonical names, and the places and scopes inside, each made once. */
interface Scope {
  readonly letters: ReadonlyMap<string, string>
  readonly places: Readonly<Record<Fill, Place>>
  readonly inner: Map<Sym, Scope>
}

export function makeScope(letters: ReadonlyMap<string, string>): Scope {
  const places = {} as Record<Fill, Place>
  const scope: Scope = { letters, places, inner: new Map() }
  for (const fill of ['literal', 'symbol', 'sized'] as const) places[fill] = Object.freeze({ scope, fill })
  return scope
}

/** The scope inside a binder: its index has the first letter that is free there. */
export function enterScope(scope: Scope, index: Sym, letters: Iterable<string>): Scope {
  const known = scope.inner.get(index)
  if (known !== undefined) return known
  const used = new Set(scope.letters.values())
  let letter = index.name
  for (const candidate of letters) {
    if (used.has(candidate)) continue
    letter = candidate
    break
  }
  const made = makeScope(new Map(scope.letters).set(index.name, letter))
  scope.inner.set(index, made)
  return made
}

/** Index letters by preference that mean nothing else in the formula; when they run out, the last one with numbers. */
export function* freeLetters(preferred: readonly string[], taken: ReadonlySet<string>): Iterable<string> {
  for (const letter of preferred) if (!taken.has(letter)) yield letter
  for (const letter of 'ijklpqrsuvabcdmntxyzwh')
    if (!taken.has(letter) && !preferred.includes(letter)) yield letter
  for (let i = 1; ; i++) yield `i_{${i}}`
}

/** The words in names, in those of sizes too: no index may be called like one of them. */
export function wordsOf(nodes: readonly Expr[], known: readonly string[]): ReadonlySet<string> {
  const words = new Set<string>()
  const note = (text: string) => {
    for (const word of text.match(/[A-Za-z]+/g) ?? []) words.add(word)
  }
  known.forEach(note)
  for (const node of nodes) {
    if (node.kind === 'sym') {
      if (!isBound(node)) note(node.name)
      if (typeof node.shape.rows === 'string') note(node.shape.rows)
      if (typeof node.shape.columns === 'string') note(node.shape.columns)
    } else if (node.kind === 'call' && node.op.abstract) note(node.op.abstract.name)
  }
  return words
}

/** Whether a node is an array written as one number. */
function isFilled(node: Expr): node is Num {
  return node.kind === 'num' && !isScalar(node.shape)
}

/**
 * The nodes whose shape follows from what they are written with. Where no number stands for an array all do, and the
 * answer is undefined.
 */
export function shapedNodes(roots: readonly Expr[]): ReadonlySet<Expr> | undefined {
  const nodes = postorder(roots)
  if (!nodes.some(isFilled)) return undefined
  const shaped = new Set<Expr>()
  for (const node of nodes) {
    if (node.kind === 'call' ? isShaped(node, shaped) : !isFilled(node)) shaped.add(node)
  }
  return shaped
}

/** The unit vectors of coordinates are written without their size. */
function isShaped(node: Call, shaped: ReadonlySet<Expr>): boolean {
  if (node.op === basis) return false
  if (isScalar(node.shape)) return true
  const arrays = node.args.filter(arg => !isScalar(arg.shape))
  if (node.op === matrixProduct) return shaped.has(arrays[0]!) && shaped.has(arrays[arrays.length - 1]!)
  if (arrays.length > 0 && arrays.every(arg => sameShape(arg.shape, node.shape))) {
    return arrays.some(arg => shaped.has(arg))
  }
  return arrays.every(arg => shaped.has(arg))
}

/** The fill of every argument of a call that stands in a place. */
export function fillsBelow(node: Call, fill: Fill, shaped: ReadonlySet<Expr> | undefined): readonly Fill[] {
  if (shaped === undefined) return node.args.map(() => 'symbol')
  const outside: Fill = fill === 'sized' ? 'sized' : 'symbol'
  if (node.op === matrixProduct) return node.args.map((_, k) => fillInChain(node.args, k, outside, shaped))
  const spread =
    node.op === transposition ||
    node.args.every(arg => isScalar(arg.shape) || sameShape(arg.shape, node.shape))
  if (!spread) return node.args.map(arg => (isScalar(arg.shape) ? 'symbol' : 'sized'))
  const inside = node.args.some(arg => !isScalar(arg.shape) && shaped.has(arg)) ? 'symbol' : outside
  const giver = takesNumbers(node) ? shapeGiver(node.args) : undefined
  return node.args.map(arg => (giver === undefined || arg === giver || !isFilled(arg) ? inside : 'literal'))
}

/** Who says how large a sum is: any array that is no bare number, or else a number that is written as an array. */
function shapeGiver(args: readonly Expr[]): Expr {
  const array = args.find(arg => !isScalar(arg.shape) && !isFilled(arg))
  return array ?? args.find(arg => isOne(arg) || isZero(arg)) ?? args[0]!
}

/** Whether a bare number among the arguments is read as the array of it. */
function takesNumbers({ op }: Call): boolean {
  return (
    op === addition ||
    op === piecewise ||
    op === maximum ||
    op === minimum ||
    op.notation.precedence === PRECEDENCE.relation
  )
}

/** In a chain of products the neighbours give the inner sizes; a bare symbol there is read as a column. */
function fillInChain(chain: readonly Expr[], k: number, outside: Fill, shaped: ReadonlySet<Expr>): Fill {
  const { rows, columns } = chain[k]!.shape
  if (rows !== 1 && columns !== 1) return 'sized'
  const known = (neighbour: Expr | undefined) =>
    neighbour === undefined ? outside === 'symbol' : shaped.has(neighbour)
  return (rows === 1 || known(chain[k - 1])) && (columns === 1 || known(chain[k + 1])) ? 'symbol' : 'sized'
}
