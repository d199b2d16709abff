import { ParseError } from '../../base/errors.js'
import type { Span } from '../../base/span.js'
import type { RawToken } from './latex-scan.js'
import {
  CASES_ENVIRONMENTS,
  COLUMN_ARGUMENT,
  DELIMITERS,
  MATRIX_ENVIRONMENTS,
  PARTNER,
  ROW_ENVIRONMENTS,
} from './latex-symbols.js'
import type { Shaper } from './shaper.js'

/** Handles `\begin{…}` behind its control word. */
export function beginEnvironment(shaper: Shaper, raw: RawToken, asCases = false) {
  const name = environmentName(shaper, raw)
  const base = name.replace(/\*$/, '')
  if (COLUMN_ARGUMENT.has(base)) skipGroup(shaper)
  else skipPlacement(shaper)
  const closer = `\\end{${name}}`
  const brackets = MATRIX_ENVIRONMENTS.get(base)
  if (CASES_ENVIRONMENTS.has(base) || (asCases && (brackets !== undefined || ROW_ENVIRONMENTS.has(base)))) {
    shaper.emit('begin', 'cases', raw.span)
    shaper.push('cases', raw, closer, { text: name })
  } else if (brackets !== undefined) {
    shaper.emit('begin', `${brackets[0]} ${brackets[1]}`, raw.span)
    shaper.push('matrix', raw, closer, { text: name })
  } else if (ROW_ENVIRONMENTS.has(base)) {
    if (shaper.atTopLevel) {
      shaper.emit('newrow', name, raw.span)
      shaper.push('rows', raw, closer, { text: name })
    } else shaper.push('inline', raw, closer, { text: name })
  } else {
    throw new ParseError('unknown-environment', `unknown environment ${name}`, {
      span: raw.span,
      hint: 'known are align, aligned, equation, gather, split, cases, array and the matrices',
    })
  }
}

/** Handles `\end{…}` behind its control word. */
export function endEnvironment(shaper: Shaper, raw: RawToken) {
  const name = environmentName(shaper, raw)
  const frame = shaper.top
  if (frame === undefined) shaper.strayCloser(`\\end{${name}}`, raw)
  if (frame.kind === 'need' || frame.kind === 'virtual') shaper.missingArgument(frame, raw)
  if (frame.closer.replace('*', '') !== `\\end{${name}}`.replace('*', '')) shaper.close(`\\end{${name}}`, raw)
  shaper.pop()
  if (frame.kind === 'rows') shaper.emit('newrow', name, raw.span)
  else if (frame.kind !== 'inline') shaper.emit('end', name, raw.span)
  shaper.complete(raw.span)
}

/** Handles `\left` behind its control word. */
export function left(shaper: Shaper, raw: RawToken) {
  const [text] = delimiter(shaper, raw)
  if ((text === '{' || text === '.') && isControl(shaper, shaper.at, 'begin')) {
    const base = peekEnvironment(shaper)
    const last = shaper.out[shaper.out.length - 1]
    const fresh = shaper.atTopLevel && (last === undefined || last.type === 'newrow' || last.type === 'gap')
    if (fresh && ROW_ENVIRONMENTS.has(base)) {
      shaper.emit('newrow', 'system', raw.span)
      return shaper.push('system', raw, '\\right', { text: text === '{' ? '\\{' : text })
    }
    if (text === '{' && (ROW_ENVIRONMENTS.has(base) || base === 'array' || base === 'matrix')) {
      shaper.push('left', raw, '\\right', { text: 'cases' })
      shaper.at++
      return beginEnvironment(shaper, raw, true)
    }
  }
  shaper.emit('open', text, raw.span)
  shaper.push('left', raw, '\\right', { text })
}

/** Handles `\right` behind its control word. */
export function right(shaper: Shaper, raw: RawToken) {
  const [text] = delimiter(shaper, raw)
  const frame = shaper.top
  const whole = { from: raw.span.from, to: shaper.raw[shaper.at - 1]!.span.to }
  if (frame === undefined) shaper.strayCloser(`\\right${text}`, raw)
  if (frame.kind === 'need' || frame.kind === 'virtual') shaper.missingArgument(frame, raw)
  if (frame.kind !== 'left' && frame.kind !== 'system') shaper.close('\\right', raw)
  shaper.pop()
  if (frame.kind === 'system') shaper.emit('newrow', 'system', raw.span)
  else if (frame.text !== 'cases') shaper.emit('close', text, whole)
  shaper.complete(raw.span)
  // `\left. f \right|{x}` is short of an underscore.
  if (frame.text === '.' && text === '|' && isSymbol(shaper, shaper.at, '{')) {
    shaper.emit('under', '_', whole)
    shaper.need(raw, { script: true })
  }
}

/** `\mqty[a & b \\ c & d]` and its relatives of the physics package. */
export function bracketMatrix(shaper: Shaper, raw: RawToken, open: string) {
  let text = open
  const first = shaper.raw[shaper.at]
  if (first === undefined) shaper.missingArgument({ ...EMPTY, text: raw.text, span: raw.span }, null)
  const bracket = first.text
  shaper.at++
  if (text === '' && bracket !== '{') text = bracket
  shaper.emit('begin', text === '' ? ' ' : `${text} ${PARTNER.get(text) ?? text}`, raw.span)
  shaper.push('matrix', raw, PARTNER.get(bracket) ?? '}', { text: bracket })
}

const EMPTY = {
  kind: 'need',
  slot: null,
  font: null,
  slots: [],
  closer: '',
  inScript: false,
  commas: 0,
  cells: 0,
} as const

