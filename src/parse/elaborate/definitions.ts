import { NameError, ShapeError } from '../../base/errors.js'
import { ONE } from '../../base/rational.js'
import { cover, type Span } from '../../base/span.js'
import { number, symbol } from '../../expr/intern.js'
import type { Expr } from '../../expr/node.js'
import type { Definition } from '../../expr/problem.js'
import { isScalar, SCALAR } from '../../expr/shape.js'
import { multiply, transpose } from '../../ops/core.js'
import { dimensionOf } from '../../ops/dimension.js'
import { basisVector, indexedSum } from '../../ops/indexed.js'
import { type Axis, gather } from '../../ops/raise.js'
import { childrenOf } from '../children.js'
import type { Syntax } from '../syntax.js'
import { type DimAliases, readDim } from './declare.js'
import type { FunctionValue } from './document-functions.js'
import { isSizeFact } from './document-names.js'
import { sameText } from './doubts.js'
import { type Material, symOf } from './material.js'
import { assemble, bare, items, nameParts } from './names.js'
import { occursIn } from './occurrence.js'
import { readTerm } from './plan.js'
import { findName } from './plan-names.js'
import { lookup, meet, passOver, type Session } from './reader.js'
import { NOWHERE, type Place, within } from './resolve.js'
import type { SymbolEntry } from './scope.js'
import type { Equation } from './statement-kinds.js'
import type { IndexEntry, Term } from './term.js'

/** A definition whose body is understood, before shapes are settled. */
export interface DefinitionDraft {
  readonly entry: SymbolEntry
  readonly term: Term
  readonly axes: readonly IndexEntry[]
  readonly span: Span
}

/** The left side of a definition: what it defines, and the indices it runs over. */
export interface HeadDraft {
  readonly entry: SymbolEntry
  readonly equation: Equation
  readonly axes: readonly IndexEntry[]
}

/** Enters what the equations define; those that define nothing become claims. */
export function enterHeads(
  session: Session,
  material: Material,
  aliases: DimAliases,
  claims: Equation[],
): readonly HeadDraft[] {
  const heads: HeadDraft[] = []
  const seen = new Map<string, Equation>()
  for (const equation of material.sorted.equations) {
    if (isSizeFact(session, equation)) continue
    const parts = nameParts(equation.left)!
    const place: Place = { locals: undefined, indices: equation.indices }
    const whole = assemble(parts, items(parts.subscripts), parts.superscripts, parts.primes, equation.indices)
    const letters = whole !== undefined && session.scope.has(whole) ? [] : freeLetters(session, equation)
    const below = items(parts.subscripts).flatMap(splitLetters(letters))
    const kept = below.filter(item => !letters.includes(letterOf(item) ?? ''))
    const name = assemble(parts, kept, parts.superscripts, parts.primes, equation.indices)
    if (name === undefined) {
      claims.push(equation)
      continue
    }
    const before = seen.get(name)
    if (before !== undefined) {
      if (material.strict) {
        throw definedTwice(name, equation)
      }
      const where = 'the first one counts, and this one is taken for a claim about it'
      passOver(session, `a second definition of ${name}`, where, equation.span, { code: 'defined-twice' })
      if (!sameText(before.right, equation.right)) {
        session.doubts.push({ name, error: definedTwice(name, equation), when: 'asked' })
      }
      claims.push(equation)
      continue
    }
    const entry = headEntry(session, name, parts, place, equation)
    if (entry === undefined) {
      claims.push(equation)
      continue
    }
    seen.set(name, equation)
    entry.defined = true
    heads.push({ entry, equation, axes: axesOf(session, entry, equation, letters, aliases) })
  }
  return heads
}

function definedTwice(name: string, equation: Equation): NameError {
  return new NameError('defined-twice', `${name} is defined twice`, {
    span: equation.left.span,
    hint: 'give the second one another name, or leave the first out',
  })
}

