import type { Law } from '../expr/law.js'
import type { Op } from '../expr/op.js'
import type { Rule } from '../expr/rule.js'

interface LawSpec {
  readonly id: string
  readonly name: string
  readonly statement: string
  readonly sentence: string
  readonly source?: string
  readonly level?: Rule['level']
  /** The law is tried only where one of these operations occurs below the node. */
  readonly needs?: readonly Op[]
  readonly example: string
  readonly apply: Law['apply']
}

/** Makes a law from one row. A law of algebra is shown only where every step is wanted, unless the row says otherwise. */
export function defineLaw(spec: LawSpec): Law {
  const {
    id,
    name,
    statement,
    sentence,
    source = 'algebra',
    level = 'every',
    needs = [],
    example,
    apply,
  } = spec
  return Object.freeze({
    rule: Object.freeze({ id, name, statement, sentence, source, level }),
    needs: needs.reduce((bits, op) => bits | op.bit, 0),
    apply,
    example,
  })
}

export const declaredFact: Rule = Object.freeze({
  id: 'declared-fact',
  name: 'by assumption',
  statement: 'a=b',
  source: 'author',
  sentence: 'The author declared the two to be equal.',
  level: 'brief',
})
