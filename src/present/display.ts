import { mathWords } from './escape.js'
import type { Prose, Row, Section } from './maths.js'
import type { Pen } from './pen.js'
import { latexLines, latexWidth, PAGE } from './width.js'

/** One line of an aligned display: `left &= right && margin`. */
interface Line {
  readonly left: string
  readonly right: string
  readonly margin: string
}

/** The least width that is left for a formula beside long reasons. */
const NARROWEST = 40
/** Between a formula and its margin. */
const GAP = 4
/** Widths are estimates, from above. */
const SLACK = 10

/**
 * The rows of a section as the inside of `align*` or `aligned`. A chain that is too wide for the page continues on
 * the next line at a relation, then at a sign.
 */
export function alignedLines({ rows }: Section, pen: Pen): readonly string[] {
  const margins = rows.map(row => margin(row, pen))
  const lines = rows.flatMap((row, i) => {
    const beside = PAGE - latexWidth(margins[i]!) - GAP
    return linesOf(row, pen, margins[i]!, margins[i] === '' || beside < NARROWEST ? PAGE : beside)
  })
  // The margin begins behind the widest left side and the widest right side, wherever these are.
  const start = widest(lines.map(({ left }) => left)) + widest(lines.map(({ right }) => right)) + GAP
  return lines.flatMap(({ left, right, margin: reasons }) => {
    const formula = `${left} &${right.startsWith('=') ? '' : ' '}${right}`.trim()
    if (reasons === '') return [formula]
    if (start + latexWidth(reasons) <= PAGE + SLACK) return [`${formula} && ${reasons}`]
    return [formula, `& \\qquad ${reasons}`]
  })
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, latexWidth(text)), 0)
}

function linesOf(row: Row, pen: Pen, reasons: string, width: number): readonly Line[] {
  if (row.relations.length === 0) {
    const pieces = latexLines(pen.maths(row.left), width, ',')
    return pieces.map((right, i) => ({
      left: '',
      right: i === 0 ? right : `\\quad ${right}`,
      margin: i === 0 ? reasons : '',
    }))
  }
  const left = pen.maths(row.left)
  const room = Math.max(NARROWEST, width - latexWidth(left) - 3)
  const shapes = row.shapes === undefined ? '' : pen.maths(row.shapes)
  const lines: string[] = []
  for (const [k, { right, boxed = false }] of row.relations.entries()) {
    const spelled = pen.maths(right)
    const pieces = latexLines(spelled, room)
    const whole = boxed && pieces.length === 1 ? `\\boxed{${spelled}}` : pieces[0]!
    const last = lines[lines.length - 1]
    const related = `= ${whole}`
    if (k > 0 && pieces.length === 1 && latexWidth(last!) + latexWidth(related) + 1 <= room) {
      lines[lines.length - 1] = `${last} ${related}`
    } else lines.push(related, ...pieces.slice(1).map(piece => `\\quad {} ${piece}`))
  }
  if (shapes !== '') {
    const last = lines[lines.length - 1]!
    if (latexWidth(last) + latexWidth(shapes) + 2 <= room)
      lines[lines.length - 1] = `${last} \\quad ${shapes}`
    else lines.push(`\\qquad ${shapes}`)
  }
  return lines.map((right, i) => ({ left: i === 0 ? left : '', right, margin: i === 0 ? reasons : '' }))
}

/** `\text{(chain rule, sum over the paths out of }r_0\text{)}` */
function margin({ reasons }: Row, pen: Pen): string {
  if (reasons.length === 0) return ''
  const parts: Prose[number][] = ['(']
  for (const [i, reason] of reasons.entries()) parts.push(...(i === 0 ? [] : [', ']), ...reason)
  parts.push(')')
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
