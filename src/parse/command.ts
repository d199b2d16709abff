import { ParseError } from '../base/errors.js'
import { cover, type Span } from '../base/span.js'
import { fraction } from './fractions.js'
import { ACCENTS } from './lexer/latex-symbols.js'
import type { Token } from './lexer/token.js'
import { bare, make, spanOver } from './make.js'
import type { Mark, NameSyntax, Syntax } from './syntax.js'

const MARK_NAMES: ReadonlySet<string> = new Set(ACCENTS.values())

/** The node of a command and its arguments; `marks` are the command and the closing braces of its arguments. */
export function assembleCommand(marks: readonly Token[], args: readonly (Syntax | null)[]): Syntax {
  const head = marks[0]!
  const span = spanOver(marks)
  const [first, second] = args as readonly [Syntax | null, Syntax | null | undefined]
  switch (head.text) {
    case 'root':
      return make({ kind: 'root', span, radicand: required(second, head, span), degree: first })
    case 'sqrt':
      return make({ kind: 'root', span, radicand: required(first, head, span), degree: null })
    case 'underset':
    case 'overset':
      return stacked(head.text, first, required(second, head, span), span)
    case 'note':
      return make({ kind: 'annotated', span, body: required(first, head, span), note: null })
    case 'operatorname':
      return operatorName(required(first, head, span), span)
    case 'd':
    case 'partial':
      return make({ kind: 'differential', span, sign: head.text, order: first, operand: second ?? null })
    case 'same':
    case 'font':
      return transparent(first, span)
  }
  if (head.text.startsWith('color ')) {
    return make({ kind: 'colored', span, color: head.text.slice(6), body: transparent(first, span) })
  }
  if (MARK_NAMES.has(head.text)) return decorate(head.text as Mark, required(first, head, span), span)
  return fraction(head.text, first, required(second, head, span), span)
}

function required(arg: Syntax | null | undefined, head: Token, span: Span): Syntax {
  if (arg !== null && arg !== undefined) return arg
  throw new ParseError(
    'missing-argument',
    `expected an expression in the braces of ${head.text}, found nothing`,
    {
      span,
      hint: 'fill the braces or remove the command',
    },
  )
}

function transparent(body: Syntax | null, span: Span): Syntax {
  if (body !== null && ATOMS.has(body.kind)) return body
  return make({ kind: 'group', span, brackets: { open: '', close: '' }, body })
}

const ATOMS: ReadonlySet<Syntax['kind']> = new Set([
  'number',
  'name',
  'text',
  'dots',
  'mark',
  'scripted',
  'decorated',
  'colored',
  'annotated',
  'fraction',
  'root',
  'group',
  'adjoined',
  'bars',
  'norm',
  'matrix',
  'cases',
  'derivative',
  'big',
  'gradient',
] as const)

/** A decoration goes to the letter it stands over, past subscripts: `\hat{y_i}` is `\hat{y}_i`. */
function decorate(mark: Mark, body: Syntax, span: Span): Syntax {
  const inner = bare(body)
  if (inner.kind === 'name') return marked(inner, mark, span)
  const scripts = inner.kind === 'scripted' && inner.base.kind === 'name' ? inner : null
  if (scripts !== null && (scripts.superscripts.length === 0 || (mark !== 'bar' && mark !== 'underline'))) {
    return make({ ...scripts, span, base: marked(scripts.base as NameSyntax, mark, scripts.base.span) })
  }
  return make({ kind: 'decorated', span, mark, body })
}

function marked(name: NameSyntax, mark: Mark, span: Span): NameSyntax {
  return make({ ...name, span, marks: Object.freeze([...name.marks, mark]) })
}

/** `\underset{n}{b}`: limits of a big operator, a subscript of a word, a note on anything else. */
function stacked(place: 'underset' | 'overset', note: Syntax | null, body: Syntax, span: Span): Syntax {
  if (note === null) return body
  const inner = bare(body)
  if (inner.kind === 'big' && inner.body === null) {
    return make(place === 'underset' ? { ...inner, span, lower: note } : { ...inner, span, upper: note })
  }
  if (inner.kind === 'name' && place === 'underset' && (inner.spelling === 'word' || inner.isFunction)) {
    const name: NameSyntax = make({ ...inner, isFunction: true })
    return make({
      kind: 'scripted',
      span,
      base: name,
      subscripts: [note],
      superscripts: [],
      primes: 0,
      entrywise: false,
    })
  }
  if (
    place === 'underset' &&
    inner.kind === 'scripted' &&
    inner.base.kind === 'name' &&
    inner.base.spelling === 'word'
  ) {
    return make({ ...inner, span, subscripts: [note, ...inner.subscripts] })
  }
  return make({ kind: 'annotated', span, body, note })
}

/** `\operatorname{…}` with more than letters inside: the letters of all names in it. */
function operatorName(body: Syntax, span: Span): Syntax {
  const parts = body.kind === 'product' ? body.factors : [body]
  const base = parts.map(part => (part.kind === 'name' ? part.base : '')).join('')
  if (base === '')
    return make({ kind: 'group', span: cover(span, body.span), brackets: { open: '', close: '' }, body })
  return make({ kind: 'name', span, base, spelling: 'word', font: 'roman', marks: [], isFunction: true })
}
