import type { Token } from './lexer/token.js'

/**
 * What the grammars build: nothing but the rule and its parts, so that a reduction costs the same at any size and
 * never recurses. Lists lean to the left; `raise` makes `Syntax` of them.
 */
export type Raw = Token | RawNode

export interface RawNode {
  readonly rule: RuleName
  readonly parts: readonly Raw[]
}

/**
 * `list chain range sum loose tight run` are left-leaning lists and exist only for two elements or more; `signed` is
 * signs before an operand, `signs` several of them; `braced`, `group` and `blank` are contents; `script` a suffix with
 * its braced content; `command` a command with its arguments; `environment`, `rows`, `row` a matrix.
 */
export type RuleName =
  | 'list'
  | 'chain'
  | 'range'
  | 'sum'
  | 'loose'
  | 'tight'
  | 'run'
  | 'signed'
  | 'signs'
  | 'braced'
  | 'group'
  | 'blank'
  | 'script'
  | 'command'
  | 'environment'
  | 'rows'
  | 'row'

export function isToken(raw: Raw): raw is Token {
  return 'type' in raw
}

/** The postprocessor of a rule that keeps its parts. */
export function node(rule: RuleName): (parts: readonly Raw[]) => RawNode {
  return parts => ({ rule, parts })
}

/** The postprocessor of a rule that stands for its only part. */
export function same(parts: readonly Raw[]): Raw {
  return parts[0]!
}
