import { mathWords } from './escape.js'
import type { Prose, Row, Section } from './maths.js'
import type { Pen } from './pen.js'
import { latexLines, latexWidth, PAGE } from './width.js'

/** One line of an aligned display: `left &= right && margin`. */
interface Line {
  readonly left: string
  readonly right: string
  /** The reasons one by one, in their brackets. */
  readonly margin: readonly string[]
}

/** The least width that is left for a formula beside long reasons. */
const NARROWEST = 28
/** Between a formula and its margin. */
const GAP = 2
/** The frame of a box, and the space before a relation. */
const FRAME = 1
const QUAD = 2
/** `= `, `+ ` */
const SIGN_BEFORE = 2

/**
 * The rows of a section as the inside of `align*` or `aligned`. A chain that is too wide for the page continues on
 * the next line at a relation, then at a sign; reasons that are too wide stand below, broken between them.
 */
export function alignedLines({ rows }: Section, pen: Pen): readonly string[] {
  const lefts = rows.map(row => (row.relations.length === 0 ? '' : pen.maths(row.left)))
  const column = widest(lefts)
  const margins = rows.map(row => margin(row, pen))
  const lines = joined(
    rows.flatMap((row, i) => {
      const beside = PAGE - latexWidth(margins[i]!.join(' ')) - GAP
      const fits = margins[i]!.length > 0 && beside - column >= NARROWEST
      return linesOf(row, lefts[i]!, pen, margins[i]!, (fits ? beside : PAGE) - column)
    }),
  )
  // The margin begins behind the widest left side and the widest right side, wherever these are.
  const start = column + widest(lines.map(({ right }) => right)) + GAP
  const isColumn = lines.every(({ margin }) => start + latexWidth(margin.join(' ')) <= PAGE)
  return lines.flatMap(({ left, right, margin: reasons }) => {
    const formula = `${left} &${right.startsWith('=') ? '' : ' '}${right}`.trim()
    if (reasons.length === 0) return [formula]
    if (isColumn) return [`${formula} && ${textsJoined(reasons)}`]
    const inline = column + latexWidth(right) + latexWidth(reasons.join(' ')) + 2 * GAP
    if (inline <= PAGE) return [`${formula} \\qquad ${textsJoined(reasons)}`]
    return [formula, ...packed(reasons, PAGE - column - 2 * QUAD).map(line => `& \\qquad ${line}`)]
  })
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, latexWidth(text)), 0)
}

function linesOf(
  row: Row,
  left: string,
  pen: Pen,
  reasons: readonly string[],
  width: number,
): readonly Line[] {
  if (row.relations.length === 0) {
    const pieces = latexLines(pen.maths(row.left), width, ',')
    return pieces.map((right, i) => ({
      left: '',
      right: i === 0 ? right : `\\quad ${right}`,
      margin: i === pieces.length - 1 ? reasons : [],
    }))
  }
  const room = Math.max(NARROWEST, width)
  const shapes = row.shapes === undefined ? '' : pen.maths(row.shapes)
  const lines: string[] = []
  for (const [k, { right, boxed = false }] of row.relations.entries()) {
    const spelled = pen.maths(right)
    const pieces = latexLines(spelled, room - SIGN_BEFORE - (boxed ? FRAME : 0))
    const whole = boxed && pieces.length === 1 ? `\\boxed{${spelled}}` : pieces[0]!
    const last = lines[lines.length - 1]
    const related = `= ${whole}`
    if (k > 0 && pieces.length === 1 && latexWidth(last!) + latexWidth(related) + FRAME <= room) {
      lines[lines.length - 1] = `${last} ${related}`
    } else lines.push(related, ...pieces.slice(1).map(piece => `\\quad {} ${piece}`))
  }
  if (shapes !== '') {
    const last = lines[lines.length - 1]!
    if (latexWidth(last) + latexWidth(shapes) + QUAD + FRAME <= room)
      lines[lines.length - 1] = `${last} \\quad ${shapes}`
    else lines.push(`\\qquad ${shapes}`)
  }
  return lines.map((right, i) => ({
    left: i === 0 ? left : '',
    right,
    margin: i === lines.length - 1 ? reasons : [],
  }))
}

/** Statements without a relation or a reason share a line as far as they fit. */
function joined(lines: readonly Line[]): readonly Line[] {
  const out: Line[] = []
  for (const line of lines) {
    const last = out[out.length - 1]
    const alone = (each: Line) =>
      each.left === '' && each.margin.length === 0 && !/^(?:=|\\q?quad)/.test(each.right)
    if (last !== undefined && alone(line) && alone(last)) {
      const right = `${last.right}, \\quad ${line.right}`
      if (latexWidth(right) <= PAGE) {
        out[out.length - 1] = { ...last, right }
        continue
      }
    }
    out.push(line)
  }
  return out
}

/** Texts one behind the other, as many on a line as fit. */
function packed(texts: readonly string[], width: number): readonly string[] {
  const lines: string[][] = []
  for (const text of texts) {
    const last = lines[lines.length - 1]
    if (last !== undefined && latexWidth([...last, text].join(' ')) <= width) last.push(text)
    else lines.push([text])
  }
  return lines.map(textsJoined)
}

/** `\text{(a,}` and `\text{b)}` as the one text that they are. */
function textsJoined(texts: readonly string[]): string {
  return texts.reduce((line, text) =>
    /\\text\{[^{}\\]*\}$/.test(line) && text.startsWith('\\text{')
      ? `${line.slice(0, -1)} ${text.slice('\\text{'.length)}`
      : `${line}\\ ${text}`,
  )
}

/** `\text{(chain rule,}`, `\text{sum over the paths out of }r_0\text{)}`: reasons one by one, bracketed together. */
function margin({ reasons }: Row, pen: Pen): readonly string[] {
  const last = reasons.length - 1
  return reasons.map((reason, i) => {
    const parts = [i === 0 ? '(' : '', ...reason, i === last ? ')' : ',']
    if (reason.every(part => typeof part !== 'string'))
      return parts.map(part => (typeof part === 'string' ? part : pen.maths(part))).join('')
    return reasonText(parts, pen)
  })
}

function reasonText(parts: Prose, pen: Pen): string {
  let out = ''
  let words = ''
  const flush = () => {
    if (words !== '') out += `\\text{${mathWords(words)}}`
    words = ''
  }
  for (const part of parts) {
    if (typeof part === 'string') {
      words += part
      continue
    }
    flush()
    out += pen.maths(part)
  }
  flush()
  return out
}
