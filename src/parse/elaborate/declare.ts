import { NameError, ParseError } from '../../base/errors.js'
import { productOfDims, sumOfDims, termsOfDim } from '../../expr/dimension.js'
import type { EntrySet } from '../../expr/problem.js'
import { type Dim, SCALAR, type Shape, shapeOf } from '../../expr/shape.js'
import type { ProductOperator, SumTerm, Syntax } from '../syntax.js'
import { bare, baseName, canonicalText, literalIndex, scriptText } from './names.js'

/** What a set says of its members: their shape, and what their entries are. */
export interface Membership {
  readonly shape: Shape
  readonly set: EntrySet
}

/** Sizes that the author stated to be equal to others, by the sum of names that stands for them. */
export type DimAliases = ReadonlyMap<string, Dim>

/**
 * The size that stands in the exponent of a simplex, with one added: `\Delta^{K-1}` has vectors of K entries. Undefined
 * for other sets, and for `\Delta^K`, by which some mean K entries and others K+1.
 */
export function simplexSize(node: Syntax): Dim | undefined {
  const now = bare(node)
  if (now.kind !== 'scripted' || now.superscripts.length !== 1 || now.subscripts.length > 0) return undefined
  const base = bare(now.base)
  if (base.kind !== 'name' || baseName(base) !== 'Delta') return undefined
  const exponent = plainDim(now.superscripts[0]!)
  if (typeof exponent !== 'string' || !exponent.endsWith('-1')) return undefined
  return sumOfDims(exponent, 1)
}