function headEntry(
  session: Session,
  name: string,
  parts: NonNullable<ReturnType<typeof nameParts>>,
  place: Place,
  equation: Equation,
): SymbolEntry | undefined {
  const known = session.scope.get(name)
  if (known?.kind === 'symbol') return known
  if (known !== undefined) return undefined
  // An entry of a declared array is not defined by itself.
  const found = findName(session, parts, parts.superscripts, parts.primes, place)
  if (found !== undefined && found.selectors.length > 0 && found.name !== name) {
    passOver(
      session,
      `a definition of an entry of ${found.name} was passed over`,
      'arrays are declared or defined as a whole; this is taken for a claim',
      equation.span,
    )
    return undefined
  }
  return meet(session, name, equation.left.span)
}

/** Letters in the head that run: they select in the head and on the right, or were declared to. */
function freeLetters(session: Session, equation: Equation): readonly string[] {
  const parts = nameParts(equation.left)!
  const letters = items(parts.subscripts).flatMap(item => {
    const node = bare(item)
    const factors = node.kind === 'product' ? node.factors : [node]
    return factors.map(factor => letterOf(factor))
  })
  if (letters.length === 0 || letters.length > 2 || letters.includes(undefined)) return []
  const running = (letters as string[]).filter(letter => {
    if (equation.indices.has(letter)) return false
    if (lookup(session, NOWHERE, letter)?.kind === 'index') return true
    if (equation.ranges.some(range => range.letter === letter)) return true
    if (session.scope.has(letter) || session.dimensions.has(letter) || !/^[a-z]$/.test(letter)) return false
    return /^[i-np-t]$/.test(letter) && selectsIn(equation.right, letter)
  })
  return running.length === letters.length ? running : []
}

/** Whether a letter stands alone among the subscripts of some name. */
function selectsIn(root: Syntax, letter: string): boolean {
  let found = false
  const stack: Syntax[] = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    for (const script of selectorsOf(node)) {
      const inside = bare(script)
      if (inside.kind === 'sum' && occursIn(inside, letter)) return false
      const factors = inside.kind === 'product' ? inside.factors : [inside]
      if (factors.some(factor => letterOf(factor) === letter)) found = true
    }
    for (const child of childrenOf(node)) stack.push(child)
  }
  return found
}

/** What stands in the subscripts of a name, `x_{i,j}` or `x[i, j]`. */
function selectorsOf(node: Syntax): readonly Syntax[] {
  if (node.kind === 'scripted') return items(node.subscripts)
  return node.kind === 'adjoined' && node.brackets.open === '[' ? node.args : []
}

function letterOf(node: Syntax): string | undefined {
  const now = bare(node)
  return now.kind === 'name' && now.marks.length === 0 && now.font === null ? now.base : undefined
}

function splitLetters(letters: readonly string[]): (item: Syntax) => readonly Syntax[] {
  return item => {
    const node = bare(item)
    if (node.kind !== 'product' || !node.factors.every(factor => letters.includes(letterOf(factor) ?? '')))
      return [node]
    return node.factors
  }
}

function axesOf(
  session: Session,
  entry: SymbolEntry,
  equation: Equation,
  letters: readonly string[],
  aliases: DimAliases,
): readonly IndexEntry[] {
  const { solver } = session
  const sides = [entry.sides.rows, entry.sides.columns]
  for (const letter of letters) session.evidence.running.letters.add(letter)
  return letters.map((letter, k): IndexEntry => {
    const declared = lookup(session, NOWHERE, letter)
    const extent = sides[k]!
    if (declared?.kind === 'index') solver.unify(extent, declared.extent)
    const range = equation.ranges.find(each => each.letter === letter)
    if (range?.high !== undefined) solver.bind(extent, readDim(range.high, aliases))
    solver.presumeLong(extent)
    return {
      kind: 'index',
      letter,
      symbol: symbol(letter, SCALAR, 'index'),
      extent,
      span: equation.left.span,
    }
  })
}

