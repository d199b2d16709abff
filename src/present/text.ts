import { printable } from './escape.js'
import type { Prose, Row, Section } from './maths.js'
import type { Pen } from './pen.js'
import type { Report } from './report.js'
import { textPen } from './text-pen.js'

export interface TextOptions {
  /** Columns of the terminal; lines are broken at relations, signs and spaces. Default 100. */
  readonly width?: number | undefined
  /** Makes a title stand out; by default it stays as it is. */
  readonly title?: ((words: string) => string) | undefined
}

const INDENT = '  '
const NARROWEST = 40

/** A worked solution for a terminal, in the plain dialect. */
export function toTerminal(report: Report, options: TextOptions = {}): string {
  const pen = textPen(report.solution.problem.notation)
  const width = Math.max(NARROWEST, options.width ?? 100)
  const title = options.title ?? (words => words)
  const parts = report.sections.map(section => {
    const lines = [...rowLines(section, pen, width), ...sentenceLines(section, pen, width)]
    return [title(section.title), ...lines.map(line => `${INDENT}${line}`)].join('\n')
  })
  return `${parts.join('\n\n')}\n`
}

/** Rows with their relations below one another and their reasons in a column. */
function rowLines({ rows }: Section, pen: Pen, width: number): readonly string[] {
  const lefts = rows.map(row => pen.maths(row.left))
  const column = Math.min(
    24,
    Math.max(0, ...rows.map((row, i) => (row.relations.length === 0 ? 0 : lefts[i]!.length))),
  )
  const room = width - INDENT.length
  const blocks = rows.map((row, i) => formulaLines(row, lefts[i]!, column, room, pen))
  const margins = rows.map(row => row.reasons.map(reason => proseText(reason, pen)).join(', '))
  const at = Math.max(0, ...blocks.filter((_, i) => margins[i] !== '').map(([first]) => first!.length)) + 3
  const together = margins.every(reasons => reasons === '' || at + reasons.length + 2 <= room)
  return blocks.flatMap((block, i) => {
    const reasons = margins[i]!
    if (reasons === '') return block
    const [first, ...rest] = block as [string, ...string[]]
    if (together) return [`${first.padEnd(at)}(${reasons})`, ...rest]
    if (rest.length === 0 && first.length + reasons.length + 5 <= room) return [`${first}   (${reasons})`]
    return [
      ...block,
      ...wrapped(`(${reasons})`, room - column - 3).map(line => `${' '.repeat(column + 3)}${line}`),
    ]
  })
}

function formulaLines(row: Row, left: string, column: number, room: number, pen: Pen): readonly string[] {
  if (row.relations.length === 0) return hanging(left, room, ' ')
  const parts = row.relations.map(({ right }) => `= ${pen.maths(right)}`)
  if (row.shapes !== undefined) parts.push(pen.maths(row.shapes))
  const lines: string[] = [left.padEnd(column)]
  for (const [i, part] of parts.entries()) {
    const last = lines[lines.length - 1]!
    const gap = part.startsWith('=') ? ' ' : '   '
    if (i === 0 || last.length + gap.length + part.length <= room)
      lines[lines.length - 1] = `${last}${gap}${part}`
    else lines.push(`${' '.repeat(column)} ${part}`)
  }
  return lines.flatMap(line => hanging(line, room, ' '.repeat(column + 3)))
}

/** Breaks a formula before plus and minus signs and behind commas; what is still too wide, behind product signs. */
function hanging(line: string, room: number, indent: string): readonly string[] {
  if (line.length <= room) return [line]
  const pieces = line
    .split(/(?= [+-] )|(?<=, )/)
    .flatMap(piece => (piece.length + indent.length <= room ? [piece] : piece.split(/(?<=\*)/)))
  const lines: string[] = []
  for (const piece of pieces) {
    const last = lines[lines.length - 1]
    if (last !== undefined && last.length + piece.length <= room) lines[lines.length - 1] = last + piece
    else lines.push(lines.length === 0 ? piece : indent + piece.trimStart())
  }
  return lines.map(found => found.trimEnd())
}

function sentenceLines({ sentences }: Section, pen: Pen, width: number): readonly string[] {
  return sentences.flatMap(sentence => wrapped(proseText(sentence, pen), width - INDENT.length))
}

/** Breaks words at spaces. */
function wrapped(words: string, room: number): readonly string[] {
  const lines: string[] = []
  for (const word of words.split(' ')) {
    const last = lines[lines.length - 1]
    if (last !== undefined && last.length + word.length + 1 <= room)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

function proseText(prose: Prose, pen: Pen): string {
  return prose.map(part => (typeof part === 'string' ? printable(part) : pen.maths(part))).join('')
}
