import { LimitError, ParseError } from '../../base/errors.js'
import { DEFAULT_LIMITS, type Limits } from '../../base/limits.js'
import { cover, type Span } from '../../base/span.js'
import { type Ancestry, type RawToken, scanLatex } from './latex-scan.js'
import { ALIASES } from './latex-symbols.js'

/** A macro the author defined: the number of its arguments, a default for the first, and its body as written. */
export interface Macro {
  readonly name: string
  readonly parameters: number
  /** The text used for the first argument when the call gives none in brackets. */
  readonly optional: string | null
  readonly body: string
  readonly span: Span
}

/** Macros by name, without backslash; a map, so that `\constructor` is a name like any other. */
export type Macros = ReadonlyMap<string, Macro>

export interface Expansion {
  readonly tokens: readonly RawToken[]
  readonly macros: Macros
}

const DEFINERS: ReadonlySet<string> = new Set([
  'newcommand',
  'renewcommand',
  'providecommand',
  'newcommand*',
  'renewcommand*',
  'providecommand*',
  'def',
  'gdef',
  'DeclareMathOperator',
  'DeclareMathOperator*',
])

interface Frame {
  readonly tokens: readonly RawToken[]
  at: number
}

/**
 * Carries out the definitions in a token list and expands every call, of given macros too. Tokens of a body stand
 * where the call stands, tokens of an argument where they were written. Raises `LimitError` for a macro defined
 * through itself and for expansions beyond `limits.tokens` or `limits.macroDepth`, `ParseError` for a definition or a
 * call that is not complete.
 */
