import { latexName } from '../expr/name.js'
import type { Sym } from '../expr/node.js'
import type { Notation } from '../expr/notation.js'
import { PRECEDENCE } from '../expr/op.js'
import { isScalar } from '../expr/shape.js'
import { type Ending, type Piece, piece } from './piece.js'

/** A name in the author's spelling, or in that of its canonical name. */
export function latexSymbol({ name }: Sym, { latexNames }: Notation): string {
  return latexNames.get(name) ?? latexName(name)
}

/** A name as a factor: what is written behind it must not look like its argument, and no script may follow a script. */
export function symbolPiece(node: Sym, notation: Notation): Piece {
  const text = latexSymbol(node, notation)
  const ending: Ending = /^\\(?:math(?:rm|sf|tt)|text|operatorname)\{[A-Za-z]{2}/.test(text)
    ? 'word'
    : isScalar(node.shape)
      ? 'name'
      : 'other'
  return piece(text, { level: /[\^']/.test(text) ? PRECEDENCE.power : PRECEDENCE.atom, ending })
}
