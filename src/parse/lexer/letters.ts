import type { Font } from '../syntax.js'
import { LATEX_FUNCTIONS } from './latex-symbols.js'
import type { Vocabulary } from './vocabulary.js'

/** Bare words that join statements or conditions and never name anything. */
export const CONNECTIVES: ReadonlySet<string> = new Set([
  'if',
  'otherwise',
  'else',
  'where',
  'for',
  'and',
  'when',
  'with',
  'then',
  'let',
])

/** Short words that are written without a font. */
const WORDS: ReadonlySet<string> = new Set(['out', 'net', 'err', 'new', 'old', 'avg', 'std', 'Out'])

/** Initials of functions, where a bracket follows. */
const CALLED: ReadonlySet<string> = new Set(['LL', 'NLL', 'CE', 'BCE', 'MSE', 'SSE', 'RSS', 'KL', 'Pa'])

export interface Piece {
  readonly text: string
  readonly role: 'letter' | 'word' | 'function' | 'connective'
}

/**
 * Reads a run of plain letters as LaTeX authors write them: `exp` and `softmax` are words of the vocabulary, `XW` is
 * two letters, `HTanh` and `minimize` are identifiers because they hold three small letters in a row, and one letter
 * before a function word that is called (`xexp(`) is a factor. In a script, three letters or more are one word,
 * unless they are distinct index letters (`ijk`).
 */
export function readLetters(
  run: string,
  vocabulary: Vocabulary,
  inScript: boolean,
  called: boolean,
): readonly Piece[] {
  if (run.length === 1) return [{ text: run, role: 'letter' }]
  if (!inScript && CONNECTIVES.has(run)) return [{ text: run, role: 'connective' }]
  if (isFunctionWord(run, vocabulary)) return [{ text: run, role: 'function' }]
  if (vocabulary.words?.has(run)) return [{ text: run, role: 'word' }]
  if (called && CALLED.has(run)) return [{ text: run, role: 'word' }]
  const tail = run.slice(1)
  if (called && tail.length >= 3 && !/^[ah]/.test(run) && isFunctionWord(tail, vocabulary)) {
    return [
      { text: run[0]!, role: 'letter' },
      { text: tail, role: 'function' },
    ]
  }
  if (WORDS.has(run)) return [{ text: run, role: 'word' }]
  if (inScript ? run.length >= 3 && !areIndices(run) : /[a-z]{3}/.test(run) && run.length >= 4) {
    return [{ text: run, role: 'word' }]
  }
  return Array.from(run, text => ({ text, role: 'letter' }))
}

/** In upright, sans, typewriter and text italic fonts a run of letters is one word. */
export function isWordFont(font: Font | null): boolean {
  return font === 'roman' || font === 'sans' || font === 'typewriter' || font === 'italic'
}

export function readWord(run: string, vocabulary: Vocabulary): readonly Piece[] {
  if (run.length === 1) return [{ text: run, role: 'letter' }]
  return [{ text: run, role: isFunctionWord(run, vocabulary) ? 'function' : 'word' }]
}

export function isFunctionWord(word: string, vocabulary: Vocabulary): boolean {
  return vocabulary.functions.latex.has(word) || LATEX_FUNCTIONS.has(word)
}

function areIndices(run: string): boolean {
  if (/^[uv][i-l]{2}$/.test(run)) return true
  return /^[i-np-t]+$/.test(run) && new Set(run).size === run.length
}
