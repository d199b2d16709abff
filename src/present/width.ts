/**
 * How wide a display may be, in small letters of mathematics: the line of an article at ten points, about as much as
 * fits into the column of a web page.
 */
export const PAGE = 56

interface Group {
  width: number
  /** The widest of the parts that are finished: rows of a matrix, the halves of a fraction. */
  widest: number
  readonly stacked: number
  readonly isText: boolean
}

const SPACED = 2
const UPPER = 1.4
const BRACKET = 0.7
const WORD_LETTER = 0.8
const TEXT_SPACE = 0.6
const SMALL = 0.7

const WIDE: ReadonlyMap<string, number> = new Map([
  ['\\quad', 2],
  ['\\qquad', 4],
  ['\\sum', 2.5],
  ['\\prod', 2.5],
])
const NO_WIDTH =
  /^\\(?:left|right|big|Big|bigg|Bigg|begin|end|mathbf|mathbb|mathcal|mathrm|operatorname|text|boxed|boldsymbol|hat|bar|tilde|vec|displaystyle|limits|nolimits|,|!|;|:)$/
/** Signs of operations and relations, which have space on both sides. */
const SIGN =
  /^(?:[+=<>-]|\\(?:times|odot|oslash|otimes|cdot|circ|in|le|ge|leq|geq|ne|neq|to|succ|prec|land|lor|mapsto|approx|sim))$/
const FUNCTION =
  /^\\(?:arccos|arcsin|arctan|cos|cosh|cot|det|dim|exp|inf|lim|ln|log|max|min|sec|sin|sinh|sup|tan|tanh)$/

/** Roughly how wide LaTeX is when it is typeset, rather too wide than too narrow. Linear in its length, however deep it is. */
export function latexWidth(latex: string): number {
  const groups: Group[] = [{ width: 0, widest: 0, stacked: 0, isText: false }]
  let small = 0
  let fraction = 0
  let words = false
  for (const [token] of latex.matchAll(/\\[A-Za-z]+|\\.|[{}^_&]|\s+|[^\\{}^_&\s]/gsu)) {
    const top = groups[groups.length - 1]!
    if (token === '{') {
      groups.push({ width: 0, widest: 0, stacked: fraction, isText: words })
      fraction = 0
      words = false
    } else if (token === '}') {
      if (groups.length === 1) continue
      groups.pop()
      const outer = groups[groups.length - 1]!
      const width = Math.max(top.width, top.widest) * (small > 0 ? SMALL : 1)
      small = 0
      // The upper half waits for the lower one; the wider of the two counts.
      if (top.stacked === 2) {
        outer.widest = width
        fraction = 1
      } else if (top.stacked === 1) {
        outer.width += Math.max(outer.widest, width)
        outer.widest = 0
      } else outer.width += width
    } else if (token === '^' || token === '_') small = 1
    else if (token === '\\frac' || token === '\\tfrac' || token === '\\dfrac') fraction = 2
    else if (token === '\\text' || token === '\\operatorname') words = true
    else if (token === '\\\\') {
      top.widest = Math.max(top.widest, top.width)
      top.width = 0
    } else if (/^\s/.test(token)) {
      if (top.isText) top.width += TEXT_SPACE
    } else if (!NO_WIDTH.test(token)) {
      top.width += (top.isText ? WORD_LETTER : widthOf(token)) * (small > 0 ? SMALL : 1)
      small = 0
    }
  }
  const all = groups[0]!
  return Math.max(all.width, all.widest)
}

function widthOf(token: string): number {
  const known = WIDE.get(token)
  if (known !== undefined) return known
  if (SIGN.test(token)) return SPACED
  if (FUNCTION.test(token)) return (token.length - 1) * WORD_LETTER
  if (/^\p{Lu}$/u.test(token)) return UPPER
  return /^(?:[()[\]|,.;:!']|\\[{}|])$/.test(token) ? BRACKET : 1
}

/**
 * Cuts LaTeX into pieces no wider than asked for, at plus and minus signs (or behind commas) that stand outside all
 * brackets; a piece without such a sign stays whole.
 */
export function latexLines(latex: string, width: number, at: 'sign' | ',' = 'sign'): readonly string[] {
  if (latexWidth(latex) <= width) return [latex]
  const terms: string[] = []
  let depth = 0
  let start = 0
  for (const match of latex.matchAll(/\\[A-Za-z]+|\\.|[{}()[\]]| [+-] |, /gs)) {
    const [token] = match
    if (/^(?:[{([]|\\left|\\begin)$/.test(token)) depth++
    else if (/^(?:[})\]]|\\right|\\end)$/.test(token)) depth--
    else if (depth === 0 && (at === ',' ? token === ', ' : token === ' + ' || token === ' - ')) {
      const end = match.index + (at === ',' ? 1 : 0)
      terms.push(latex.slice(start, end))
      start = end + 1
    }
  }
  terms.push(latex.slice(start))
  const lines: string[] = []
  for (const term of terms) {
    const last = lines[lines.length - 1]
    if (last !== undefined && latexWidth(last) + latexWidth(term) <= width)
      lines[lines.length - 1] = `${last} ${term}`
    else lines.push(term)
  }
  return lines
}
