import { LimitError, MathError } from '../base/errors.js'
import { cover, type Span } from '../base/span.js'
import type { DocumentKind } from '../document/block.js'
import type { Problem, Reading } from '../expr/problem.js'
import { Earlier, type Imports, importsOf, namingOf } from './imports.js'
import type { Directive } from './lexer/directive.js'
import type { ReadProblemOptions } from './options.js'
import {
  contains,
  firstRenamed,
  firstStale,
  isClash,
  misfits,
  namingsIn,
  type Piece,
  without,
  withoutDirective,
} from './pieces.js'
import { type DocumentReading, startReading } from './problem.js'
import { type Section, sectionsOf } from './sections.js'

/** A stretch of a document in which every name has one meaning. */
export interface Passage {
  /** The heading it stands under, without marks. */
  readonly title: string | undefined
  /** From its first formula to the end of its last. */
  readonly span: Span
  /** The headings in it, with where they stand; the first may stand before it. */
  readonly sections: readonly Section[]
  readonly problem: Problem
}

/**
 * Reads a document as its readers do: from top to bottom, a name keeping its meaning until it is given another. Where
 * a name is defined anew, or used in a way that does not fit what stood before, a new passage begins, and what it uses
 * of the earlier ones comes with it. What cannot be read is passed over together with all that rests on it, and
 * stands among the `readings` of its passage.
 *
 * Raises `LimitError`, and the first error of a document of which nothing can be read.
 */
export function readPassages(
  source: string,
  options: ReadProblemOptions & { readonly kind: DocumentKind },
): readonly Passage[] {
  return new PassageReader(source, options).read()
}

/** Pieces that were read together, and what was left out of them. */
interface Fitting {
  readonly pieces: readonly Piece[]
  readonly problem: Problem
  readonly dropped: readonly Reading[]
}

class PassageReader {
  readonly #reading: DocumentReading
  readonly #pieces: readonly Piece[]
  readonly #sections: readonly Section[]
  readonly #faults: MathError[] = []
  readonly #passages: Passage[] = []
  #earlier = new Earlier()

