import type { Span } from '../../base/span.js'
import { latexName } from '../../expr/name.js'
import { sigmoid } from '../../ops/activations.js'
import type { Session } from './reader.js'

/** Control words that may stand in the spelling of a name. */
const SAFE =
  /^(?:[A-Za-z0-9_^{}(),.'[\]<> *+-]|\\(?:mathbf|boldsymbol|bm|mathcal|mathrm|mathsf|mathbb|mathtt|mathfrak|mathscr|text|textrm|hat|widehat|tilde|widetilde|bar|overline|vec|dot|prime|star|ell|[a-zA-Z]?[a-z]{1,9})(?![A-Za-z]))+$/

/** Notes how the author spells names, where that differs from what their canonical form gives. */
export function spellNames(session: Session, textAt: (span: Span) => string): void {
  if (session.dialect !== 'latex') return
  for (const [name, entry] of session.scope) {
    if ((entry.kind !== 'symbol' && entry.kind !== 'map') || entry.span === undefined) continue
    const text = textAt(entry.span).trim()
    // `\hat{y_i}` is written `\hat{y}_i` like all its neighbours.
    if (/^\\[a-z]+\{[^{}]*[_^]/.test(text)) continue
    if (text === '' || text.length > 80 || !SAFE.test(text) || !balanced(text)) continue
    if (squeezed(text) === squeezed(latexName(name)) || core(text) !== core(latexName(name))) continue
    session.notation.spelled(name, text)
  }
}

/** A spelling without what does not change how it looks. */
function squeezed(text: string): string {
  return text
    .replace(/\s+/g, '')
    .replace(/([_^])\{([A-Za-z0-9])\}/g, '$1$2')
    .replace(/\{\}/g, '')
}

/** The letters and digits of a spelling, fonts and braces aside: two spellings of one name share them. */
function core(text: string): string {
  return text
    .replace(
      /\\(?:mathbf|boldsymbol|bm|mathcal|mathrm|mathsf|mathbb|mathtt|mathfrak|mathscr|text|textrm|hat|widehat|tilde|widetilde|bar|overline|vec|dot)(?![A-Za-z])/g,
      '',
    )
    .replace(/[^A-Za-z0-9(),']/g, '')
}

function balanced(text: string): boolean {
  let depth = 0
  for (const character of text) {
    if (character === '{') depth++
    else if (character === '}' && --depth < 0) return false
  }
  return depth === 0
}

/** Where the author's sigma is another function, the logistic function is written by its word. */
export function spellSigmoid(session: Session): void {
  const entry = session.scope.get('sigma')
  if (entry?.kind !== 'function' && entry?.kind !== 'map') return
  const formula = entry.kind === 'function' ? entry.pointwise?.built?.derivatives[0] : undefined
  if (formula?.kind === 'call' && formula.op === sigmoid) return
  session.notation.saw('sigmoid', '\\operatorname{sigmoid}')
}

/** Where e, I or delta are quantities of the author, unit vectors, identities and Kronecker's delta are written otherwise. */
export function spellSpecials(session: Session): void {
  const { notation, scope } = session
  if (scope.has('e')) notation.saw('unit', '\\mathbf{e}')
  if (scope.has('I')) notation.saw('identity', '\\mathbf{I}')
  if (scope.has('delta')) notation.saw('delta', 'indicator')
}
