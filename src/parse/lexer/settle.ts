import { ParseError } from '../../base/errors.js'
import { CONNECTIVES } from './letters.js'
import { isEntrywise, isLone, lastOfMark, pairAhead } from './lookahead.js'
import type { Token, TokenType } from './token.js'
import type { Dialect } from './vocabulary.js'

/**
 * What the token before tells about the next one: `operand` has ended and an operator is due, or something is
 * `due`; after a `function` or `prefix` operator an operand is due, but a plus sign behind a function joins.
 */
type Before = 'due' | 'operand' | 'function' | 'prefix'

interface Level {
  readonly closes: TokenType
  /** What stands before the token behind the closing bracket; null when the content decides. */
  readonly after: Before | null
  readonly ranges: boolean
  /** An equals sign stands before on this level: `i = 1:n`. */
  equals: boolean
  /** The open bars on this level, the innermost last. */
  readonly bars: Bar[]
}

interface Bar {
  /** Where the bar stands in the output. */
  readonly at: number
  readonly text: string
  /** A norm written with its bars doubled, `\|\|x\|\|`. */
  readonly doubled: boolean
}

/** "And" and "or", which bind weaker than the comparisons between which they stand. */
const JUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['wedge', '&&'],
  ['vee', '||'],
])

/** Before these a trailing comma or full stop is punctuation of the sentence around. */
const SILENT: ReadonlySet<TokenType> = new Set<TokenType>(['rbrace', 'end', 'ampersand', 'newrow'])

/**
 * Decides the classes that depend on what stands before and behind: plus and minus as joints or signs, bars as
 * brackets, separators or evaluation, colons as ranges or relations, operators standing alone as marks, primes in
 * superscripts as primes. One pass over a balanced piece, each token looked at a bounded number of times.
 */
