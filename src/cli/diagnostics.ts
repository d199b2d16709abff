import { type MathError, UsageError, VerificationError } from '../base/errors.js'
import { placeOf, type Span } from '../base/span.js'
import type { CheckedLine } from '../check/verdict.js'
import type { Reading } from '../expr/problem.js'
import { EXIT } from './io.js'
import { styled } from './style.js'

/** The text an error is about. */
export interface Source {
  readonly name: string
  readonly text: string
}

type Style = 'bold' | 'red' | 'cyan' | 'dim'
const WIDEST_FRAME = 100

/** 1 for a problem of the mathematics, 2 for wrong use and for faults of the program. */
export function exitCodeOf(error: MathError): number {
  return error instanceof UsageError || error instanceof VerificationError ? EXIT.misuse : EXIT.problems
}

/**
 * A problem as it is shown to people: `file:line:column - error CODE: message`, the line with a caret under the
 * place, then notes and the hint. Ends with a newline.
 */
export function formatProblem(error: MathError, source: Source | undefined, colored: boolean): string {
  return formatted('error', error, source, colored)
}

/** Something that was passed over, in the same form: `file:line:column - warning CODE: …`. */
export function formatPassedOver(reading: Reading, source: Source, colored: boolean): string {
  const { code = 'passed-over', what, why, span, hint } = reading
  const place = span !== undefined && span.from <= source.text.length ? source : undefined
  const message = `${what}: ${why}`
  return formatted('warning', { code, message, span, hint, notes: [] }, place, colored)
}

/** A line of a derivation with what is said of it, in the same form; a mend is the hint. */
export function formatVerdict(
  line: CheckedLine & { readonly mend: string | undefined },
  offset: number,
  source: Source,
  colored: boolean,
): string {
  const { ok, status, message, span, text, mend } = line
  const place = span ?? { from: 0, to: text.length }
  const verdict = {
    code: status,
    message,
    span: { from: place.from + offset, to: place.to + offset },
    hint: mend === undefined ? undefined : `write ${mend}`,
    notes: [],
  }
  const severity = ok === false ? 'error' : ok === null ? 'warning' : 'right'
  return formatted(severity, verdict, source, colored)
}

interface Diagnostic {
  readonly code: string
  readonly message: string
  readonly span?: Span | undefined
  readonly hint?: string | undefined
  readonly notes: readonly string[]
}

function formatted(
  severity: 'error' | 'warning' | 'right',
  error: Diagnostic,
  source: Source | undefined,
  colored: boolean,
): string {
  const style = (how: Style, text: string) => (colored ? styled(how, text) : text)
  const place = error.span && source ? placeOf(source.text, error.span.from) : undefined
  const where =
    source === undefined ? 'backprose' : place ? `${source.name}:${place.line}:${place.column}` : source.name
  const lines = [
    `${style('bold', where)} - ${style('red', `${severity} ${error.code}`)}: ${shown(error.message)}`,
  ]
  if (error.span && source && place) lines.push('', ...frame(source.text, error.span, place.line, style), '')
  for (const note of error.notes) lines.push(`  ${style('dim', 'note:')} ${shown(note)}`)
  if (error.hint !== undefined) lines.push(`  ${style('cyan', 'hint:')} ${shown(error.hint)}`)
  return `${lines.join('\n')}\n`
}

/** The line a span begins on, with a mark under the span; of a long line only the part around it. */
function frame(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
  number: number,
  style: (how: Style, text: string) => string,
): readonly string[] {
  const start = Math.max(text.lastIndexOf('\n', from - 1), text.lastIndexOf('\r', from - 1)) + 1
  const rest = /[\r\n]/.exec(text.slice(from))
  const end = rest ? from + rest.index : text.length
  const cutBefore = Math.max(start, from - WIDEST_FRAME / 2)
  const cutAfter = Math.min(end, cutBefore + WIDEST_FRAME)
  const before = `${cutBefore > start ? '…' : ''}${shown(text.slice(cutBefore, from))}`
  const marked = shown(text.slice(from, Math.min(Math.max(to, from), cutAfter)))
  const after = `${shown(text.slice(Math.min(Math.max(to, from), cutAfter), cutAfter))}${cutAfter < end ? '…' : ''}`
  const label = String(number)
  const blank = ' '.repeat(label.length)
  const caret = '^'.repeat(Math.max(1, columnsOf(marked)))
  return [
    `  ${style('dim', `${label} |`)} ${before}${marked}${after}`.trimEnd(),
    `  ${style('dim', `${blank} |`)} ${' '.repeat(columnsOf(before))}${style('red', caret)}`,
  ]
}

/** Tabs and control characters would move the caret, or worse; every one becomes one blank. */
function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ').replace(/\p{Cs}/gu, '\ufffd')
}

/** How many columns a terminal needs: letters that combine need none, wide ones two. */
function columnsOf(text: string): number {
  let columns = 0
  for (const letter of text) {
    if (/\p{M}/u.test(letter)) continue
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u.test(
        letter,
      )
        ? 2
        : 1
  }
  return columns
}
