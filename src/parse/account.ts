import type { Span } from '../base/span.js'
import { childrenOf } from './children.js'
import { ACCENTS, FRACTIONS } from './lexer/latex-symbols.js'
import type { Token, TokenType } from './lexer/token.js'
import type { Statement } from './read.js'
import type { Syntax } from './syntax.js'

/** A piece of the source that stands in no statement, with what was written. */
export interface Lost {
  readonly text: string
  readonly span: Span
}

/** Tokens that only arrange others, or whose work the shape of a tree shows: scripts, braces, alignment. */
const ARRANGING: ReadonlySet<TokenType> = new Set<TokenType>([
  'gap',
  'stop',
  'newrow',
  'ampersand',
  'lbrace',
  'rbrace',
  'under',
  'over',
  'comma',
  'end',
  'begin',
  'quantifier',
  'text',
])

/**
 * The tokens that no statement has a part for. Everything written is counted by what it is (a letter, a digit, an
 * operator, a bracket) and so is everything in the trees; what the trees have less of was lost on the way. Punctuation,
 * braces and row breaks are arrangement, words between formulas are leads and remarks, and what is `aside` was not lost.
 * Linear in both.
 */
export function lostTokens(
  tokens: readonly Token[],
  statements: readonly Statement[],
  aside: readonly Token[] = [],
): readonly Lost[] {
  const found = new Tally()
  for (const each of aside) for (const key of keysOf(each)) found.add(key)
  for (const { body, tail, continues } of statements) {
    if (continues !== null) found.add(continues)
    found.addTree(body)
    for (const each of tail) found.addTree(each)
  }
  const lost: Lost[] = []
  tokens.forEach((each, i) => {
    if (ARRANGING.has(each.type) || isSecondBar(tokens, i)) return
    for (const key of keysOf(each)) {
      if (!found.take(key) && !isFused(found, each))
        lost.push(Object.freeze({ text: each.text, span: each.span }))
    }
  })
  return lost
}

/** What a token is counted as; a doubled bar may be read as two, so bars are counted by the stroke. */
function keysOf({ type, text }: Token): readonly string[] {
  switch (type) {
    case 'open':
    case 'close':
      return text === '.' ? [] : strokes(text)
    case 'bar':
    case 'evaluation':
      return strokes(text)
    case 'prime':
      return Array.from(text)
    case 'unary':
    case 'binary':
      return FRACTIONS.has(text) ? ['/'] : MARKS.has(text) || /^(?:sqrt|root)$/.test(text) ? [text] : []
    default:
      return [text]
  }
}

/** `\|\|x\|\|` is one norm. */
function isSecondBar(tokens: readonly Token[], at: number): boolean {
  const [before, bar] = [tokens[at - 1], tokens[at]!]
  return bar.text === '||' && bar.type === 'bar' && before?.type === 'bar' && before.text === '||'
}

/** `dOut` above the line of a derivative is its sign and a name. */
function isFused(found: Tally, { type, spelling, text }: Token): boolean {
  return (
    type === 'name' && spelling === 'word' && text[0] === 'd' && found.take('d') && found.take(text.slice(1))
  )
}

const MARKS: ReadonlySet<string> = new Set(ACCENTS.values())

function strokes(text: string): readonly string[] {
  return text === '||' ? ['|', '|'] : [text]
}

class Tally {
  readonly #counts = new Map<string, number>()

  add(key: string, times = 1): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + times)
  }

  take(key: string): boolean {
    const count = this.#counts.get(key) ?? 0
    this.#counts.set(key, count - 1)
    return count > 0
  }

  addTree(root: Syntax): void {
    const open: Syntax[] = [root]
    for (;;) {
      const node = open.pop()
      if (node === undefined) return
      this.#addNode(node)
      for (const child of childrenOf(node)) open.push(child)
    }
  }

  #addNode(node: Syntax): void {
    switch (node.kind) {
      case 'number':
      case 'dots':
        this.add(node.text)
        return
      case 'name':
        this.add(node.base === 'factorial' ? '!' : node.base)
        // A d written before a letter may be part of its name.
        if (node.spelling === 'word' && node.base[0] === 'd') {
          this.add('d')
          this.add(node.base.slice(1))
        }
        for (const mark of node.marks) this.add(mark)
        return
      case 'mark':
        this.add(node.text)
        for (const sign of node.text) this.add(sign)
        return
      case 'range':
        this.add(':')
        return
      case 'scripted':
        this.add("'", node.primes)
        if (node.entrywise) this.add('odot')
        return
      case 'decorated':
        this.add(node.mark)
        return
      case 'signed':
        this.add(node.sign)
        return
      case 'sum':
        for (const { sign } of node.terms) this.add(sign)
        return
      case 'product':
        for (const operator of node.operators) this.add(operator)
        return
      case 'fraction':
        this.add('/')
        return
      case 'root':
        this.add(node.degree === null ? 'sqrt' : 'root')
        return
      case 'list':
        for (const separator of node.separators) for (const stroke of strokes(separator)) this.add(stroke)
        return
      case 'adjoined':
        for (const separator of node.separators) for (const stroke of strokes(separator)) this.add(stroke)
        for (const side of [node.brackets.open, node.brackets.close]) this.add(side)
        return
      case 'group':
      case 'matrix':
        for (const side of [node.brackets.open, node.brackets.close])
          for (const stroke of strokes(side)) this.add(stroke)
        return
      case 'big':
        this.add(node.operator)
        return
      case 'bars':
        this.add('|', 2)
        return
      case 'norm':
        this.add('|', 4)
        return
      case 'derivative': {
        this.add('/')
        this.add(node.sign)
        for (const { signed } of node.by) if (signed) this.add(node.sign)
        return
      }
      case 'gradient':
        this.add(node.symbol)
        return
      case 'differential':
        this.add(node.sign)
        return
      case 'evaluated':
        this.add('|')
        return
      case 'relation':
        for (const operator of node.operators) this.add(operator)
        return
      default:
    }
  }
}
