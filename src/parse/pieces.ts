import { type MathError, NameError } from '../base/errors.js'
import type { Span } from '../base/span.js'
import type { Problem, Reading } from '../expr/problem.js'
import { type Imports, type Naming, speaksOf } from './imports.js'
import type { Directive } from './lexer/directive.js'

/** A piece of mathematics with what its statements name. */
export interface Piece {
  readonly span: Span
  readonly namings: readonly Naming[]
  readonly directives: readonly Directive[]
}

export function namingsIn(pieces: readonly Piece[]): readonly Naming[] {
  return pieces.flatMap(({ namings }) => namings)
}

/** Two statements that can be read each for itself, but not with one meaning of the names. */
export function isClash({ code }: MathError): boolean {
  return /clash|twice|cyclic|kind/.test(code)
}

export function contains(outer: Span, inner: Span): boolean {
  return inner.from >= outer.from && inner.to <= outer.to
}

/** How many lines between two places were passed over because their shapes do not fit. */
export function misfits({ readings }: Problem, within: Span): number {
  return readings.filter(
    ({ kind, code, span }) =>
      kind === 'passed-over' && code === 'shape-clash' && span !== undefined && contains(within, span),
  ).length
}

/** The first piece that defines a name by others than those it was defined by before. */
export function firstRenamed(pieces: readonly Piece[]): number | undefined {
  const known = new Map<string, Naming>()
  const meant = (name: string, { used }: Naming) => [...used.bases].filter(base => base !== name)
  for (const [at, { namings }] of pieces.entries()) {
    for (const naming of namings) {
      for (const { name, role } of naming.heads) {
        if (role !== 'defined') continue
        const before = known.get(name)
        if (before === undefined) known.set(name, naming)
        else if (at > 0) {
          const now = meant(name, naming)
          const then = new Set(meant(name, before))
          const others = now.length > 0 && then.size > 0 && !now.some(base => then.has(base))
          if (others || areNumberedApart(naming, before)) return at
        }
      }
    }
  }
  return undefined
}

/** Whether two definitions use one letter with other numbers: `W_0 x` and `W_1 x`. */
function areNumberedApart(a: Naming, b: Naming): boolean {
  return [...a.used.numbers].some(([base, numbers]) => {
    const others = b.used.numbers.get(base)
    return others !== undefined && ![...numbers].some(number => others.has(number))
  })
}

/** A statement that uses what rests on names with a new meaning. */
export function firstStale(own: readonly Piece[], { stale }: Imports): MathError | undefined {
  for (const naming of namingsIn(own)) {
    const old = stale.find(head => speaksOf(naming, head))
    if (old === undefined) continue
    return new NameError('stale-name', `${old.name} was defined by names that have another meaning here`, {
      span: naming.source.statement.span,
      hint: `define ${old.name} again`,
    })
  }
  return undefined
}

/** The pieces without a statement that cannot be read, and without all that uses what it would have introduced. */
export function without(
  pieces: readonly Piece[],
  at: number,
  error: MathError,
): { readonly pieces: readonly Piece[]; readonly dropped: readonly Reading[] } {
  const dropped: Reading[] = []
  const here = pieces[at]!.namings
  const refused = here.filter(({ source }) => overlaps(source.statement.span, error.span!))
  const guilty = new Set(refused.length > 0 ? refused : here)
  const lost = [...guilty].flatMap(({ heads }) => heads.filter(({ role }) => role !== 'valued'))
  const restsOnLost = (naming: Naming, k: number) =>
    k >= at ? lost.find(head => speaksOf(naming, head)) : undefined
  const kept = pieces.map((piece, k) => ({
    ...piece,
    namings: piece.namings.filter(naming => {
      const own = guilty.has(naming)
      const because = restsOnLost(naming, k)
      if (!own && because === undefined) return true
      lost.push(...naming.heads)
      const { span } = naming.source.statement
      dropped.push(
        Object.freeze({
          kind: 'passed-over',
          what: naming.asks ? 'a question was passed over' : 'a line was passed over',
          why: own ? error.message : `it uses ${because!.name}, which could not be read`,
          span: own ? error.span : span,
          code: error.code,
          hint: own ? error.hint : undefined,
        }),
      )
      return false
    }),
  }))
  return { pieces: kept, dropped }
}

/** The pieces without a comment that asks or says something that cannot be read. */
export function withoutDirective(
  pieces: readonly Piece[],
  at: number,
  { message, code, span, hint }: MathError,
): { readonly pieces: readonly Piece[]; readonly dropped: readonly Reading[] } {
  const refused = pieces[at]!.directives.filter(each => overlaps(each.span, span!))
  const kept = pieces.map((piece, k) =>
    k === at ? { ...piece, directives: piece.directives.filter(each => !refused.includes(each)) } : piece,
  )
  const dropped = refused.map(
    (each): Reading =>
      Object.freeze({
        kind: 'passed-over',
        what: 'a comment was passed over',
        why: message,
        span: each.span,
        code,
        hint,
      }),
  )
  return { pieces: kept, dropped }
}

function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to
}
