import type { Span } from '../../base/span.js'
import { isStyle } from '../../expr/name.js'
import type { Font, Mark, NameSyntax, Syntax } from '../syntax.js'

/**
 * A name as it is written, taken apart: what carries the scripts, the scripts in the order written, and the primes.
 * `base` is canonical (`hat{y}`, `bold{x}`, `Theta`).
 */
export interface NameParts {
  readonly base: string
  readonly head: NameSyntax | null
  readonly subscripts: readonly Syntax[]
  readonly superscripts: readonly Syntax[]
  readonly primes: number
  readonly entrywise: boolean
  readonly span: Span
}

/** Letters that stand for a whole number while a statement is read once per value. */
export type LiteralIndices = ReadonlyMap<string, number>

const NO_INDICES: LiteralIndices = new Map()

const FONTS: ReadonlyMap<Font, string> = new Map<Font, string>([
  ['bold', 'bold'],
  ['roman', 'rm'],
  ['sans', 'sf'],
  ['typewriter', 'tt'],
  ['calligraphic', 'cal'],
  ['script', 'scr'],
  ['fraktur', 'frak'],
  ['blackboard', 'bb'],
])

/** Takes off colours, notes and braces that only group. */
export function bare(node: Syntax): Syntax {
  let now = node
  for (;;) {
    if (now.kind === 'colored' || now.kind === 'annotated') now = now.body
    else if (now.kind === 'group' && now.brackets.open === '' && now.body !== null) now = now.body
    else return now
  }
}

/** The canonical form of one letter or word with its font and marks. */
export function baseName(node: NameSyntax): string {
  let name = node.base
  const font = node.font === null ? undefined : FONTS.get(node.font)
  // A word in roman is how a word is set; one roman letter is another letter.
  if (font !== undefined && !(font === 'rm' && name.length > 1)) name = `${font}{${name}}`
  for (const mark of node.marks) name = decorated(mark, name)
  return name
}

function decorated(mark: Mark, name: string): string {
  return `${mark}{${name}}`
}

/** Reads a node as a name with scripts; undefined when it is something else. */
export function nameParts(node: Syntax): NameParts | undefined {
  const now = bare(node)
  switch (now.kind) {
    case 'name':
      return parts(baseName(now), now, now.span)
    case 'text': {
      const word = now.text.trim()
      return /^[A-Za-z][A-Za-z0-9-]*$/.test(word)
        ? parts(word.replaceAll('-', ''), null, now.span)
        : undefined
    }
    case 'adjoined': {
      // `hat{y}` in plain text.
      const [inner] = now.args
      const style =
        now.brackets.open === '{' && now.head.kind === 'name' && now.head.font === null ? now.head.base : ''
      if (!isStyle(style) || inner === undefined) return undefined
      const text = join(now.args, ',', NO_INDICES)
      return text === undefined ? undefined : parts(`${style}{${text}}`, null, now.span)
    }
    case 'decorated': {
      const inside = nameParts(now.body)
      if (inside === undefined) return undefined
      return { ...inside, base: decorated(now.mark, inside.base), span: now.span }
    }
    case 'scripted': {
      const inside = nameParts(now.base)
      if (inside === undefined) return undefined
      if (inside.superscripts.length > 0 && now.subscripts.length === 0 && inside.primes > 0) return undefined
      return {
        base: inside.base,
        head: inside.head,
        subscripts: [...inside.subscripts, ...now.subscripts],
        superscripts: [...inside.superscripts, ...now.superscripts],
        primes: inside.primes + now.primes,
        entrywise: now.entrywise,
        span: now.span,
      }
    }
    default:
      return undefined
  }
}

function parts(base: string, head: NameSyntax | null, span: Span): NameParts {
  return { base, head, subscripts: [], superscripts: [], primes: 0, entrywise: false, span }
}

/** Subscript items one by one: a list is several, and letters or digits that stand together stay together. */
export function items(scripts: readonly Syntax[]): readonly Syntax[] {
  return scripts.flatMap(script => {
    const now = bare(script)
    return now.kind === 'list' ? now.items : [now]
  })
}

/**
 * The text of a script in a canonical name: `x_0,r_0`, `i+1`, `(2)`, `out`. Undefined for what no name can hold.
 * Literal indices are put in, so that `i+1` is `2` while `i` stands for 1.
 */
