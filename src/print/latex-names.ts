import { latexName } from '../expr/name.js'
import type { Sym } from '../expr/node.js'
import type { Notation } from '../expr/notation.js'
import { PRECEDENCE } from '../expr/op.js'
import { isScalar } from '../expr/shape.js'
import { type Ending, type Piece, piece } from './piece.js'

/** A script sign with nothing to carry it or nothing to carry, as in names of programs. */
const STRAY_SCRIPT = /^[_^]|[_^](?:[_^]|$)/

/** A name in the author's spelling, or in that of its canonical name. */
export function latexSymbol({ name }: Sym, { latexNames }: Notation): string {
  const known = latexNames.get(name)
  if (known !== undefined) return known
  return STRAY_SCRIPT.test(name)
    ? `\\mathtt{${name.replaceAll('_', '\\_').replaceAll('^', '')}}`
    : latexName(name)
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
