import type { MathError } from '../base/errors.js'
import { LineIndex, type Span } from '../base/span.js'
import type { Expr } from '../expr/node.js'
import type { Declaration, Reading } from '../expr/problem.js'
import { type Shape, shapeText } from '../expr/shape.js'
import { formText } from '../parse/meaning/form.js'
import type { Outline, OutlinedEquation, OutlinedStatement } from '../parse/outline.js'
import type { Passage } from '../parse/passages.js'
import { toLatex } from '../print/latex.js'
import { toText } from '../print/text.js'

const SCHEMA_VERSION = 1

/** A document, for showing what was read in it. */
export interface Outlined {
  readonly name: string
  readonly source: string
  readonly outline: Outline
}

/** The data of what was read: plain, and the same bytes for the same input. */
export function outlineJson({ name, source, outline }: Outlined): string {
  const lines = new LineIndex(source)
  const at = (span: Span | undefined) =>
    span && { span, place: lines.placeOf(span.from), end: lines.placeOf(span.to) }
  const reading = ({ kind, what, why, span, code, hint }: Reading) => ({
    kind,
    what,
    why,
    code,
    hint,
    ...at(span),
  })
  const fault = ({ code, message, hint, span }: MathError) => ({ code, message, hint, ...at(span) })
  const json = {
    schemaVersion: SCHEMA_VERSION,
    file: name,
    equations: outline.equations.map(({ block, statements, notes, lost, directives, fault: broken }) => ({
      ...at(block.span),
      display: block.display,
      dialect: block.dialect,
      cell: block.cell && { index: block.cell.index, place: cellPlace(block.cell) },
      statements: statements.map(({ span, role, form, readings, lead, remark }) => ({
        ...at(span),
        role,
        form: formText(form),
        lead: lead ?? undefined,
        remark: remark ?? undefined,
        readings: readings.map(reading),
      })),
      notes: notes.map(({ kind, text, span }) => ({ kind, text, ...at(span) })),
      requests: directives.map(({ verb, text, span }) => ({ verb, text, ...at(span) })),
      lost: lost.map(({ text, span }) => ({ text, ...at(span) })),
      fault: broken && fault(broken),
    })),
    derivations: outline.derivations.map(({ span, lines: count }) => ({ ...at(span), lines: count })),
    passages: outline.passages.map(({ title, span, problem }) => {
      const spell = (node: Expr) => ({
        latex: toLatex(node, problem.notation),
        plain: toText(node, problem.notation),
      })
      return {
        title,
        ...at(span),
        declarations: problem.declarations.map(({ symbol, span, family, set, inferred }) => ({
          name: symbol.name,
          shape: [symbol.shape.rows, symbol.shape.columns],
          family,
          set,
          inferred,
          ...at(span),
        })),
        definitions: problem.definitions.map(({ symbol, body, span }) => ({
          name: symbol.name,
          ...spell(body),
          ...at(span),
        })),
        requests: problem.questions.map(({ of, wrt, order, span }) => ({
          of: spell(of),
          wrt: wrt.name,
          order,
          ...at(span),
        })),
        readings: problem.readings.map(reading),
      }
    }),
    fault: outline.fault && fault(outline.fault),
  }
  return `${JSON.stringify(json, null, 2)}\n`
}

function cellPlace({ text, origin }: NonNullable<OutlinedEquation['block']['cell']>) {
  return new LineIndex(text).placeOf(origin(0))
}

// ---------------------------------------------------------------------------------------------------------- text

const WIDEST = 72

