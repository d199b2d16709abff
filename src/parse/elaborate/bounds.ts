import { ParseError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import type { EntrySet } from '../../expr/problem.js'
import type { Syntax } from '../syntax.js'
import { bare, canonicalText, scriptText } from './names.js'
import { passOver, type Session } from './reader.js'
import type { SymbolEntry } from './scope.js'

/** `s > 0`, `x \ge 0`, `0 < p < 1`: where the entries of a quantity lie. */
export interface Bound {
  readonly name: string
  readonly set: EntrySet
  readonly span: Span
}

const SETS: ReadonlyMap<string, EntrySet> = new Map<string, EntrySet>([
  ['>0', 'positive'],
  ['>=0', 'nonnegative'],
])

/** Reads a relation as a bound; undefined when it is another one. */
export function readBound(node: Syntax): Bound | undefined {
  const now = bare(node)
  if (now.kind !== 'relation' || now.leading) return undefined
  const { operands, operators, span } = now
  const texts = operands.map(operand => scriptText(operand))
  if (operands.length === 3) {
    const name = canonicalText(operands[1]!)
    const upward = operators.every(operator => operator.startsWith('<'))
    const downward = operators.every(operator => operator.startsWith('>'))
    const ends = upward ? [texts[0], texts[2]] : downward ? [texts[2], texts[0]] : []
    return name !== undefined && ends.join() === '0,1' ? { name, set: 'unit-interval', span } : undefined
  }
  const behind = texts[1] === '0'
  const name = canonicalText(operands[behind ? 0 : 1]!)
  const operator = behind ? operators[0]! : operators[0]!.replace('<', '>')
  const set =
    behind || operators[0]!.startsWith('<')
      ? SETS.get(`${operator}${behind ? texts[1] : texts[0]}`)
      : undefined
  return name === undefined || set === undefined ? undefined : { name, set, span }
}

/** Gives quantities the sets their bounds state. Raises `ParseError` where a reader is strict and nothing has the name. */
export function applyBounds(
  session: Session,
  bounds: readonly Bound[],
  strict: boolean,
  textAt: (span: Span) => string,
): void {
  for (const { name, set, span } of bounds) {
    const entry = session.scope.get(name)
    if (entry?.kind === 'symbol' && !entry.defined) {
      const definite = isSquare(session, entry) ? definiteness(textAt(span)) : undefined
      if (definite !== undefined) {
        if (entry.set === 'real' || entry.set === 'symmetric') entry.set = definite
      } else if (entry.set === 'real' || entry.set === 'nonnegative') entry.set = set
      continue
    }
    const why = entry === undefined ? `nothing is called ${name}` : `${name} is defined by a formula`
    if (!strict) passOver(session, 'a line was passed over', why, span, { code: 'unused-line' })
    else {
      throw new ParseError('unused-line', `nothing can be made of this: ${why}`, {
        span,
        hint: 'bounds are stated for quantities that are declared or used',
      })
    }
  }
}

function isSquare(session: Session, { sides }: SymbolEntry): boolean {
  const shape = session.solver.shape(sides)
  return shape !== undefined && shape.rows === shape.columns && shape.rows !== 1
}

/** `A \succ 0` says of a square matrix that it is positive definite, and not that its entries are positive. */
function definiteness(text: string): EntrySet | undefined {
  if (/\\(?:succeq|preceq)|[⪰⪯]/.test(text)) return 'symmetric'
  return /\\(?:succ|prec)\b|[≻≺]/.test(text) ? 'positive-definite' : undefined
}