/** Reads the right side and gives the quantity its shape. Raises `ShapeError`. */
export function readDefinition(session: Session, { entry, equation, axes }: HeadDraft): DefinitionDraft {
  const { solver } = session
  session.shapes.symbols.add(entry)
  let place: Place = { locals: undefined, indices: equation.indices }
  for (const axis of axes) place = within(place, axis.letter, axis)
  if (axes.length > 0) session.shapes.arrays = true
  const term = readTerm(session, equation.right, place)
  const members = axes.length > 0 && solver.isArray(term.sides)
  if (members) makeFamily(session, entry, equation, axes)
  else if (axes.length === 1) solver.unify(entry.sides.columns, solver.scalar.columns)
  const column = { rows: entry.sides.columns, columns: solver.scalar.columns }
  const needed = members ? column : axes.length > 0 ? solver.scalar : entry.sides
  if (!(term.literal && axes.length === 0) && solver.unifyShapes(needed, term.sides) !== undefined) {
    throw new ShapeError(
      'shape-clash',
      `${entry.name} is ${solver.text(needed)}, but what it is defined as is ${solver.text(term.sides)}`,
      { span: cover(equation.left.span, equation.right.span) },
    )
  }
  return { entry, term, axes, span: equation.span }
}

/** `z_i = W x_i` defines columns, the members of a family. Raises `NameError` where two indices count them. */
function makeFamily(
  session: Session,
  entry: SymbolEntry,
  equation: Equation,
  axes: readonly IndexEntry[],
): void {
  const [axis, ...more] = axes
  if (axis === undefined || more.length > 0 || entry.declared) {
    throw new NameError(
      'unsupported-recurrence',
      `${entry.name} is defined for every index as a whole array`,
      { span: equation.span, hint: 'list the values of the index: i = 0, 1' },
    )
  }
  entry.family = { letter: axis.letter, place: 'subscript' }
  session.solver.presumeLong(entry.sides.columns)
}

/** Reads the value of a function at its own arguments. */
export function readFunctionValue(session: Session, { entry, statement }: FunctionValue): DefinitionDraft {
  session.shapes.symbols.add(entry)
  const term = readTerm(session, statement.body, NOWHERE)
  if (session.solver.unifyShapes(entry.sides, term.sides) !== undefined) {
    throw new ShapeError(
      'shape-clash',
      `${entry.name} is ${session.solver.text(entry.sides)}, but what it is defined as is ${session.solver.text(term.sides)}`,
      { span: statement.span },
    )
  }
  return { entry, term, axes: [], span: statement.span }
}

/** The definition, when shapes are settled; one by entries is gathered into an array. */
export function buildDefinition(session: Session, { entry, term, axes, span }: DefinitionDraft): Definition {
  const name = symOf(session, entry)
  const body = session.build(term)
  if (axes.length === 0) return Object.freeze({ symbol: name, body, span })
  const [rows, columns] = axes.map(axis => ({
    symbol: axis.symbol,
    extent: session.solver.value(axis.extent)!,
  }))
  const whole = isScalar(body.shape)
    ? (gather(body, rows!, columns) ?? byEntries(body, rows!, columns))
    : byEntries(transpose(body), rows!, undefined)
  return Object.freeze({ symbol: name, body: whole, span })
}

/** The array of entries, or of rows, with no matrix form: each times its unit vector, added up. */
function byEntries(body: Expr, rows: Axis, columns: Axis | undefined): Expr {
  const unit = (axis: Axis) => basisVector(axis.symbol, axis.extent)
  const over = (axis: Axis, term: Expr) =>
    indexedSum(axis.symbol, number(ONE), dimensionOf(axis.extent), term)
  if (columns === undefined) {
    return over(rows, isScalar(body.shape) ? multiply(body, unit(rows)) : multiply(unit(rows), body))
  }
  return over(rows, over(columns, multiply(body, unit(rows), transpose(unit(columns)))))
}