export function settle(tokens: readonly Token[], dialect: Dialect): readonly Token[] {
  const out: Token[] = []
  const levels: Level[] = [level('end', 'operand', false)]
  const partners = pairAhead(tokens)
  const owners: (Before | null)[] = []
  let before: Before = 'due'
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    const next = tokens[i + 1]
    if (isLone(tokens, i)) {
      out.push({ ...token, type: 'mark' })
      before = 'operand'
      continue
    }
    const here = levels[levels.length - 1]!
    const junction = token.type === 'circled' && before === 'operand' ? JUNCTIONS.get(token.text) : undefined
    if (junction !== undefined) {
      out.push({ ...token, type: 'relation', text: junction })
      before = 'due'
      continue
    }
    switch (token.type) {
      case 'lbrace': {
        const last = out[out.length - 1]?.type
        const script = last === 'under' || last === 'over'
        const after = script ? (owners.pop() ?? 'operand') : null
        levels.push(level('rbrace', after, dialect === 'latex' || script))
        out.push(token)
        before = 'due'
        break
      }
      case 'open':
        levels.push(
          level(
            'close',
            'operand',
            token.text === '[' || (token.text !== '{' && (dialect === 'plain' || here.ranges)),
          ),
        )
        out.push(token)
        before = 'due'
        break
      case 'begin':
        levels.push(level('end', 'operand', false))
        out.push(token)
        before = 'due'
        break
      case 'rbrace':
      case 'close':
      case 'end': {
        const closed = levels.length > 1 ? levels.pop()! : here
        requireClosed(closed)
        out.push(token)
        before = closed.after ?? before
        break
      }
      case 'over':
      case 'under':
        if (token.type === 'over' && next?.type === 'lbrace' && tokens[i + 2]?.type === 'prime') {
          let end = i + 2
          while (tokens[end]?.type === 'prime') out.push(tokens[end++]!)
          if (tokens[end]?.type === 'rbrace') i = end
          else {
            owners.push(before)
            out.push(token, next)
            levels.push(level('rbrace', before, true))
            owners.pop()
            before = 'due'
            i = end - 1
          }
          break
        }
        owners.push(before)
        if (token.type === 'over' && isEntrywise(tokens, i)) {
          out.push({ ...token, text: '.^' }, next!)
          levels.push(level('rbrace', owners.pop()!, true))
          before = 'due'
          i += 2
        } else out.push(token)
        break
      case 'prime':
        out.push(token)
        break
      case 'factorial':
      case 'evaluation':
        out.push(token)
        before = 'operand'
        break
      case 'add':
      case 'times':
      case 'circled': {
        const blank = token.text === 'cdot' && next?.type === 'comma' && next.text === '|'
        const end = blank ? i : before === 'operand' ? -1 : lastOfMark(tokens, i)
        if (end >= 0) {
          let text = ''
          for (let k = i; k <= end; k++) text += tokens[k]!.text
          out.push({
            ...token,
            type: 'mark',
            text,
            span: { from: token.span.from, to: tokens[end]!.span.to },
          })
          i = end
          before = 'operand'
        } else {
          const joins = before === 'operand' || (before === 'function' && token.text === '+')
          out.push(token.type === 'add' && !joins ? { ...token, type: 'sign' } : token)
          if (joins || token.type !== 'add') before = 'due'
        }
        break
      }
      case 'colon':
        out.push({ ...token, type: here.ranges || here.equals ? 'range' : 'relation' })
        before = 'due'
        break
      case 'bar': {
        // \|\|x\|\| is one norm: an empty one inside would be no formula.
        const twice = token.text === '||' && next?.type === 'bar' && next.text === '||'
        const opens = twice && here.bars.length === 0
        const closes = twice && before === 'operand' && here.bars.at(-1)?.doubled === true
        before = bar(token, i, here, opens)
        if (opens || closes) i++
        break
      }
      case 'comma':
      case 'stop':
        if (token.text === ';' && here.ranges && before === 'due' && out[out.length - 1]?.type === 'comma') {
          // A semicolon that follows a comma in a script was meant to be a colon.
          out.push({ ...token, type: 'range', text: ':' })
          break
        }
        if (token.text !== '|' && (next === undefined || SILENT.has(next.type))) break
        here.equals = false
        out.push(token.type === 'stop' ? { ...token, type: 'comma', text: ',' } : token)
        before = 'due'
        break
      case 'gap':
      case 'quantifier':
        break
      case 'function':
        out.push(token)
        before = dialect === 'plain' ? 'operand' : 'function'
        break
      case 'big':
      case 'nabla':
      case 'differential':
        out.push(token)
        before = token.type === 'differential' ? 'operand' : 'prefix'
        break
      case 'relation':
        here.equals ||= token.text === '='
        out.push(token)
        before = 'due'
        break
      case 'text':
        out.push(token)
        before = CONNECTIVES.has(token.text.split(' ')[0]!) ? 'due' : 'operand'
        break
      case 'range':
      case 'ampersand':
      case 'newrow':
      case 'unary':
      case 'binary':
      case 'sign':
        out.push(token)
        before = 'due'
        break
      default:
        out.push(token)
        before = 'operand'
    }
  }
  requireClosed(levels[0]!)
  return out

  /** A bar closes the open one of its level, opens where an operand is due or a partner follows, or separates. */
  function bar(token: Token, i: number, here: Level, doubled: boolean): Before {
    const ends = before === 'operand' || before === 'function'
    const inner = here.bars.at(-1)
    if (ends && inner === undefined && dialect === 'plain' && token.text === '||') {
      // Every product has its sign in plain text, so no norm can begin here.
      out.push({ ...token, type: 'relation' })
      return 'due'
    }
    if (inner !== undefined && ends) {
      if (token.text === inner.text) {
        here.bars.pop()
        out.push({ ...token, type: 'close' })
        return 'operand'
      }
      if (token.text === '||' && inner.text === '|') {
        const middle = Math.min(token.span.from + 1, token.span.to)
        here.bars.pop()
        out.push({ ...token, type: 'close', text: '|', span: { from: token.span.from, to: middle } })
        before = 'operand'
        const rest: Token = { ...token, text: '|', span: { from: middle, to: token.span.to } }
        if (here.bars.at(-1)?.text !== '|') return open(rest, here)
        here.bars.pop()
        out.push({ ...rest, type: 'close' })
        return 'operand'
      }
    }
    // Behind an open bar or an operator no bar can close: nothing would stand inside, so another one opens.
    if (inner !== undefined && !ends) return open(token, here)
    if (ends && inner === undefined && (tokens[i + 1]?.type === 'under' || tokens[i + 1]?.type === 'over')) {
      out.push({ ...token, type: 'evaluation' })
      return 'operand'
    }
    if (inner === undefined && (partners.has(i) || !ends)) return open(token, here, doubled)
    out.push({ ...token, type: 'comma' })
    return 'due'
  }

  function open(token: Token, here: Level, doubled = false): Before {
    here.bars.push({ at: out.length, text: token.text, doubled })
    out.push({ ...token, type: 'open' })
    return 'due'
  }

  function requireClosed({ bars }: Level): void {
    const [outermost] = bars
    if (outermost === undefined) return
    const { text, span } = out[outermost.at]!
    throw new ParseError('unbalanced', `the ${text} opened here is never closed`, {
      span,
      hint: `add the missing ${text}`,
    })
  }
}

function level(closes: TokenType, after: Before | null, ranges: boolean): Level {
  return { closes, after, ranges, equals: false, bars: [] }
}
