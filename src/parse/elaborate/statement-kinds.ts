import type { Span } from '../../base/span.js'
import type { AdjoinedSyntax, DerivativeSyntax, GradientSyntax, Syntax } from '../syntax.js'
import type { Bound } from './bounds.js'
import type { IndexRange } from './declare.js'
import type { LiteralIndices, NameParts } from './names.js'
import type { Numbers } from './numbers.js'
import type { PropertyStatement } from './properties.js'

/** What a list of statements is for: anything, or one field of a request. */
export type Purpose = 'any' | 'declaration' | 'assumption' | 'definition'

export interface Sorted {
  readonly declarations: readonly DeclarationStatement[]
  readonly maps: readonly { readonly name: Syntax; readonly span: Span }[]
  readonly ranges: readonly { readonly range: IndexRange; readonly span: Span }[]
  readonly equations: readonly Equation[]
  readonly functions: readonly FunctionStatement[]
  readonly values: readonly ValueStatement[]
  readonly facts: readonly Equation[]
  readonly questions: readonly QuestionStatement[]
  readonly claims: readonly Equation[]
  readonly bounds: readonly Bound[]
  readonly properties: readonly PropertyStatement[]
  /** Statements that nothing is made of, with the reason. */
  readonly unread: readonly UnreadStatement[]
}

/**
 * What is left out: a line that a strict reader refuses, an aside that any reader only mentions, or a name that stands
 * alone, which in prose is nothing to mention.
 */
export type Weight = 'line' | 'aside' | 'name'

export interface UnreadStatement {
  readonly span: Span
  readonly why: string
  readonly weight: Weight
  /** The name an equation gives a new value in terms of its old one. */
  readonly renewed?: string | undefined
}

export interface DeclarationStatement {
  readonly names: readonly Syntax[]
  readonly set: Syntax
  readonly ranges: readonly IndexRange[]
  readonly span: Span
}

/** `left = right`, for each value of the literal indices it was read with. */
export interface Equation {
  readonly left: Syntax
  readonly right: Syntax
  readonly indices: LiteralIndices
  readonly ranges: readonly IndexRange[]
  readonly span: Span
}

export interface FunctionStatement {
  readonly head: AdjoinedSyntax
  readonly parts: NameParts
  readonly body: Syntax
  readonly span: Span
}

export interface ValueStatement {
  readonly name: Syntax
  readonly numbers: Numbers
  readonly span: Span
}

export interface QuestionStatement {
  readonly node: DerivativeSyntax | GradientSyntax | AdjoinedSyntax
  readonly span: Span
}
