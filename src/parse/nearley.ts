import nearley from 'nearley'
import { ParseError, unreachable } from '../base/errors.js'
import type { Span } from '../base/span.js'
import type { Token, TokenType } from './lexer/token.js'
import type { Raw } from './raw.js'

/** A grammar as `grammar/build.mjs` compiles it. */
export interface CompiledGrammar {
  readonly start: string
  readonly rules: readonly CompiledRule[]
}

export interface CompiledRule {
  readonly name: string
  readonly symbols: readonly (string | { readonly type: TokenType })[]
  readonly postprocess: (parts: readonly Raw[]) => Raw
}

/** A grammar made ready; it has no state and serves any number of texts. */
export interface Recognizer {
  /**
   * The one parse of the tokens. Raises `ParseError` at the first token that cannot continue, in words for the
   * author; `end` is where the text ends.
   */
  parse(tokens: readonly Token[], end: Span): Raw
  /** How many parses the tokens have: 0 or 1, unless the grammar is at fault. */
  count(tokens: readonly Token[]): number
}

interface State {
  readonly rule: { readonly symbols: readonly unknown[] }
  readonly dot: number
}

interface Internals {
  reportError: () => string
  readonly table: readonly ({ readonly states: readonly State[] } | undefined)[]
}

export function recognizer(compiled: CompiledGrammar): Recognizer {
  const rules = compiled.rules.map(rule => ({
    name: rule.name,
    symbols: [...rule.symbols],
    postprocess: rule.postprocess,
  }))
  const grammar = nearley.Grammar.fromCompiled({ ParserRules: rules, ParserStart: compiled.start })

  const run = (tokens: readonly Token[]) => {
    let at = 0
    const lexer = {
      reset() {},
      save: () => ({}),
      next: () => tokens[at++],
      formatError: () => '',
      has: () => true,
    } as unknown as nearley.Lexer
    const parser = new nearley.Parser(grammar, { lexer })
    const inner = parser as unknown as Internals
    // nearley's own report walks its whole table recursively; ours reads the last column.
    inner.reportError = () => 'no continuation'
    let failed = -1
    try {
      parser.feed('')
    } catch (error) {
      if (!(error instanceof Error && 'offset' in error)) throw error
      failed = at - 1
    }
    const column = inner.table[inner.table.length - (failed < 0 ? 1 : 2)]
    const results = failed < 0 ? (parser.results as Raw[]) : []
    return { results, failed, expected: () => expectedTypes(column?.states ?? []) }
  }

  return {
    count: tokens => run(tokens).results.length,
    parse(tokens, end) {
      const { results, failed, expected } = run(tokens)
      if (results.length === 1) return results[0]!
      if (results.length > 1) return unreachable(`the grammar has ${results.length} readings of one text`)
      throw refusal(
        expected(),
        failed < 0 ? null : tokens[failed]!,
        end,
        tokens,
        failed < 0 ? tokens.length : failed,
      )
    },
  }
}

function expectedTypes(states: readonly State[]): ReadonlySet<string> {
  const types = new Set<string>()
  for (const state of states) {
    const symbol = state.rule.symbols[state.dot]
    if (typeof symbol === 'object' && symbol !== null && 'type' in symbol) types.add(String(symbol.type))
  }
  return types
}

function refusal(
  expected: ReadonlySet<string>,
  found: Token | null,
  end: Span,
  tokens: readonly Token[],
  at: number,
): ParseError {
  const last = tokens[at - 1]
  const span = found?.span ?? last?.span ?? end
  const wanted = expected.has('number')
    ? 'an expression'
    : expected.has('lbrace') && !expected.has('add')
      ? 'an argument in braces'
      : 'an operator'
  const message = `expected ${wanted}, found ${found === null ? 'the end' : describe(found)}`
  return new ParseError('syntax', message, { span, hint: hintFor(wanted, found, last) })
}

function hintFor(wanted: string, found: Token | null, last: Token | undefined): string | undefined {
  if (wanted === 'an expression') {
    if (last === undefined) return 'begin with a name, a number or a bracket'
    return `something is missing after ${describe(last)}`
  }
  if (found?.type === 'name' || found?.type === 'number' || found?.type === 'function')
    return 'write * for a product'
  return undefined
}

function describe(token: Token): string {
  switch (token.type) {
    case 'begin':
      return 'a matrix'
    case 'end':
    case 'newrow':
    case 'ampersand':
      return 'the end of a cell'
    case 'text':
      return `the words “${token.text}”`
    case 'dots':
      return 'dots'
    case 'relation':
      return RELATION_WORDS.get(token.text) ?? `the sign ${token.text}`
    default:
      return token.text
  }
}

const RELATION_WORDS: ReadonlyMap<string, string> = new Map([
  ['to', 'an arrow'],
  ['mapsto', 'an arrow'],
  ['gets', 'an arrow'],
  ['implies', 'an arrow'],
  ['iff', 'an arrow'],
])