/** Reads `\mathbb{R}^{m \times n}`, `\{0, 1\}^K`, `\mathbb{S}_{++}^n`, `(0, 1)`; undefined for any other set. */
export function readSet(node: Syntax, aliases: DimAliases): Membership | undefined {
  const now = bare(node)
  const scripted = now.kind === 'scripted' ? now : undefined
  const base = bare(scripted?.base ?? now)
  const marks = (scripted?.subscripts ?? []).map(markText).join('')
  const above = (scripted?.superscripts ?? []).filter(script => markText(script) === '')
  const signs = marks + (scripted?.superscripts ?? []).map(markText).join('')
  if (above.length > 1) return undefined
  const simplex = simplexSize(now)
  if (simplex !== undefined) return { shape: shapeOf(aliased(simplex, aliases), 1), set: 'unit-interval' }
  const shape = above.length === 0 ? SCALAR : shapeOfExponent(above[0]!, aliases)
  if (base.kind === 'name') {
    const letter = baseName(base)
    if (/^(?:bb\{|bold\{|cal\{|rm\{)?S\}?$/.test(letter)) {
      const square = above.length === 0 ? SCALAR : shapeOf(shape.rows, shape.rows)
      return { shape: square, set: signs === '' ? 'symmetric' : 'positive-definite' }
    }
    if (/^(?:bb\{|bold\{|cal\{|rm\{)?R\}?$/.test(letter)) return { shape, set: setOfMarks(signs) }
    if (/^bb\{[NZ]\}$/.test(letter)) return { shape, set: 'integer' }
    return undefined
  }
  if (base.kind !== 'group' || base.body === null) return undefined
  const inside = bare(base.body)
  if (inside.kind !== 'list') return undefined
  const ends = inside.items.map(item => scriptText(item) ?? '')
  if (base.brackets.open === '{') {
    if (ends.join() === '0,1') return { shape, set: 'binary' }
    return ends.join() === '-1,1' || ends.join() === '1,-1' ? { shape, set: 'sign' } : undefined
  }
  if (ends[0] === '0' && ends[1] === '1') return { shape, set: 'unit-interval' }
  if (ends[0] === '0' && /^\+?infty$/.test(ends[1] ?? '')) {
    return { shape, set: base.brackets.open === '(' ? 'positive' : 'nonnegative' }
  }
  return { shape, set: 'real' }
}

/** `+`, `++`, `>0` and their like beside a set. */
function markText(script: Syntax): string {
  const node = bare(script)
  if (node.kind === 'mark') return /^\++$/.test(node.text) ? node.text : ''
  if (node.kind === 'relation' && node.leading) return `${node.operators[0]}`
  return ''
}

function setOfMarks(marks: string): EntrySet {
  if (marks === '++' || marks === '>') return 'positive'
  return marks === '+' || marks === '>=' ? 'nonnegative' : 'real'
}

function shapeOfExponent(node: Syntax, aliases: DimAliases): Shape {
  const now = bare(node)
  const sides = sidesOf(now)
  if (sides.length > 2) {
    throw new ParseError('tensor-shape', 'arrays have one or two sizes here', {
      span: now.span,
      hint: 'keep the members of a stack as a family x_i',
    })
  }
  if (sides.length === 2) return shapeOf(readDim(sides[0]!, aliases), readDim(sides[1]!, aliases))
  const inside = now.kind === 'group' && now.body !== null ? bare(now.body) : now
  if (inside.kind === 'list' && inside.items.length === 2) {
    return shapeOf(readDim(inside.items[0]!, aliases), readDim(inside.items[1]!, aliases))
  }
  return shapeOf(readDim(now, aliases), 1)
}

/**
 * The sides of `m \times n`. The sign between them binds loosest of all, so `mp \times nq` and `p \times m + n` have
 * two sides, each a product or a sum.
 */
export function sidesOf(node: Syntax): readonly Syntax[] {
  if (node.kind === 'product') {
    const sides: { factors: Syntax[]; operators: ProductOperator[] }[] = []
    node.factors.forEach((factor, i) => {
      const operator = node.operators[i - 1]
      const side = sides[sides.length - 1]
      if (side === undefined || operator === undefined || operator === 'times')
        sides.push({ factors: [factor], operators: [] })
      else {
        side.factors.push(factor)
        side.operators.push(operator)
      }
    })
    return sides.map(side => (side.factors.length === 1 ? side.factors[0]! : { ...node, ...side }))
  }
  if (node.kind !== 'sum') return [node]
  const sides: SumTerm[][] = [[]]
  for (const term of node.terms) {
    sidesOf(bare(term.operand)).forEach((operand, i) => {
      if (i > 0) sides.push([])
      sides[sides.length - 1]!.push(i === 0 ? { ...term, operand } : { sign: '+', operand })
    })
  }
  return sides.map(terms =>
    terms.length === 1 && terms[0]!.sign === '+' ? terms[0]!.operand : { ...node, terms },
  )
}

/** The size a formula states: a whole number, a name, sums and products of these. */
export function readDim(node: Syntax, aliases: DimAliases): Dim {
  const dim = plainDim(node)
  if (dim === undefined) {
    throw new ParseError('not-a-size', 'this is not a size', {
      span: node.span,
      hint: 'a size is a whole number, a letter, or a sum of these',
    })
  }
  return aliased(dim, aliases)
}

/** A size is short; what is longer is a formula. */
const MOST_TERMS = 16

/** The size before equalities between sizes are used. */
export function plainDim(node: Syntax): Dim | undefined {
  const now = bare(node)
  switch (now.kind) {
    case 'number':
      return literalIndex(now, new Map())
    case 'name':
    case 'scripted':
      return canonicalText(now)
    case 'group':
      return now.body === null ? undefined : plainDim(now.body)
    case 'sum': {
      if (now.terms.length > MOST_TERMS) return undefined
      let total: Dim = 0
      for (const term of now.terms) {
        const part = plainDim(term.operand)
        if (part === undefined || (term.sign !== '+' && term.sign !== '-')) return undefined
        total = sumOfDims(total, term.sign === '-' ? productOfDims(-1, part) : part)
      }
      return total
    }
    case 'product': {
      if (now.factors.length > MOST_TERMS) return undefined
      let total: Dim = 1
      for (const [i, factor] of now.factors.entries()) {
        const part = plainDim(factor)
        const operator = i === 0 ? 'juxtaposed' : now.operators[i - 1]!
        if (part === undefined || !/^(?:juxtaposed|cdot|\*|times)$/.test(operator)) return undefined
        total = productOfDims(total, part)
      }
      return total
    }
    default:
      return undefined
  }
}

/** A size as it is spelled everywhere: `n + m` and `m n` as `m+n` and `m*n`. */
export function sizeOfText(dimensions: ReadonlySet<string>, side: number | string): Dim {
  if (typeof side === 'number') return side
  const text = side
    .trim()
    .replace(/\s*([-+*])\s*/g, '$1')
    .replace(/\s+/g, '*')
  if (/^\d+$/.test(text)) return Number(text)
  // Letters written together are their product, unless they are one name with a size of its own.
  const letters = dimensions.has(text) ? [] : [...text]
  const product = letters.length > 1 && letters.every(letter => dimensions.has(letter))
  return sumOfDims(product ? letters.join('*') : text, 0)
}

/** The letters a size is made of. */
export function namesOfDim(dim: Dim): readonly string[] {
  return termsOfDim(dim).flatMap(term => term.names)
}

function aliased(dim: Dim, aliases: DimAliases): Dim {
  if (typeof dim === 'number' || aliases.size === 0) return dim
  const whole = aliases.get(dim)
  if (whole !== undefined) return whole
  const terms = termsOfDim(dim)
  const constant = terms.find(term => term.names.length === 0)?.coefficient ?? 0
  const rest = aliases.get(String(sumOfDims(dim, -constant)))
  return rest === undefined ? dim : sumOfDims(rest, constant)
}

/** An index letter with its range: `i = 1, \dots, m`, `i = 0, 1`, `k \in \{1, \dots, K\}`. */
export interface IndexRange {
  readonly letter: string
  /** Every value, where all are literal. */
  readonly values: readonly number[] | undefined
  readonly low: Syntax | undefined
  readonly high: Syntax | undefined
  readonly node: Syntax
}

/** Reads a relation as the range of an index; undefined when it is something else. */
export function readRange(node: Syntax): IndexRange | undefined {
  const now = bare(node)
  if (now.kind !== 'relation' || now.leading || now.operands.length !== 2) return undefined
  const [left, right] = now.operands as readonly [Syntax, Syntax]
  const name = bare(left)
  if (name.kind !== 'name' || (now.operators[0] !== '=' && now.operators[0] !== 'in')) return undefined
  const letter = baseName(name)
  let ends = bare(right)
  if (now.operators[0] === 'in') {
    if (ends.kind !== 'group' || ends.body === null || !/^[{[]$/.test(ends.brackets.open)) return undefined
    ends = bare(ends.body)
  }
  if (ends.kind === 'range' && ends.from !== null && ends.to !== null) {
    return between(letter, ends.from, ends.to, now)
  }
  if (ends.kind !== 'list') return undefined
  const dots = ends.items.some(item => bare(item).kind === 'dots')
  const first = ends.items[0]!
  const last = ends.items[ends.items.length - 1]!
  if (dots) return bare(last).kind === 'dots' ? undefined : between(letter, first, last, now)
  const values = ends.items.map(item => literalIndex(item, new Map()))
  if (values.some(value => value === undefined)) return undefined
  return { letter, values: values as number[], low: undefined, high: undefined, node: now }
}

function between(letter: string, low: Syntax, high: Syntax, node: Syntax): IndexRange {
  const from = literalIndex(low, new Map())
  const to = literalIndex(high, new Map())
  const literal = from !== undefined && to !== undefined
  if (literal && Math.abs(to - from) > 4096) {
    throw new NameError(
      'limit-range',
      `an index with ${Math.abs(to - from) + 1} values cannot be written out`,
      {
        span: node.span,
      },
    )
  }
  const step = literal && to < from ? -1 : 1
  const values = literal
    ? Array.from({ length: Math.abs(to - from) + 1 }, (_, k) => from + step * k)
    : undefined
  return { letter, values, low, high, node }
}