export function scriptText(node: Syntax, indices: LiteralIndices = NO_INDICES): string | undefined {
  const number = literalIndex(node, indices)
  if (number !== undefined) return String(number)
  const now = bare(node)
  switch (now.kind) {
    case 'number':
      return now.text
    case 'name':
    case 'decorated':
      return canonicalText(now, indices)
    case 'scripted':
      return canonicalText(now, indices)
    case 'text':
      return now.text.trim().replace(/\s+/g, '-')
    case 'mark':
      return MARKS.get(now.text) ?? now.text
    case 'dots':
      return '...'
    case 'range':
      return now.from === null && now.to === null ? ':' : undefined
    case 'signed':
      return join([now.operand], '', indices, now.sign)
    case 'list':
      return join(now.items, ',', indices)
    case 'product':
      return now.operators.every(operator => operator === 'juxtaposed')
        ? join(now.factors, '', indices)
        : undefined
    case 'sum': {
      let text = ''
      for (const [i, term] of now.terms.entries()) {
        const part = scriptText(term.operand, indices)
        if (part === undefined) return undefined
        text += `${i === 0 && term.sign === '+' ? '' : term.sign}${part}`
      }
      return text
    }
    case 'group': {
      const body = now.body === null ? '' : scriptText(now.body, indices)
      return body === undefined
        ? undefined
        : `${BRACKETS.get(now.brackets.open) ?? now.brackets.open}${body}${BRACKETS.get(now.brackets.close) ?? now.brackets.close}`
    }
    case 'matrix': {
      // `z^{[1]}` in plain text.
      const only = now.rows.length === 1 && now.rows[0]!.length === 1 ? now.rows[0]![0] : undefined
      const body = only ? scriptText(only, indices) : undefined
      return body === undefined ? undefined : `${now.brackets.open}${body}${now.brackets.close}`
    }
    case 'adjoined': {
      const head = scriptText(now.head, indices)
      const body = join(now.args, ',', indices)
      return head === undefined || body === undefined
        ? undefined
        : `${head}${now.brackets.open}${body}${now.brackets.close}`
    }
    case 'relation': {
      if (now.leading) return undefined
      let text = scriptText(now.operands[0]!, indices)
      for (let i = 1; i < now.operands.length && text !== undefined; i++) {
        const next = scriptText(now.operands[i]!, indices)
        text =
          next === undefined
            ? undefined
            : `${text}${RELATIONS.get(now.operators[i - 1]!) ?? now.operators[i - 1]!}${next}`
      }
      return text
    }
    default:
      return undefined
  }
}

const MARKS: ReadonlyMap<string, string> = new Map([
  ['star', '*'],
  ['ast', '*'],
])
const BRACKETS: ReadonlyMap<string, string> = new Map([
  ['langle', '<'],
  ['rangle', '>'],
])
const RELATIONS: ReadonlyMap<string, string> = new Map([['to', '->']])

function join(
  nodes: readonly Syntax[],
  by: string,
  indices: LiteralIndices,
  before = '',
): string | undefined {
  const texts: string[] = []
  for (const node of nodes) {
    const text = scriptText(node, indices)
    if (text === undefined) return undefined
    texts.push(text)
  }
  return `${before}${texts.join(by)}`
}

/** The whole number a script stands for, where its letters are literal indices: `i + 1` with i = 2 is 3. */
export function literalIndex(node: Syntax, indices: LiteralIndices): number | undefined {
  const now = bare(node)
  if (now.kind === 'number') return /^\d+$/.test(now.text) ? Number(now.text) : undefined
  if (indices.size === 0) return undefined
  if (now.kind === 'name') return now.marks.length === 0 ? indices.get(baseName(now)) : undefined
  if (now.kind === 'group' && now.body !== null && now.brackets.open === '(') return undefined
  if (now.kind !== 'sum') return undefined
  let total = 0
  for (const term of now.terms) {
    const value = literalIndex(term.operand, indices)
    if (value === undefined || (term.sign !== '+' && term.sign !== '-')) return undefined
    total += term.sign === '-' ? -value : value
  }
  return total
}

/** The canonical name of a name with scripts, all of them taken as part of it. */
export function canonicalText(node: Syntax, indices: LiteralIndices = NO_INDICES): string | undefined {
  const found = nameParts(node)
  if (found === undefined) return undefined
  return assemble(found, items(found.subscripts), found.superscripts, found.primes, indices)
}

/** Puts a canonical name together from a base, subscript items, labels and primes. */
export function assemble(
  found: NameParts,
  subscripts: readonly Syntax[],
  labels: readonly Syntax[],
  primes: number,
  indices: LiteralIndices = NO_INDICES,
): string | undefined {
  const below = join(subscripts, ',', indices)
  const above = join(labels, '', indices)
  if (below === undefined || above === undefined) return undefined
  return spelled(found.base, below, above, primes)
}

/** The canonical spelling: one character stands bare as a subscript, a label is always braced. */
export function spelled(base: string, below: string, above: string, primes: number): string {
  let name = base
  if (below !== '') name += below.length === 1 && /[A-Za-z0-9]/.test(below) ? `_${below}` : `_{${below}}`
  if (above !== '') name += `^{${above}}`
  return name + "'".repeat(primes)
}

/** Whether the letter a canonical name begins with, inside its styles, is a capital. */
export function isCapital(name: string): boolean {
  const letter = /[A-Za-z]+$/.exec(/^(?:[a-z]+\{)*[A-Za-z]+/.exec(name)?.[0] ?? '')?.[0] ?? ''
  return /^[A-Z]/.test(letter)
}

/** Whether a canonical name is bold or wears an arrow, as vectors and matrices do. */
export function isBold(name: string): boolean {
  return /^(?:[a-z]+\{)*(?:bold|bm|vec)\{/.test(name)
}

/** `j'`: a letter with nothing but primes. */
export function isPrimedLetter(node: Syntax): boolean {
  const { kind } = node
  return kind === 'scripted' && node.subscripts.length + node.superscripts.length === 0 && node.primes > 0
}
