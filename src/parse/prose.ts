import type { MathBlock } from '../document/block.js'
import type { Statement } from './read.js'

/** Words of a property, the longer before the shorter that they begin with. */
const WORDS =
  'symmetric(?:,? (?:and )?positive[- ]definite)?|positive[- ]definite|diagonal|orthogonal|orthonormal|invertible|nonsingular|one[- ]hot'
const NOUNS = '(?: (?:matrix|matrices|vectors?|targets?|labels?|encodings?|encoded|rows))*'
/** The sentence ends, or goes on with something else; nothing restricts what was said. */
const ENDING =
  '(?=\\s*$|\\s*[.;:)]|,?\\s+(?:and|with|where|while|\\$|\\\\\\()|,(?!\\s*(?:if|when|only|unless|but)\\b))'

const BEHIND = new RegExp(
  `^(?:,?\\s*which)?\\s*(?:(?:is|are|be)\\s+)?(?:(?:an?|the|some)\\s+)?(${WORDS})${NOUNS}${ENDING}`,
  'i',
)
const BEFORE = new RegExp(
  `(?<![-\\p{L}])(?<!\\b(?:not|no|nor|non|or|if|when|whether) (?:an? |the )?)(${WORDS})${NOUNS}\\s*$`,
  'iu',
)

/** How far words are looked for. */
const FAR = 80

/**
 * What the sentence around a declaration says of its names, as a statement of its own: `Let $A \in \mathbb{R}^{n
 * \times n}$ be symmetric`, `a one-hot $t \in \mathbb{R}^K$`. Only what is declared right there is meant, for what is
 * said of a result is no assumption.
 */
export function saidAround(
  source: string,
  { span, display, cell }: MathBlock,
  statements: readonly Statement[],
): readonly Statement[] {
  if (display || cell !== undefined) return []
  const first = statements[0]
  const last = statements[statements.length - 1]
  const behind = BEHIND.exec(
    oneLine(source.slice(span.to, span.to + FAR).replace(/\n[ \t]*\n[\s\S]*/, '')),
  )?.[1]
  const before = BEFORE.exec(
    oneLine(source.slice(Math.max(0, span.from - FAR), span.from).replace(/[\s\S]*\n[ \t]*\n/, '')),
  )?.[1]
  return [
    ...(first === undefined ? [] : said(first, before)),
    ...(last === undefined ? [] : said(last, behind)),
  ]
}

function said(statement: Statement, words: string | undefined): readonly Statement[] {
  const { body, continues } = statement
  if (words === undefined || continues !== null || body.kind !== 'relation' || body.leading) return []
  if (body.operators.length !== 1 || body.operators[0] !== 'in') return []
  const remark = words
    .toLowerCase()
    .replace(/,? and |, /, ' ')
    .replace(/\s+/g, ' ')
  return [Object.freeze({ ...statement, body: body.operands[0]!, tail: [], lead: null, remark })]
}

/** A sentence goes on over the end of a line; emphasis is no part of it. */
function oneLine(text: string): string {
  return text.replace(/[*_~]+/g, '').replace(/[ \t]*\n[ \t]*/g, ' ')
}
