import { NameError, ShapeError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import { termsOfDim } from '../../expr/dimension.js'
import { symbol } from '../../expr/intern.js'
import type { EntrySet } from '../../expr/problem.js'
import { type Dim, SCALAR, type Shape, shapeOf, shapeText } from '../../expr/shape.js'
import type { Syntax } from '../syntax.js'
import {
  type DimAliases,
  type IndexRange,
  namesOfDim,
  plainDim,
  readDim,
  readSet,
  sidesOf,
} from './declare.js'
import { gather, labelledHead } from './evidence.js'
import type { Material } from './material.js'
import { assemble, bare, items, literalIndex, type NameParts, nameParts } from './names.js'
import type { Numbers } from './numbers.js'
import { attempt, note, passOver, type Session } from './reader.js'
import { gatherRunning, insideOf, isLetter } from './running.js'
import type { Family, SymbolEntry } from './scope.js'
import type { DeclarationStatement, Equation, Sorted } from './statement-kinds.js'

/** Gathers what the whole document shows about its letters. */
export function gatherAll(session: Session, { sorted, asks }: Material): void {
  const { evidence } = session
  for (const { names } of sorted.declarations) for (const name of names) labelledHead(evidence, name)
  for (const { left, right } of sorted.equations) {
    labelledHead(evidence, left)
    gather(evidence, right)
  }
  for (const { name } of sorted.values) labelledHead(evidence, name)
  for (const { left, right } of [...sorted.facts, ...sorted.claims]) {
    gather(evidence, left)
    gather(evidence, right)
  }
  for (const { node } of sorted.questions) {
    gather(evidence, node)
    if (node.kind === 'derivative') for (const { variable } of node.by) labelledHead(evidence, variable)
    if (node.kind === 'gradient') for (const variable of node.by) labelledHead(evidence, variable)
  }
  for (const { of, by } of asks) {
    for (const node of [of, ...by]) gather(evidence, node)
    for (const variable of by) labelledHead(evidence, variable)
  }
  const formulas = [...sorted.equations, ...sorted.facts, ...sorted.claims].flatMap(({ left, right }) => [
    left,
    right,
  ])
  const bodies = sorted.functions.map(({ body }) => body)
  const asked = [...sorted.questions.map(({ node }) => node), ...asks.map(({ of }) => of)]
  for (const root of [...formulas, ...bodies, ...asked]) gatherRunning(evidence.running, root)
  for (const { range } of sorted.ranges) if (range.high !== undefined) evidence.running.declared.push(range)
}

/** A quantity with a shape, as an entry of the symbol table. */
export function declareSymbol(
  session: Session,
  name: string,
  shape: Shape,
  options: {
    readonly span?: Span | undefined
    readonly set?: EntrySet | undefined
    readonly family?: Family | undefined
    readonly given?: SymbolEntry['given']
  } = {},
): SymbolEntry {
  const entry: SymbolEntry = {
    kind: 'symbol',
    name,
    sides: session.solver.sides(shape),
    span: options.span,
    declared: true,
    set: options.set ?? 'real',
    family: options.family,
    given: options.given,
    defined: false,
    reason: undefined,
  }
  const known = session.scope.get(name)
  if (known !== undefined && known.kind === 'symbol' && known.declared) {
    const before = session.solver.shape(known.sides)
    if (before !== undefined && (before.rows !== shape.rows || before.columns !== shape.columns)) {
      throw new NameError(
        'declared-twice',
        `${name} is declared as ${shapeText(before)} and as ${shapeText(shape)}`,
        {
          span: options.span,
        },
      )
    }
    if (known.family !== undefined || options.set === undefined || options.set === 'real') return known
  }
  session.scope.set(name, entry)
  for (const side of [shape.rows, shape.columns])
    for (const letter of namesOfDim(side)) session.dimensions.add(letter)
  return entry
}

/** Equalities between sizes: `n = m + k - 1` makes one name of both. */
export function readSizeFacts(session: Session, sorted: Sorted, sizes: Map<string, number>): DimAliases {
  const letters = new Set<string>([...sizes.keys(), ...session.dimensions])
  for (const { set } of sorted.declarations) collectSizes(set, letters)
  const aliases = new Map<string, number | string>()
  const equalities = [...sorted.facts, ...sorted.equations]
  for (const { left, right } of equalities) {
    const from = plainDim(left)
    if (typeof from !== 'string' || !namesOfDim(from).every(letter => letters.has(letter))) continue
    const to = plainDim(right)
    if (to === undefined) continue
    const all = [...namesOfDim(from), ...namesOfDim(to)]
    if (!all.every(letter => letters.has(letter)) || namesOfDim(to).length === 0) continue
    // Stacking and vec make sums and products of sizes, so there the letter is the name that gives way.
    if (letters.has(from) && isMadeOfOthers(to, from)) session.solver.rename(from, to)
    else {
      aliases.set(String(to), from)
      // What was declared before the text is read has the other name already.
      if (letters.has(String(to))) session.solver.rename(String(to), from)
    }
  }
  for (const letter of letters) session.dimensions.add(letter)
  return aliases
}

/** `m+n` and `m*n`: several names, nothing taken off. */
function isMadeOfOthers(dim: number | string, name: string): boolean {
  const terms = termsOfDim(dim)
  const names = terms.flatMap(term => term.names)
  return (
    names.length > 1 &&
    !names.includes(name) &&
    terms.every(term => term.coefficient > 0 && term.names.length > 0)
  )
}

function collectSizes(set: Syntax, letters: Set<string>): void {
  const node = bare(set)
  if (node.kind !== 'scripted') return
  for (const script of node.superscripts) {
    for (const side of sidesOf(bare(script))) {
      const dim = plainDim(side)
      if (dim !== undefined) for (const letter of namesOfDim(dim)) letters.add(letter)
    }
  }
}

/** Whether an equation only says that two sizes are equal. */
export function isSizeFact(session: Session, equation: Equation): boolean {
  const from = plainDim(equation.left)
  if (typeof from !== 'string' || !session.dimensions.has(namesOfDim(from)[0] ?? '')) return false
  const to = plainDim(equation.right)
  if (to === undefined) return false
  const all = [...namesOfDim(from), ...namesOfDim(to)]
  return all.every(letter => session.dimensions.has(letter) && !session.scope.has(letter))
}

/** Enters what the author declared. Raises `NameError` and `ParseError` with the place. */
export function declareAll(
  session: Session,
  declarations: readonly DeclarationStatement[],
  aliases: DimAliases,
  strict: boolean,
): void {
  for (const { names, set, ranges, span } of declarations) {
    attempt(session, strict, () => {
      const membership = readSet(set, aliases)
      if (membership === undefined) {
        passOver(session, 'a declaration was passed over', 'the set is not one of those known here', span)
        return
      }
      for (const node of names)
        declareOne(session, node, membership.shape, membership.set, ranges, aliases, span)
    })
  }
}

function declareOne(
  session: Session,
  node: Syntax,
  shape: Shape,
  set: EntrySet,
  ranges: readonly IndexRange[],
  aliases: DimAliases,
  span: Span,
): void {
  const parts = nameParts(node)
  if (parts === undefined) {
    throw new NameError('unreadable-declaration', 'only names are declared', { span: node.span })
  }
  const below = items(parts.subscripts)
  const implied = ranges.length > 0 ? undefined : impliedRange(session, parts, span)
  for (const range of implied === undefined ? ranges : [implied]) {
    if (range.high === undefined) continue
    const place = below.some(item => isLetter(item, range.letter))
      ? 'subscript'
      : parts.superscripts.some(script => isLetter(insideOf(script), range.letter))
        ? 'superscript'
        : undefined
    if (place === undefined) continue
    if (shape.columns !== 1) {
      throw new ShapeError('family-of-matrices', `a family has columns as members, not ${shapeText(shape)}`, {
        span,
        hint: 'declare each matrix by its own name',
      })
    }
    const rest = below.filter(item => !isLetter(item, range.letter))
    const labels = parts.superscripts.filter(script => !isLetter(insideOf(script), range.letter))
    const name = assemble(parts, rest, labels, parts.primes)!
    const members = readDim(range.high, aliases)
    const whole = shapeOf(members, shape.rows)
    declareSymbol(session, name, whole, { span, set, family: { letter: range.letter, place } })
    if (implied !== undefined) {
      const text = assemble(parts, below, parts.superscripts, parts.primes)
      note(session, `${text} is member ${range.letter} of the family ${name}`, 'a sum ranges over it', span)
    }
    return
  }
  const name = assemble(parts, below, parts.superscripts, parts.primes)
  if (name === undefined) {
    throw new NameError('unreadable-declaration', 'this is not a name', { span: node.span })
  }
  declareSymbol(session, name, shape, { span: node.span, set })
}

/** The range of the letter in a name declared without one, where a sum of the document ranges over it. */
function impliedRange(session: Session, parts: NameParts, span: Span): IndexRange | undefined {
  const { running } = session.evidence
  const name = assemble(parts, items(parts.subscripts), parts.superscripts, parts.primes)
  const scripts = [...items(parts.subscripts), ...parts.superscripts.map(insideOf)]
  const declared = running.declared.find(({ letter }) => scripts.some(script => isLetter(script, letter)))
  if (declared !== undefined) return declared
  const range = name === undefined ? undefined : running.names.get(name)
  if (range === undefined) return undefined
  const { letter, low, high } = range
  if (high === null || (low !== null && literalIndex(low, new Map()) !== 1)) {
    throw new NameError(
      'index-in-name',
      `${letter} runs in a sum, but nothing says how many ${name} there are`,
      {
        span,
        hint: `declare the range too: ${name} \\in …, ${letter} = 1, \\dots, N`,
      },
    )
  }
  return { letter, values: undefined, low: low ?? undefined, high, node: high }
}

const LABELS: ReadonlyMap<string, EntrySet> = new Map([
  ['0,1', 'binary'],
  ['-1,1', 'sign'],
  ['1,-1', 'sign'],
])

/**
 * Declares an index that may stand in any equation. A letter with two values that stands in formulas and selects
 * nowhere is a label, and so a number: `y \in \{0, 1\}`.
 */
export function declareIndex(session: Session, range: IndexRange, aliases: DimAliases, span: Span): void {
  const { standing, selecting, running } = session.evidence
  const { letter } = range
  const set = LABELS.get(range.values?.join() ?? '')
  if (set !== undefined && standing.has(letter) && !selecting.has(letter) && !running.letters.has(letter)) {
    declareSymbol(session, letter, SCALAR, { span, set })
    return
  }
  const extent =
    range.high === undefined ? session.solver.fresh() : session.solver.side(readDim(range.high, aliases))
  if (range.high !== undefined) {
    for (const letter of namesOfDim(readDim(range.high, aliases))) session.dimensions.add(letter)
  }
  if (session.scope.has(range.letter)) return
  session.scope.set(range.letter, {
    kind: 'index',
    letter: range.letter,
    symbol: symbol(range.letter, SCALAR, 'index'),
    extent,
    span,
  })
}

/**
 * Gives a quantity its numbers. A side with a name keeps it: the number only says how long it is, and two names of one
 * length stay two. A side nobody named gets the number. Raises `ShapeError` when the numbers do not fit. Returns the
 * numbers in the shape of the quantity.
 */
export function giveNumbers(
  session: Session,
  entry: SymbolEntry,
  numbers: Numbers,
  sizes: Map<string, number>,
  span: Span | undefined,
): Numbers {
  const { solver } = session
  let values = numbers
  const rows = solver.value(entry.sides.rows)
  const columns = solver.value(entry.sides.columns)
  const column = columns === 1 && rows !== 1
  const row = rows === 1 && columns !== 1
  if (column && values.length === 1) values = values[0]!.map(value => [value])
  else if (row && values.every(line => line.length === 1)) values = [values.map(line => line[0]!)]
  const found = [values.length, values[0]?.length ?? 1] as const
  for (const [side, size] of [
    [entry.sides.rows, found[0]],
    [entry.sides.columns, found[1]],
  ] as const) {
    const dim = solver.value(side)
    const fits = dim === undefined ? solver.bind(side, size) === undefined : givesSize(dim, size, sizes)
    if (fits) continue
    const known = [rows, columns].flatMap(each => namesOfDim(each ?? 1)).filter(letter => sizes.has(letter))
    throw new ShapeError(
      'shape-clash',
      `${entry.name} is ${solver.text(entry.sides)}, but its value is ${found[0]}×${found[1]}`,
      { span, hint: known.map(letter => `${letter} is ${sizes.get(letter)}`).join(', ') || undefined },
    )
  }
  return values
}

/** Whether a side can be that long. A single name whose size is not known yet gets it: of `n+1` that is 4, n is 3. */
function givesSize(dim: Dim, size: number, sizes: Map<string, number>): boolean {
  let rest = size
  let open: { readonly name: string; readonly coefficient: number } | undefined
  for (const { coefficient, names } of termsOfDim(dim)) {
    const unknown = names.filter(name => !sizes.has(name))
    const product = names.reduce((total, name) => total * (sizes.get(name) ?? 1), coefficient)
    if (unknown.length === 0) rest -= product
    else if (unknown.length === 1 && open === undefined) open = { name: unknown[0]!, coefficient: product }
    // Several unknown sizes: other values, or whoever evaluates, will tell.
    else return true
  }
  if (open === undefined) return rest === 0
  const solved = rest / open.coefficient
  if (!Number.isSafeInteger(solved) || solved < 1) return false
  sizes.set(open.name, solved)
  return true
}
