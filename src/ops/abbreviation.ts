import { unreachable } from '../base/errors.js'
import type { Expr } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'

/** A word of the field for a formula in other operations. */
interface AbbreviationSpec {
  readonly name: string
  readonly title: string
  readonly latex: string
  readonly plain: string
  readonly latexAliases?: readonly string[]
  readonly plainAliases?: readonly string[]
  readonly parameter?: Op | 'own'
  readonly arity: readonly [number, number]
  /** The formula. Raises `ShapeError` for arguments it is not meant for. */
  readonly means: (args: readonly Expr[]) => Expr
  /** The formula in LaTeX, for the reading that is reported: a word may mean other things elsewhere. */
  readonly formula: string
  readonly source: string
  readonly examples: readonly string[]
}

/**
 * A word that is replaced by its formula as soon as it is read; which formula is reported among the readings. It has
 * no rules of its own: what is differentiated, checked and printed is the formula.
 */
export function defineAbbreviation(spec: AbbreviationSpec): Op {
  const { name, title, latex, plain, latexAliases = [], plainAliases = [], parameter, means } = spec
  return defineOp({
    name,
    title,
    kind: 'general',
    arity: spec.arity,
    notation: {
      form: 'function',
      latex,
      plain,
      latexAliases,
      plainAliases,
      ...(parameter ? { parameter } : {}),
      precedence: PRECEDENCE.product,
    },
    shape: args => means(args).shape,
    make: means,
    value: () => unreachable(`${title} was not written out`),
    rule: {
      id: `${name}-meaning`,
      name: `meaning of ${title}`,
      statement: spec.formula,
      source: spec.source,
      sentence: 'The word is short for this formula.',
      level: 'every',
    },
    abbreviates: spec.formula,
    examples: spec.examples,
  })
}