  constructor(source: string, options: ReadProblemOptions & { readonly kind: DocumentKind }) {
    this.#reading = startReading(source, options)
    const units = this.#reading.units(error => this.#faults.push(error))
    this.#pieces = units.map(({ span, sources, directives }) => ({
      span,
      namings: sources.map(namingOf),
      directives,
    }))
    this.#sections = sectionsOf(
      source,
      options.kind,
      units.map(({ span }) => span),
    )
  }

  read(): readonly Passage[] {
    for (let rest = this.#pieces; rest.length > 0; ) rest = this.#take(rest)
    const [fault] = this.#faults
    const empty = this.#passages.every(({ problem }) => problem.definitions.length === 0)
    if (empty && fault !== undefined) throw fault
    return Object.freeze(this.#passages.map((passage, k) => this.#withFaults(passage, k)))
  }

  /** Makes a passage of as many pieces as fit together; returns those behind it. */
  #take(rest: readonly Piece[]): readonly Piece[] {
    const whole = this.#longest(rest)
    const { pieces } = whole
    const cut = this.#betterCut(pieces, whole)
    const {
      pieces: own,
      problem,
      dropped,
    } = cut === undefined ? whole : this.#fit(pieces.slice(0, cut), this.#earlier)
    this.#finish(own, problem, dropped)
    return rest.slice(own.length)
  }

  /** What fits together from the first piece on, tried on ever longer stretches so that the cost stays that of the end. */
  #longest(rest: readonly Piece[]): Fitting {
    for (let size = FIRST_STRETCH; ; size *= 2) {
      const stretch = rest.slice(0, size)
      const renamed = firstRenamed(stretch)
      const most = renamed === undefined ? stretch : stretch.slice(0, this.#cutBefore(stretch, renamed))
      const found = this.#fit(most, this.#earlier)
      if (size >= rest.length || found.pieces.length < size) return found
    }
  }

  /** As many of the pieces as fit together, from the first on, and what they mean. */
  #fit(rest: readonly Piece[], earlier: Earlier): Fitting {
    let own = rest
    let alone = false
    const dropped: Reading[] = []
    for (;;) {
      const imports: Imports = alone ? NO_IMPORTS : importsOf(namingsIn(own), earlier)
      try {
        const stale = firstStale(own, imports)
        if (stale !== undefined) throw stale
        const sources = [...imports.needed, ...namingsIn(own)].map(({ source }) => source)
        return { pieces: own, problem: this.#reading.problem(sources, this.#steering(own)), dropped }
      } catch (error) {
        if (!(error instanceof MathError) || error instanceof LimitError) throw error
        const { span } = error
        const at = span === undefined ? -1 : own.findIndex(piece => contains(piece.span, span))
        if (at > 0 && isClash(error)) {
          own = rest.slice(0, this.#cutBefore(own, at))
          alone = false
          dropped.length = 0
        } else if (imports.needed.length > 0 && (at < 0 || isClash(error))) {
          // Here the names mean something else; how far that goes, the headings say.
          own = own.slice(0, this.#endOfSection(own))
          alone = true
        } else if (at < 0) throw error
        else {
          const steered = withoutDirective(own, at, error)
          const rest = steered.dropped.length > 0 ? steered : without(own, at, error)
          if (rest.dropped.length === 0) throw error
          dropped.push(...rest.dropped)
          own = rest.pieces
        }
      }
    }
  }

  /** What comments ask of these pieces, and what comments say of names anywhere before their end. */
  #steering(own: readonly Piece[]): readonly Directive[] {
    const start = own[0]?.span.from ?? 0
    const before = [...this.#pieces.filter(({ span }) => span.to <= start), ...own]
    const lets = before.flatMap(({ directives }) => directives.filter(({ verb }) => verb === 'let'))
    return [...lets, ...own.flatMap(piece => piece.directives.filter(({ verb }) => verb !== 'let'))]
  }

  /**
   * Where to cut a passage so that less has to be passed over: before or behind a section in which lines do not fit the
   * meaning that the names have around it, and would fit another.
   */
  #betterCut(pieces: readonly Piece[], whole: Fitting): number | undefined {
    for (let start = 0; start < pieces.length; ) {
      const section = pieces.slice(start, start + this.#endOfSection(pieces.slice(start)))
      const end = start + section.length
      const here = cover(section[0]!.span, section[section.length - 1]!.span)
      const faults = misfits(whole.problem, here)
      if (faults > 0 && section.length < pieces.length) {
        const before = namingsIn(pieces.slice(0, start)).filter(({ heads }) => heads.length > 0)
        const apart = this.#fit(section, new Earlier(before, this.#earlier))
        const whollyRead = apart.dropped.length === 0 && apart.pieces.length === section.length
        if (whollyRead && misfits(apart.problem, here) < faults) return start === 0 ? end : start
      }
      start = end
    }
    return undefined
  }

  #finish(own: readonly Piece[], problem: Problem, dropped: readonly Reading[]): void {
    const span = cover(own[0]!.span, own[own.length - 1]!.span)
    const readings = Object.freeze([...problem.readings, ...dropped])
    this.#passages.push({
      title: this.#sectionAt(span.from)?.title,
      span,
      sections: this.#sectionsIn(span),
      problem: Object.freeze({ ...problem, readings }),
    })
    this.#earlier.add(namingsIn(own))
  }

  /** Pieces that are not well formed stand among the readings of the passage they are in or behind. */
  #withFaults(passage: Passage, k: number): Passage {
    const from = k === 0 ? 0 : passage.span.from
    const to = this.#passages[k + 1]?.span.from ?? Number.POSITIVE_INFINITY
    const faults = this.#faults.filter(
      ({ span }) => span === undefined || (span.from >= from && span.from < to),
    )
    if (faults.length === 0) return Object.freeze(passage)
    const readings = faults.map(
      ({ message, span, code, hint }): Reading =>
        Object.freeze({
          kind: 'passed-over',
          what: 'a formula was passed over',
          why: message,
          span,
          code,
          hint,
        }),
    )
    const { problem } = passage
    const all = Object.freeze([...problem.readings, ...readings])
    return Object.freeze({ ...passage, problem: Object.freeze({ ...problem, readings: all }) })
  }

  #sectionsIn(span: Span): readonly Section[] {
    const first = this.#sectionAt(span.from)
    const within = this.#sections.filter(({ from }) => from > span.from && from < span.to)
    return Object.freeze(first === undefined ? within : [first, ...within])
  }

  #sectionAt(offset: number): Section | undefined {
    return this.#sections.findLast(({ from }) => from <= offset)
  }

  /** A heading between the start and the clash is the better place for a cut. */
  #cutBefore(own: readonly Piece[], at: number): number {
    const section = this.#sectionAt(own[at]!.span.from)
    const first = own.findIndex(({ span }) => this.#sectionAt(span.from) === section)
    return first > 0 ? first : at
  }

  #endOfSection(own: readonly Piece[]): number {
    const section = this.#sectionAt(own[0]!.span.from)
    const end = own.findIndex(({ span }) => this.#sectionAt(span.from) !== section)
    return end < 0 ? own.length : end
  }
}

/** Pieces that are read together at first; most passages are shorter. */
const FIRST_STRETCH = 48

const NO_IMPORTS: Imports = Object.freeze({ needed: [], stale: [] })
