import { depthChange, type Token, token } from './token.js'

const TRACES: ReadonlySet<string> = new Set(['tr', 'Tr', 'trace', 'Trace'])
const SUFFIXES: ReadonlySet<Token['type']> = new Set<Token['type']>(['under', 'over', 'prime'])

/**
 * Tells what a letter d before another letter is, by its place. Under an integral and beside a trace it is a
 * differential; at the start of a left side, and before a letter with a label in brackets, both letters are one name
 * (`dW`, `dZ^{[2]}`: the gradient a program keeps under that name), unless the right side differentiates.
 * Fractions have their own rule, and elsewhere a d is a letter like any other.
 */
export function nameDifferentials(tokens: readonly Token[]): readonly Token[] {
  const places = tokens.flatMap((_, i) => (isCandidate(tokens, i) ? [i] : []))
  if (places.length === 0) return tokens
  const varies = tokens.some(({ type, text }) => (type === 'big' && text.endsWith('int')) || TRACES.has(text))
  const named = !varies && ((places[0] === 0 && names(tokens)) || areGradients(tokens, places))
  const differential = varies || (places[0] === 0 && !named && isEquation(tokens))
  const out: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const [here, next] = [tokens[i]!, tokens[i + 1]]
    const found = places.includes(i)
    if (found && differential) out.push({ ...here, type: 'differential' })
    else if (found && (named || isLabelled(tokens, i + 2))) {
      const span = { from: here.span.from, to: next!.span.to }
      out.push(token('name', `d${next!.text}`, span, null, 'word'))
      i++
    } else out.push(here)
  }
  return out
}

/** A single d right before a letter, not at the start of a part of a fraction and not beside a slash. */
function isCandidate(tokens: readonly Token[], at: number): boolean {
  const [before, here, next] = [tokens[at - 1], tokens[at]!, tokens[at + 1]]
  if (here.type !== 'name' || here.text !== 'd' || here.font !== null || next?.type !== 'name') return false
  if (here.spelling !== 'letter' || next.spelling === 'word' || here.span.to !== next.span.from) return false
  if (before !== undefined && (before.text === '/' || before.type === 'under' || before.type === 'prime'))
    return false
  if (tokens[at + 2]?.text === '/') return false
  return !(before?.type === 'lbrace' && opensPart(tokens, at - 1))
}

/** Whether a brace opens an argument of a command or a script. */
function opensPart(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.type
  return (
    before === 'binary' ||
    before === 'unary' ||
    before === 'rbrace' ||
    before === 'under' ||
    before === 'over'
  )
}

/** Whether every d of a line stands before a capital: `\beta v + (1 - \beta) dW^2`. */
function areGradients(tokens: readonly Token[], places: readonly number[]): boolean {
  if (!places.every(at => /^[A-Z]$/.test(tokens[at + 1]!.text))) return false
  const inScript = (i: number) => tokens[i - 1]?.type === 'lbrace' && opensPart(tokens, i - 1)
  return tokens.every(
    ({ type, text }, i) => type !== 'name' || text !== 'd' || places.includes(i) || inScript(i),
  )
}

/** Whether the left side is one such name, and nothing on the right differentiates. */
function names(tokens: readonly Token[]): boolean {
  if (!isEquation(tokens)) return false
  const script = isLabelled(tokens, 2) || /^[A-Z]$/.test(tokens[1]!.text)
  const differentiates = tokens.some(
    ({ type, text }) => type === 'prime' || type === 'nabla' || text === 'partial',
  )
  return script || !differentiates
}

/** `dW =`, with scripts on it. */
function isEquation(tokens: readonly Token[]): boolean {
  let at = 2
  while (SUFFIXES.has(tokens[at]?.type ?? 'end')) at = suffixEnd(tokens, at)
  const sign = tokens[at]
  return sign?.type === 'relation' && (sign.text === '=' || sign.text === ':=' || sign.text === 'gets')
}

function suffixEnd(tokens: readonly Token[], from: number): number {
  if (tokens[from]!.type === 'prime') return from + 1
  let depth = 0
  for (let i = from + 1; i < tokens.length; i++) {
    depth += depthChange(tokens[i]!.type)
    if (depth === 0) return i + 1
  }
  return tokens.length
}

/** A superscript in brackets, behind a subscript or not. */
function isLabelled(tokens: readonly Token[], from: number): boolean {
  let at = from
  if (tokens[at]?.type === 'under') at = suffixEnd(tokens, at)
  return tokens[at]?.type === 'over' && tokens[at + 2]?.type === 'open'
}
