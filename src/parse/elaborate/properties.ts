import { ParseError, ShapeError } from '../../base/errors.js'
import { ONE } from '../../base/rational.js'
import type { Span } from '../../base/span.js'
import { number } from '../../expr/intern.js'
import type { Expr, Sym } from '../../expr/node.js'
import type { EntrySet, Fact } from '../../expr/problem.js'
import { isScalar, shapeText } from '../../expr/shape.js'
import { multiply, ones, transpose } from '../../ops/core.js'
import { diagonalMatrixOf, diagonalVectorOf, identity, inverseOf } from '../../ops/matrix.js'
import type { Syntax } from '../syntax.js'
import { simplexSize } from './declare.js'
import { bare, canonicalText } from './names.js'
import { passOver, type Session } from './reader.js'
import type { DeclarationStatement } from './statement-kinds.js'

/** `A \text{ symmetric}`: a word said of names. */
export interface PropertyStatement {
  readonly names: readonly Syntax[]
  readonly property: Property
  /** As it is written behind the names; absent where a set says it. */
  readonly word: string | undefined
  readonly span: Span
}

/** What a word says: where the entries lie, and an equation that holds. */
interface Property {
  readonly set?: EntrySet
  readonly isSquare: boolean
  readonly equation?: (symbol: Sym) => readonly [left: Expr, right: Expr]
}

/** Of a vector all entries, of a matrix those of each row. */
function total(symbol: Sym): readonly [Expr, Expr] {
  const { rows, columns } = symbol.shape
  if (columns === 1) return [multiply(transpose(ones(symbol.shape)), symbol), number(ONE)]
  return [multiply(symbol, ones({ rows: columns, columns: 1 })), ones({ rows, columns: 1 })]
}

const square = (property: Omit<Property, 'isSquare'>): Property => ({ ...property, isSquare: true })
const POSITIVE_DEFINITE = square({ set: 'positive-definite' })
const ORTHOGONAL = square({
  equation: symbol => [multiply(transpose(symbol), symbol), identity(symbol.shape.rows)],
})
const INVERTIBLE = square({
  equation: symbol => [multiply(symbol, inverseOf(symbol)), identity(symbol.shape.rows)],
})
const ONE_HOT: Property = { set: 'binary', isSquare: false, equation: total }
const ON_THE_SIMPLEX: Property = { set: 'unit-interval', isSquare: false, equation: total }

const PROPERTIES: ReadonlyMap<string, Property> = new Map([
  ['symmetric', square({ set: 'symmetric' })],
  ['positive definite', POSITIVE_DEFINITE],
  ['symmetric positive definite', POSITIVE_DEFINITE],
  ['spd', POSITIVE_DEFINITE],
  ['diagonal', square({ equation: symbol => [diagonalMatrixOf(diagonalVectorOf(symbol)), symbol] })],
  ['orthogonal', ORTHOGONAL],
  ['orthonormal', ORTHOGONAL],
  ['invertible', INVERTIBLE],
  ['nonsingular', INVERTIBLE],
  ['regular', INVERTIBLE],
  ['one hot', ONE_HOT],
  ['on the simplex', ON_THE_SIMPLEX],
  ['a probability vector', ON_THE_SIMPLEX],
  ['positive', { set: 'positive', isSquare: false }],
])

/** Reads names with words behind them; undefined where the words are none of those known here. */
export function readProperty(body: Syntax, remark: string | null, span: Span): PropertyStatement | undefined {
  const said = remark === null ? wordsBehind(body) : { name: body, words: remark }
  if (said === undefined) return undefined
  const word = said.words
    .toLowerCase()
    .replace(/^\s*(?:is|are)\s+/, '')
    .trim()
  const key = word.replace(/[-\s]+/g, ' ')
  const property = PROPERTIES.get(key) ?? PROPERTIES.get(key.replace(/ (?:matrix|matrices|vectors?)$/, ''))
  if (property === undefined) return undefined
  const names = said.name.kind === 'list' ? said.name.items.map(bare) : [said.name]
  return names.some(name => canonicalText(name) === undefined) ? undefined : { names, property, word, span }
}

/** The name and the words in `A \text{ symmetric}`; the hyphen of `\text{one-hot}` is read as a minus. */
function wordsBehind(node: Syntax): { readonly name: Syntax; readonly words: string } | undefined {
  if (node.kind === 'sum') {
    const [first, second] = node.terms
    const before = first === undefined ? undefined : wordsBehind(bare(first.operand))
    const after = second === undefined ? undefined : wordOf(bare(second.operand))
    if (node.terms.length !== 2 || before === undefined || after === undefined) return undefined
    return { name: before.name, words: `${before.words}-${after}` }
  }
  if (node.kind !== 'product' || node.factors.length !== 2) return undefined
  const words = wordOf(bare(node.factors[1]!))
  return words === undefined ? undefined : { name: bare(node.factors[0]!), words }
}

function wordOf(node: Syntax): string | undefined {
  if (node.kind === 'text') return node.text
  return node.kind === 'name' && node.base.length > 1 ? node.base : undefined
}

/** Gives quantities the sets that words state. Raises `ParseError` where a reader is strict and nothing has the name. */
export function applyProperties(
  session: Session,
  statements: readonly PropertyStatement[],
  strict: boolean,
): void {
  for (const { names, property, span } of statements) {
    for (const node of names) {
      const name = canonicalText(node)!
      const entry = session.scope.get(name)
      if (entry?.kind === 'symbol') {
        if (property.set !== undefined && !entry.defined) entry.set = property.set
        continue
      }
      const why = `nothing is called ${name}`
      if (!strict) passOver(session, 'a line was passed over', why, span, { code: 'unused-line' })
      else {
        throw new ParseError('unused-line', `nothing can be made of this: ${why}`, {
          span,
          hint: 'properties are stated for quantities that are declared or used',
        })
      }
    }
  }
}

/** The equations that words state. Raises `ShapeError` where only a square matrix can have the property. */
export function factsOfProperties(
  statements: readonly PropertyStatement[],
  symbolOf: (name: string) => Sym | undefined,
  textAt: (span: Span) => string,
): readonly Fact[] {
  return statements.flatMap(({ names, property, word, span }) => {
    return names.flatMap((node): Fact[] => {
      const symbol = symbolOf(canonicalText(node)!)
      if (symbol === undefined || isScalar(symbol.shape)) return []
      const { rows, columns } = symbol.shape
      if (property.isSquare && rows !== columns) {
        throw new ShapeError(
          'not-square',
          `only a square matrix can be that, not ${shapeText(symbol.shape)}`,
          {
            span,
          },
        )
      }
      if (property.equation === undefined) return []
      const [left, right] = property.equation(symbol)
      const latex = word === undefined ? textAt(span) : `${textAt(node.span).trim()} \\text{ ${word}}`
      const assumption = Object.freeze({ latex: latex.trim() })
      return [Object.freeze({ left, right, assumption, span })]
    })
  })
}

/** What sets say of their members besides where the entries lie: `t \in \Delta^{K-1}` adds up to one. */
export function propertiesOfSets(
  declarations: readonly DeclarationStatement[],
): readonly PropertyStatement[] {
  return declarations.flatMap(({ names, set, span }) =>
    simplexSize(set) === undefined ? [] : [{ names, property: ON_THE_SIMPLEX, word: undefined, span }],
  )
}
