import { LimitError } from '../base/errors.js'
import { DEFAULT_LIMITS, type Limits } from '../base/limits.js'
import { cover, type Span } from '../base/span.js'
import { type Lost, lostTokens } from './account.js'
import { latexGrammar } from './generated/latex.js'
import { plainGrammar } from './generated/plain.js'
import { nameDifferentials } from './lexer/differentials.js'
import type { Directive } from './lexer/directive.js'
import { lexLatex } from './lexer/latex.js'
import type { Lexed, Note } from './lexer/lexed.js'
import type { Macros } from './lexer/macros.js'
import { lexPlain } from './lexer/plain.js'
import { settle } from './lexer/settle.js'
import type { Token } from './lexer/token.js'
import type { Dialect, Vocabulary } from './lexer/vocabulary.js'
import { make, spanOver } from './make.js'
import { type Recognizer, recognizer } from './nearley.js'
import { raise } from './raise.js'
import { type Draft, split } from './split.js'
import type { ListSyntax, RelationOperator, RelationSyntax, Syntax } from './syntax.js'

export interface ReadOptions {
  readonly dialect: Dialect
  readonly vocabulary: Vocabulary
  /** Macros known before this source, as an earlier `readBlock` returned them. */
  readonly macros?: Macros | undefined
  readonly limits?: Limits | undefined
  /** Where an offset of this source stands in the file it came from; spans and errors are given there. */
  readonly origin?: ((offset: number) => number) | undefined
}

/**
 * One equation, row, declaration or expression. `body` is a relation chain (`a = b = c` in one node) or an
 * expression. A row that begins with a relation continues the statement before it: `continues` names that relation
 * and `body` is what follows it (itself a chain when more relations follow: `= b = c` has the body `b = c`).
 */
export interface Statement {
  readonly span: Span
  readonly body: Syntax
  readonly continues: RelationOperator | null
  /** Quantifiers behind a comma, `i = 1, \dots, m` or `k \in S`: one relation each, its right side a list. */
  readonly tail: readonly Syntax[]
  /** `let`, `where`, `if` … before it, and remarks behind it, in lower case, without punctuation. */
  readonly lead: string | null
  readonly remark: string | null
  /** The row of the source block it stands in, counted from 0; two statements of one row share the number. */
  readonly row: number
}

/** What one piece of mathematics says, and what it defines for the pieces after it. */
export interface Reading {
  readonly statements: readonly Statement[]
  readonly directives: readonly Directive[]
  /** Given macros and those defined here, to be handed to the next block. */
  readonly macros: Macros
  /** Labels, tags, numbers and words over a relation, in order. */
  readonly notes: readonly Note[]
  /** What was written and stands in no statement; empty where the reader did its work. */
  readonly lost: readonly Lost[]
}

const LEXERS: Readonly<Record<Dialect, typeof lexLatex>> = { latex: lexLatex, plain: lexPlain }
const RECOGNIZERS: Readonly<Record<Dialect, Recognizer>> = {
  latex: recognizer(latexGrammar),
  plain: recognizer(plainGrammar),
}

/**
 * Reads a piece of mathematics into its statements. Raises `ParseError` with the place and a hint when it is not
 * well formed, and `LimitError` when it is too long, too deep or its macros expand without end.
 */
export function readBlock(source: string, options: ReadOptions): Reading {
  const lexed: Lexed = LEXERS[options.dialect](source, options)
  wantFewSigns(lexed.tokens, options.limits)
  const { drafts, arranging, numbers } = split(lexed.tokens, options.dialect)
  const statements = drafts.map(draft => statement(draft, options.dialect))
  const lost = lostTokens(lexed.tokens, statements, [...arranging, ...numbers.flat()])
  const notes = [...lexed.notes, ...numbers.map(numberNote)].sort((a, b) => a.span.from - b.span.from)
  return { statements, directives: lexed.directives, macros: lexed.macros, notes, lost }
}

function numberNote(tokens: readonly Token[]): Note {
  return Object.freeze({
    kind: 'number',
    text: tokens.map(({ text }) => text).join(''),
    span: spanOver(tokens),
  })
}

/** Operands that stand directly behind one another's signs are nested like brackets. */
function wantFewSigns(tokens: readonly Token[], { nesting }: Limits = DEFAULT_LIMITS): void {
  let run = 0
  for (const { type, span } of tokens) {
    run = type === 'sign' || type === 'add' || type === 'function' || type === 'nabla' ? run + 1 : 0
    if (run <= nesting) continue
    throw new LimitError(
      'limit-nesting',
      `more than ${nesting} signs or functions stand in front of one operand`,
      { span },
    )
  }
}

/** How many parses each statement of a source has; the grammars are right when every answer is 0 or 1. */
export function countReadings(source: string, options: ReadOptions): readonly number[] {
  const { tokens } = LEXERS[options.dialect](source, options)
  return split(tokens, options.dialect).drafts.map(draft =>
    RECOGNIZERS[options.dialect].count(settle(draft.tokens, options.dialect)),
  )
}

function statement(draft: Draft, dialect: Dialect): Statement {
  const tail = draft.tail.map(tokens => parse(tokens, dialect))
  const body = parse(draft.tokens, dialect)
  const pieces: { readonly span: Span }[] = [draft.first ?? body, ...draft.tokens.slice(-1), body, ...tail]
  return Object.freeze({
    span: spanOver(pieces),
    body,
    continues: draft.continues,
    tail: Object.freeze(tail),
    lead: draft.lead,
    remark: draft.remark,
    row: draft.row,
  })
}

function parse(written: readonly Token[], dialect: Dialect): Syntax {
  const tokens = dialect === 'latex' ? nameDifferentials(written) : written
  const last = tokens[tokens.length - 1]!
  const end = { from: last.span.to, to: last.span.to }
  const raised = raise(RECOGNIZERS[dialect].parse(settle(tokens, dialect), end), dialect)
  if (raised === null) {
    return make({ kind: 'group', span: last.span, brackets: { open: '', close: '' }, body: null })
  }
  const body = unwrapped(raised)
  return body.kind === 'list' ? distribute(body) : body
}

/** `\boxed{a = b}` is `a = b`. */
function unwrapped(node: Syntax): Syntax {
  let inner = node
  while (inner.kind === 'group' && inner.brackets.open === '' && inner.body !== null) inner = inner.body
  return inner
}

/**
 * Of a list with one relation in it, the items before it share its left side and those behind it its right side:
 * `a, b \in \mathbb{R}` and `i = 1, \dots, m`.
 */
function distribute(list: ListSyntax): Syntax {
  const at = list.items.findIndex(item => item.kind === 'relation')
  const relation = list.items[at]
  const alone = list.items.filter(item => item.kind === 'relation').length === 1
  if (relation?.kind !== 'relation' || !alone || relation.leading) return list
  const { operands } = relation
  const first = joined([...list.items.slice(0, at), operands[0]!])
  const last = joined([operands[operands.length - 1]!, ...list.items.slice(at + 1)])
  const ends: RelationSyntax = {
    ...relation,
    span: cover(first.span, last.span),
    operands: [first, ...operands.slice(1, -1), last],
  }
  return make(ends)
}

function joined(items: readonly Syntax[]): Syntax {
  if (items.length === 1) return items[0]!
  return make({
    kind: 'list',
    span: spanOver(items),
    items,
    separators: items.slice(1).map(() => ',' as const),
  })
}
