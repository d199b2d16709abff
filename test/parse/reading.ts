import type { Dialect, Vocabulary } from '../../src/parse/lexer/vocabulary.js'
import { type Reading, type ReadOptions, readBlock, type Statement } from '../../src/parse/read.js'

const WORDS =
  'exp log ln sqrt sin cos tan tanh cosh sinh arctan erf abs sign relu ReLU sigmoid softmax max min inv tr det logdet diag kron vec trace'

/** The usual functions; the real vocabulary is computed from the table of operations. */
export const vocabulary: Vocabulary = {
  functions: {
    latex: new Set(WORDS.split(' ')),
    plain: new Set(`${WORDS} norm1 norm2 sum prod where ones eye`.split(' ')),
  },
}

export function read(
  source: string,
  dialect: Dialect = 'latex',
  options: Partial<ReadOptions> = {},
): Reading {
  return readBlock(source, { dialect, vocabulary, ...options })
}

export function only(source: string, dialect: Dialect = 'latex'): Statement {
  const { statements } = read(source, dialect)
  if (statements.length !== 1) throw new Error(`${statements.length} statements in ${source}`)
  return statements[0]!
}
