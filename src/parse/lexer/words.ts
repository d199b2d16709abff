import type { Font } from '../syntax.js'
import { addRow } from './environments.js'
import { type Handler, leaf } from './handlers.js'
import type { RawToken } from './latex-scan.js'
import { TEXTS } from './latex-symbols.js'
import { CONNECTIVES, isFunctionWord, isWordFont } from './letters.js'
import type { Shaper } from './shaper.js'

/** A font command: words in upright fonts, single names and whole groups. `isCommand` knows what is no name. */
export function font(own: Font, isCommand: (word: string) => boolean): Handler {
  return (shaper, raw) => {
    // Slanted letters in bold are bold: \boldsymbol{\mathit{x}}.
    const name = own === 'italic' && shaper.font === 'bold' ? 'bold' : own
    if (isWordFont(name)) {
      const word = plainWord(shaper)
      if (word !== null) return upright(shaper, raw, word, name)
    }
    const single = singleName(shaper, isCommand)
    if (single !== null) {
      const span = { from: raw.span.from, to: shaper.raw[shaper.at - 1]!.span.to }
      const outer = shaper.font
      shaper.font = name
      const type = single.kind === 'digits' ? 'number' : 'name'
      shaper.emit(type, single.text, span, single.kind === 'letter' ? 'letter' : 'control')
      shaper.font = outer
      return shaper.complete(span)
    }
    if (name === 'bold' && lettersBeforeScript(shaper)) return
    shaper.emit('unary', 'font', raw.span)
    shaper.need(raw, { font: name })
  }
}

/** `\mathbf{QK}^\top` is set like `\mathbf{Q} \mathbf{K}^\top`: the script belongs to the last letter. */
function lettersBeforeScript(shaper: Shaper): boolean {
  const { raw, at } = shaper
  const close = raw[at]?.text === '{' ? shaper.match[at]! : -1
  if (close < at + 3 || raw[close + 1]?.text !== '^' || shaper.top?.kind === 'virtual') return false
  const letters = raw.slice(at + 1, close)
  if (!letters.every(({ kind }) => kind === 'letter')) return false
  const outer = shaper.font
  shaper.font = 'bold'
  for (const { text, span } of letters) shaper.emit('name', text, span, 'letter')
  shaper.font = outer
  shaper.at = close + 1
  return true
}

/** The one letter, digit or Greek letter in braces here, or null; the shaper moves behind the braces. */
function singleName(shaper: Shaper, isCommand: (word: string) => boolean): RawToken | null {
  const { raw, at } = shaper
  const [open, inner, close] = [raw[at], raw[at + 1], raw[at + 2]]
  if (open?.text !== '{' || close?.text !== '}' || inner === undefined) return null
  if (inner.kind === 'control') {
    if (isCommand(inner.text) || isFunctionWord(inner.text, shaper.vocabulary)) return null
  } else if (inner.kind !== 'letter' && inner.kind !== 'digits') return null
  shaper.at += 3
  return inner
}

/** The letters of a braced word that starts here, or null; the shaper moves behind it when there is one. */
function plainWord(shaper: Shaper): string | null {
  const open = shaper.at
  const close = shaper.raw[open]?.text === '{' ? shaper.match[open]! : -1
  if (close <= open + 1) return null
  let word = ''
  for (let i = open + 1; i < close; i++) {
    const { kind, text } = shaper.raw[i]!
    if (
      kind === 'letter' ||
      (kind === 'digits' && word !== '') ||
      (text === '-' && word !== '' && i + 1 < close)
    )
      word += text
    else if (!(kind === 'control' && /^[,;! ]$/.test(text))) return null
  }
  shaper.at = close + 1
  return word
}

function upright(shaper: Shaper, raw: RawToken, word: string, name: Font) {
  const span = { from: raw.span.from, to: shaper.raw[shaper.at - 1]!.span.to }
  if (word === 'd') return leaf(shaper, 'differential', 'd', span)
  if (word === 'D' && name === 'roman') return leaf(shaper, 'differential', 'D', span)
  const outer = shaper.font
  shaper.font = name
  if (/^d[a-zA-Z]$/.test(word) && name === 'roman') {
    shaper.emit('differential', 'd', span)
    shaper.emit('name', word[1]!, span, 'letter')
  } else if (word.length > 1 && isFunctionWord(word, shaper.vocabulary))
    shaper.emit('function', word, span, 'word')
  else shaper.emit('name', word, span, word.length === 1 ? 'letter' : 'word')
  shaper.font = outer
  shaper.complete(span)
}

