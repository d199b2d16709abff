import { ParseError } from '../../base/errors.js'
import { type Handler, leaf, unary } from './handlers.js'
import type { RawToken } from './latex-scan.js'
import { RELATIONS } from './latex-symbols.js'
import type { Shaper } from './shaper.js'

/** Over a relation a decoration makes a definition: `\dot{=}`. */
export function accent(mark: string): Handler {
  return (shaper, raw) => {
    const braced = shaper.raw[shaper.at]?.text === '{'
    const inner = shaper.raw[shaper.at + (braced ? 1 : 0)]
    if (inner?.text === '=' && (!braced || shaper.raw[shaper.at + 2]?.text === '}')) {
      shaper.at += braced ? 3 : 1
      return leaf(shaper, 'relation', ':=', { from: raw.span.from, to: inner.span.to })
    }
    unary(mark)(shaper, raw)
  }
}

/** `\underset{n}{b}`, `\overset{n}{b}`: over a relation the note is dropped, `def` makes it a definition. */
export function stacked(place: 'underset' | 'overset'): Handler {
  return (shaper, raw) => {
    const { raw: all, match, at } = shaper
    const first = all[at]?.text === '{' ? match[at]! : at
    const base = first + 1
    if (first >= 0 && all[base]?.text === '{' && match[base]! >= 0) {
      const inner = all.slice(base + 1, Math.min(match[base]!, base + 4))
      const relation = relationOf(inner)
      if (relation !== null) {
        let note = ''
        for (let i = at; i < first; i++) note += all[i]!.text
        if (!DEFINING.test(note)) shaper.note('relation', raw, base)
        shaper.at = match[base]! + 1
        return leaf(shaper, 'relation', DEFINING.test(note) ? ':=' : relation, raw.span)
      }
    }
    shaper.emit('binary', place, raw.span)
    shaper.need(raw, { script: true }, {})
  }
}

/** Over an equals sign this makes a definition of it. */
const DEFINING = /def|triangle/

function relationOf(inner: readonly RawToken[]): string | null {
  if (inner.length === 2 && inner[0]!.text === ':' && inner[1]!.text === '=') return ':='
  if (inner.length !== 1) return null
  const { kind, text } = inner[0]!
  if (kind === 'control') return RELATIONS.get(text) ?? null
  return kind === 'symbol' && '=<>'.includes(text) ? text : null
}

/** An arrow with words over it: the words are dropped. */
export function arrow(relation: string): Handler {
  return (shaper, raw) => {
    const { raw: all } = shaper
    if (all[shaper.at]?.text === '[') while (shaper.at < all.length && all[shaper.at++]!.text !== ']');
    const close = all[shaper.at]?.text === '{' ? shaper.match[shaper.at]! : -1
    if (close >= 0) shaper.note('relation', raw, close + 1)
    leaf(shaper, 'relation', relation, raw.span)
  }
}

export function negated(shaper: Shaper, raw: RawToken) {
  const next = shaper.raw[shaper.at]
  const relation = next === undefined ? null : relationOf([next])
  if (relation === null) {
    throw new ParseError('negation', 'expected a relation after \\not', {
      span: raw.span,
      hint: 'write \\neq or \\notin',
    })
  }
  shaper.at++
  leaf(shaper, 'relation', relation === 'in' ? 'notin' : '!=', { from: raw.span.from, to: next!.span.to })
}