export function expandMacros(
  tokens: readonly RawToken[],
  given: Macros = new Map(),
  limits: Limits = DEFAULT_LIMITS,
): Expansion {
  const macros = new Map(given)
  const bodies = new Map<string, readonly RawToken[]>()
  const out: RawToken[] = []
  const frames: Frame[] = [{ tokens, at: 0 }]
  let spent = 0
  let latest: RawToken | null = null

  const next = (): RawToken | null => {
    for (;;) {
      const frame = frames[frames.length - 1]
      if (frame === undefined) return null
      const found = frame.tokens[frame.at++]
      if (found !== undefined) {
        if (++spent > limits.tokens) {
          throw new LimitError(
            'limit-tokens',
            `the text has more than ${limits.tokens} tokens after macro expansion`,
            {
              span: found.span,
              hint: 'look for a macro that multiplies itself, or split the document',
            },
          )
        }
        latest = found
        return found
      }
      frames.pop()
    }
  }
  const peek = (): RawToken | null => {
    const found = next()
    if (found !== null) {
      spent--
      frames[frames.length - 1]!.at--
    }
    return found
  }

  for (;;) {
    const token = next()
    if (token === null) break
    if (token.kind === 'control' && DEFINERS.has(token.text)) define(token)
    else if (token.kind === 'control' && (macros.has(token.text) || ALIASES.has(token.text))) call(token)
    else out.push(token)
  }
  return { tokens: out, macros }

  function define(definer: RawToken) {
    let name = next()
    if (is(name, '{')) {
      name = next()
      while (peek() !== null && !is(peek(), '}')) next()
      next()
    }
    if (name === null || name.kind !== 'control') {
      throw new ParseError('macro-name', `expected the name of a macro after \\${definer.text}`, {
        span: (name ?? definer).span,
        hint: 'write \\newcommand{\\name}[arguments]{body}',
      })
    }
    let parameters = 0
    let optional: string | null = null
    if (definer.text === 'def' || definer.text === 'gdef') {
      while (peek()?.kind === 'parameter') parameters = Math.max(parameters, Number(next()!.text))
    } else if (is(peek(), '[')) {
      parameters = Number(textOf(bracketed()))
      if (!(parameters >= 0 && parameters <= 9)) {
        throw new ParseError('macro-parameters', 'a macro takes 0 to 9 arguments', { span: name.span })
      }
      if (is(peek(), '[')) optional = textOf(bracketed())
    }
    const body = argument(name)
    const operator = definer.text.startsWith('Declare')
    const text = operator ? `\\operatorname{${textOf(body)}}` : textOf(body)
    if (macros.size >= limits.macros && !macros.has(name.text)) {
      throw new LimitError('limit-macros', `more than ${limits.macros} macros are defined`, {
        span: name.span,
      })
    }
    const macro = { name: name.text, parameters, optional, body: text, span: name.span }
    macros.set(name.text, Object.freeze(macro))
    bodies.delete(name.text)
  }

  function call(token: RawToken) {
    const name = token.text
    const macro = macros.get(name)
    let depth = 0
    for (let a = token.ancestry; a !== null; a = a.parent) {
      depth = Math.max(depth, a.depth)
      if (a.name === name) {
        throw new LimitError('macro-cycle', `the macro \\${name} is defined through itself`, {
          span: token.span,
        })
      }
    }
    if (depth >= limits.macroDepth) {
      throw new LimitError(
        'limit-macro-depth',
        `macros call one another more than ${limits.macroDepth} deep`,
        {
          span: token.span,
        },
      )
    }
    const args: (readonly RawToken[])[] = []
    const parameters = macro?.parameters ?? (ALIASES.get(name)!.includes('#1') ? 1 : 0)
    let first = 0
    if (macro !== undefined && macro.optional !== null && parameters > 0) {
      args.push(is(peek(), '[') ? bracketed() : scan(macro.optional))
      first = 1
    }
    for (let i = first; i < parameters; i++) args.push(argument(token))
    const span = cover(
      token.span,
      args.length > 0 && latest?.ancestry === token.ancestry ? latest.span : token.span,
    )
    let body = bodies.get(name)
    if (body === undefined) {
      body = scan(macro?.body ?? ALIASES.get(name)!)
      bodies.set(name, body)
    }
    const ancestry: Ancestry = { name, parent: token.ancestry, depth: depth + 1 }
    const expanded: RawToken[] = []
    for (const part of body) {
      if (part.kind === 'parameter') {
        const arg = args[Number(part.text) - 1] ?? []
        spent += arg.length
        if (spent > limits.tokens) next()
        for (const piece of arg) expanded.push(piece)
      } else {
        const spaced = expanded.length === 0 ? token.spaced : part.spaced
        expanded.push({ kind: part.kind, text: part.text, span, spaced, ancestry })
      }
      if (spent + expanded.length > 2 * limits.tokens) {
        throw new LimitError(
          'limit-tokens',
          `the text has more than ${limits.tokens} tokens after macro expansion`,
          {
            span: token.span,
          },
        )
      }
    }
    frames.push({ tokens: expanded, at: 0 })
  }

  /** One argument: a braced group without its braces, or a single token. */
  function argument(owner: RawToken): readonly RawToken[] {
    const first = next()
    if (first === null || is(first, '}')) {
      throw new ParseError('macro-argument', `the macro \\${owner.text} is missing an argument`, {
        span: owner.span,
        hint: 'give every argument in braces',
      })
    }
    if (!is(first, '{')) return [first]
    const group: RawToken[] = []
    let depth = 1
    for (;;) {
      const token = next()
      if (token === null) {
        throw new ParseError('unbalanced', `the brace opened here is never closed`, {
          span: first.span,
          hint: 'add the missing }',
        })
      }
      if (is(token, '{')) depth++
      else if (is(token, '}') && --depth === 0) return group
      group.push(token)
    }
  }

  function bracketed(): readonly RawToken[] {
    const open = next()!
    const group: RawToken[] = []
    let depth = 0
    for (;;) {
      const token = next()
      if (token === null) {
        throw new ParseError('unbalanced', 'the bracket opened here is never closed', {
          span: open.span,
          hint: 'add the missing ]',
        })
      }
      if (is(token, '{')) depth++
      else if (is(token, '}')) depth--
      else if (is(token, ']') && depth <= 0) return group
      group.push(token)
    }
  }
}

function is(token: RawToken | null, symbol: string): boolean {
  return token !== null && token.kind === 'symbol' && token.text === symbol
}

function scan(text: string): readonly RawToken[] {
  return scanLatex(text, offset => offset).tokens
}

/** The source of raw tokens, equal to what was written up to comments and the amount of space. */
export function textOf(tokens: readonly RawToken[]): string {
  let text = ''
  for (const token of tokens) {
    const piece =
      token.kind === 'control'
        ? `\\${token.text}`
        : token.kind === 'parameter'
          ? `#${token.text}`
          : token.text
    const glued = token.kind === 'letter' && /\\[a-zA-Z]+$/.test(text.slice(-40))
    text += (token.spaced || glued) && text !== '' ? ` ${piece}` : piece
  }
  return text
}