/** What was read, for people: passage by passage, then what was not understood; every line with its place. */
export function outlineText({ name, source, outline }: Outlined): string {
  const lines = new LineIndex(source)
  const place = (span: Span | undefined) => {
    if (span === undefined || span.from > source.length) return ''
    const { line, column } = lines.placeOf(span.from)
    return `${line}:${column}`
  }
  const quote = (span: Span) => shortened(source.slice(span.from, span.to))
  const out: string[] = [`${name}: ${headline(outline)}`, '']
  const row = (span: Span | undefined, text: string) => out.push(`  ${place(span).padStart(7)}  ${text}`)
  const block = <T>(title: string, items: readonly T[], show: (item: T) => void) => {
    if (items.length === 0) return
    out.push(` ${title}`)
    items.forEach(show)
  }
  const broken = new Set(outline.equations.flatMap(({ fault }) => fault?.span?.from ?? []))
  for (const passage of outline.passages) {
    const { problem, title, span } = passage
    if (outline.passages.length > 1) out.push(`${shortened(title ?? 'Beginning')} (from ${place(span)})`)
    block('declarations', problem.declarations, declared => row(declared.span, declaredText(declared)))
    block('definitions', problem.definitions, ({ symbol, body, span: where }) =>
      row(where, shortened(`${toText(symbol, problem.notation)} = ${toText(body, problem.notation)}`)),
    )
    block('requests', problem.questions, ({ of, wrt, order, span: where }) =>
      row(
        where,
        shortened(
          `${order === 2 ? 'second derivative' : 'derivative'} of ${toText(of, problem.notation)} by ${wrt.name}`,
        ),
      ),
    )
    block('derivations', derivationsOf(outline, passage), ({ span: where, lines: count }) =>
      row(where, `${count} lines: ${quote(where)}`),
    )
    block('choices between readings', choicesOf(outline, passage), ({ what, why, span: where }) =>
      row(where, `${shortened(what)}: ${why}`),
    )
    const passed = problem.readings.filter(
      ({ kind, span }) => kind === 'passed-over' && (span === undefined || !broken.has(span.from)),
    )
    block('not computed with', passed, ({ what, why, span: where }) => row(where, `${what}: ${why}`))
    out.push('')
  }
  const unread = outline.equations.flatMap(({ fault, lost }) => [
    ...(fault === undefined ? [] : [{ span: fault.span, why: fault.message }]),
    ...lost.map(({ text, span }) => ({ span, why: `${text} was left over` })),
  ])
  if (outline.fault !== undefined && outline.fault.span === undefined)
    unread.push({ span: undefined, why: outline.fault.message })
  block('not understood', unread, ({ span, why }) => row(span, why))
  return `${out.join('\n').trimEnd()}\n`
}

function headline({ equations: blocks, passages }: Outline): string {
  const equations = blocks.filter(({ block }) => !block.definitions)
  const unread = equations.filter(({ fault, lost }) => fault !== undefined || lost.length > 0).length
  const pieces = [equations.length === 1 ? '1 equation' : `${equations.length} equations`]
  if (passages.length > 1) pieces.push(`${passages.length} passages in which names keep their meaning`)
  pieces.push(unread === 0 ? 'all of them understood' : `${unread} of them not understood`)
  return pieces.join(', ')
}

function declaredText({ symbol, family, set, inferred }: Declaration): string {
  const kind = set === 'real' ? '' : `, ${set}`
  const members = family === undefined ? '' : `, members ${symbol.name}_${family}`
  const why = inferred === undefined ? '' : ` (${inferred})`
  return `${symbol.name}: ${sized(symbol.shape)}${kind}${members}${why}`
}

function sized(shape: Shape): string {
  return shape.rows === 1 && shape.columns === 1 ? 'a number' : shapeText(shape)
}

function derivationsOf({ derivations }: Outline, { span }: Passage) {
  return derivations.filter(each => each.span.from >= span.from && each.span.to <= span.to)
}

/** Choices made in the formulas, and those that the passage made of shapes, each once. */
function choicesOf({ equations }: Outline, { span, problem }: Passage): readonly Reading[] {
  const inside = (statement: OutlinedStatement) =>
    statement.span.from >= span.from && statement.span.to <= span.to
  const made = equations.flatMap(({ statements }) =>
    statements.filter(inside).flatMap(({ readings }) => readings),
  )
  const shapes = new Set(problem.declarations.map(({ inferred }) => inferred))
  const others = problem.readings.filter(({ kind, why }) => kind === 'choice' && !shapes.has(why))
  const seen = new Set<string>()
  return [...made, ...others].filter(({ what, why }) => {
    const key = `${what}|${why}`
    return !seen.has(key) && seen.add(key)
  })
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const letters = Array.from(line)
  return letters.length <= WIDEST ? line : `${letters.slice(0, WIDEST - 1).join('')}…`
}