/** A row break: a new row of a matrix, a new statement, or nothing. */
export function lineBreak(shaper: Shaper, raw: RawToken | null) {
  const span = raw?.span ?? { from: 0, to: 0 }
  const frame = shaper.top
  if (raw !== null && isSymbol(shaper, shaper.at, '[') && !shaper.raw[shaper.at]!.spaced) skipLength(shaper)
  if (frame?.kind === 'matrix' || frame?.kind === 'cases') {
    frame.cells = 0
    shaper.emit('newrow', '\\\\', span)
  } else if (shaper.atTopLevel) shaper.emit('newrow', '\\\\', span)
  else if (frame?.slot?.rowsAreCommas) shaper.emit('comma', ',', span)
}

export function ampersand(shaper: Shaper, raw: RawToken) {
  const frame = shaper.top
  if (frame?.kind === 'need' || frame?.kind === 'virtual') shaper.missingArgument(frame, raw)
  if (frame?.kind === 'matrix' || frame?.kind === 'cases') {
    frame.cells++
    shaper.emit('ampersand', '&', raw.span)
  } else if (shaper.atTopLevel && isSymbol(shaper, shaper.at, '&')) {
    shaper.at++
    shaper.emit('gap', '&&', raw.span)
  }
}

/**
 * Inside `cases`, a word such as "if" begins the condition whether or not an ampersand stands before it. Returns
 * false where the word has no such meaning.
 */
export function addRow(shaper: Shaper, text: string, span: Span): boolean {
  const frame = shaper.top
  if (frame?.kind !== 'cases') return false
  const { out } = shaper
  if (frame.cells === 0) {
    const last = out[out.length - 1]!
    if (last.type === 'newrow' || last.type === 'begin') return false
    if (last.type === 'comma' || last.type === 'stop') out.pop()
    shaper.emit('ampersand', '&', span)
    frame.cells = 1
  } else if (out[out.length - 1]!.type !== 'ampersand') return false
  if (/^(otherwise|else)/.test(text)) shaper.emit('text', 'otherwise', span)
  else if (!/^(if|when|for|where|with)$/.test(text)) shaper.emit('text', text, span)
  return true
}

/** The bracket behind `\left` or `\right`: its canonical text and side. */
function delimiter(shaper: Shaper, owner: RawToken): readonly [text: string, side: string] {
  const raw = shaper.raw[shaper.at++]
  if (raw === undefined) {
    throw new ParseError('missing-delimiter', `expected a bracket after \\${owner.text}, found the end`, {
      span: owner.span,
      hint: `write \\${owner.text}. for an invisible one`,
    })
  }
  if (raw.kind === 'control') {
    const known = DELIMITERS.get(raw.text)
    if (/^[()[\]]$/.test(raw.text)) return [raw.text, 'open']
    if (known !== undefined) return known
  } else if (raw.kind === 'symbol' && '()[]|./<>'.includes(raw.text)) {
    if (raw.text === '<') return ['langle', 'open']
    if (raw.text === '>') return ['rangle', 'close']
    return [raw.text, 'open']
  }
  throw new ParseError('missing-delimiter', `expected a bracket after \\${owner.text}, found ${raw.text}`, {
    span: { from: owner.span.from, to: raw.span.to },
    hint: `write \\${owner.text}. for an invisible one`,
  })
}

function environmentName(shaper: Shaper, raw: RawToken): string {
  const open = shaper.at
  const close = isSymbol(shaper, open, '{') ? shaper.match[open]! : -1
  if (close < 0) {
    throw new ParseError('missing-argument', `expected the name of an environment after \\${raw.text}`, {
      span: raw.span,
      hint: `write \\${raw.text}{align}`,
    })
  }
  let name = ''
  for (let i = open + 1; i < close; i++) name += shaper.raw[i]!.text
  shaper.at = close + 1
  return name
}

function peekEnvironment(shaper: Shaper): string {
  const at = shaper.at
  shaper.at++
  const name = environmentName(shaper, shaper.raw[at]!)
  shaper.at = at
  return name.replace(/\*$/, '')
}

/** Skips a braced group without reading it; does nothing when none stands here. */
export function skipGroup(shaper: Shaper) {
  const close = isSymbol(shaper, shaper.at, '{') ? shaper.match[shaper.at]! : -1
  if (close >= 0) shaper.at = close + 1
}

function skipPlacement(shaper: Shaper) {
  const { raw, at } = shaper
  if (isSymbol(shaper, at, '[') && /^[tbcrl]$/.test(raw[at + 1]?.text ?? '') && isSymbol(shaper, at + 2, ']'))
    shaper.at += 3
}

/** `[2pt]` behind a row break. */
function skipLength(shaper: Shaper) {
  let text = ''
  for (let i = shaper.at + 1; i < Math.min(shaper.at + 12, shaper.raw.length); i++) {
    if (isSymbol(shaper, i, ']')) {
      if (/^-?[0-9.]*(pt|em|ex|cm|mm|in|px|jot|baselineskip)?$/.test(text)) shaper.at = i + 1
      return
    }
    text += shaper.raw[i]!.text
  }
}

function isSymbol(shaper: Shaper, at: number, text: string): boolean {
  const raw = shaper.raw[at]
  return raw !== undefined && raw.kind === 'symbol' && raw.text === text
}

function isControl(shaper: Shaper, at: number, text: string): boolean {
  const raw = shaper.raw[at]
  return raw !== undefined && raw.kind === 'control' && raw.text === text
}