export function operatorName(shaper: Shaper, raw: RawToken) {
  const word = plainWord(shaper)
  if (word !== null) {
    const span = { from: raw.span.from, to: shaper.raw[shaper.at - 1]!.span.to }
    return leaf(shaper, word === 'd' ? 'differential' : 'function', word, span, 'word')
  }
  shaper.emit('unary', 'operatorname', raw.span)
  shaper.need(raw, { font: 'roman' })
}

/** One word of `\text` may be a name; anything else is prose. */
export function text(shaper: Shaper, raw: RawToken) {
  const open = shaper.at
  const close = shaper.raw[open]?.text === '{' ? shaper.match[open]! : -1
  if (close < 0) {
    shaper.need(raw, {})
    return shaper.missingArgument(shaper.top!, shaper.raw[open] ?? null)
  }
  const nested = shaper.raw[open + 1]
  if (nested?.kind === 'control' && TEXTS.has(nested.text) && shaper.match[open + 2] === close - 1) {
    shaper.at = open + 2
    text(shaper, nested)
    shaper.at = close + 1
    return
  }
  if (condition(shaper, raw, open, close)) return
  let words = ''
  for (let i = open + 1; i < close; i++) {
    const piece = shaper.raw[i]!
    if (piece.spaced && words !== '') words += ' '
    if (piece.kind !== 'control') words += piece.text === '~' ? ' ' : piece.text === '$' ? '' : piece.text
    else if (/^[_&%#{} ]$/.test(piece.text)) words += piece.text
    else if (/^[a-zA-Z]+$/.test(piece.text)) words += `\\${piece.text} `
  }
  words = words.trim()
  shaper.at = close + 1
  const span = { from: raw.span.from, to: shaper.raw[close]!.span.to }
  const lower = words.toLowerCase().replace(/[\s,.:;]+$/, '')
  if (words === '') {
    shaper.complete(span)
  } else if (
    /^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u.test(words) &&
    !CONNECTIVES.has(lower) &&
    !TEXT_WORDS.has(lower)
  ) {
    upright(shaper, raw, words, TEXT_FONTS.get(raw.text) ?? 'roman')
  } else if (!addRow(shaper, lower, span)) leaf(shaper, 'text', lower, span)
}

const TEXT_WORDS: ReadonlySet<string> = new Set(
  'let or so since thus hence therefore because is are are the a of to be that such given otherwise note assume recall s.t i.e e.g'.split(
    ' ',
  ),
)

const TEXT_FONTS: ReadonlyMap<string, Font> = new Map<string, Font>([
  ['textbf', 'bold'],
  ['textit', 'italic'],
  ['emph', 'italic'],
  ['textsf', 'sans'],
  ['texttt', 'typewriter'],
])

/** `\\text{if $i \\ne j$}` in a choice: the formula between the dollars is the condition. */
function condition(shaper: Shaper, owner: RawToken, open: number, close: number): boolean {
  const { raw } = shaper
  const dollars: number[] = []
  for (let i = open + 1; i < close; i++)
    if (raw[i]!.kind === 'symbol' && raw[i]!.text === '$') dollars.push(i)
  const [first, last] = dollars as [number, number]
  if (shaper.top?.kind !== 'cases' || dollars.length !== 2) return false
  const word = raw
    .slice(open + 1, first)
    .map(({ text }) => text)
    .join('')
    .trim()
    .toLowerCase()
  if (!/^(?:if|when|for)?$/.test(word) || close - last > 2) return false
  if (!addRow(shaper, word === '' ? 'if' : word, owner.span)) return false
  for (let i = last; i <= close; i++) raw[i] = { ...raw[i]!, kind: 'control', text: '!' }
  shaper.at = first + 1
  return true
}
