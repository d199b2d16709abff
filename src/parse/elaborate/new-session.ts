import { DEFAULT_LIMITS, type Limits } from '../../base/limits.js'
import type { Op } from '../../expr/op.js'
import { abbreviations } from '../../ops/abbreviations.js'
import { operations, vocabulary } from '../../ops/table.js'
import type { Dialect, Vocabulary } from '../lexer/vocabulary.js'
import { Builder } from './build.js'
import { newEvidence } from './evidence.js'
import { NotationNotes } from './notation.js'
import type { OpWords, Session } from './reader.js'
import { newStatementShapes } from './session.js'
import { SideSolver } from './sides.js'

const SUBSCRIPTED = /^\\?(?:operatorname\{)?([A-Za-z]+)\}?_\{\\?(?:mathrm\{)?([A-Za-z]+)\}*$/

/** The operations by the words that stand for them; those of the caller come last and win. */
export function opWords(own: readonly Op[] = []): OpWords {
  return wordsOf([...operations, ...abbreviations, ...own])
}

function wordsOf(known: readonly Op[]): OpWords {
  const { latex, plain } = vocabulary(known)
  const withSubscripts: [string, Op][] = known.flatMap(op => {
    if (op.notation.form !== 'function' || op.notation.homonym) return []
    return [op.notation.latex, ...(op.notation.latexAliases ?? [])].flatMap(spelling => {
      const match = SUBSCRIPTED.exec(spelling)
      return match ? [[`${match[1]}_${match[2]}`, op] as [string, Op]] : []
    })
  })
  return { latex: new Map([...latex, ...withSubscripts]), plain }
}

/** The words the lexers have to know. */
export function readerVocabulary(words: OpWords): Vocabulary {
  return { functions: { latex: new Set(words.latex.keys()), plain: new Set(words.plain.keys()) } }
}

export interface SessionOptions {
  readonly dialect: Dialect
  readonly words: OpWords
  /** Grows while values are read. */
  readonly sizes: Map<string, number>
  readonly exact?: boolean | undefined
  readonly limits?: Limits | undefined
  /** Lines of a derivation are read. */
  readonly lines?: boolean | undefined
  /** A request is read. */
  readonly given?: boolean | undefined
}

/** A reader that knows nothing yet. */
export function newSession(options: SessionOptions): Session {
  const solver = new SideSolver(options.sizes)
  const builder = new Builder(solver, options.exact ?? false)
  return {
    solver,
    shapes: newStatementShapes(),
    build: term => builder.build(term),
    dialect: options.dialect,
    scope: new Map(),
    dimensions: new Set(options.sizes.keys()),
    evidence: newEvidence(),
    words: options.words,
    readings: [],
    doubts: [],
    notation: new NotationNotes(),
    exact: options.exact ?? false,
    lines: options.lines ?? false,
    given: options.given ?? false,
    work: { expansions: 0, most: (options.limits ?? DEFAULT_LIMITS).tokens },
  }
}
