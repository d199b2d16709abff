/*
 * A canonical name is one string in a small language of its own, the same for every dialect:
 *   name   = core ["_" part] ["^" part] { "'" }
 *   part   = one character | "{" text "}"          subscripts and labels, themselves names, commas and numbers
 *   core   = word | style "{" name "}"             `hat{y}`, `bold{x}`, `cal{L}`, `bb{1}`
 *   word   = letters and digits                    Greek letters by their names: `theta`, `Sigma`
 * `W_{x_0,r_0}`, `Theta^{1}`, `hat{y}_i` and `a^{(2)}` are names. The plain dialect writes a name as it is.
 */

const GREEK: ReadonlySet<string> = new Set(
  (
    'alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi omicron pi varpi rho ' +
    'varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi ' +
    'Omega ell partial infty'
  ).split(' '),
)

const STYLES: ReadonlyMap<string, string> = new Map([
  ['hat', '\\hat'],
  ['bar', '\\bar'],
  ['tilde', '\\tilde'],
  ['vec', '\\vec'],
  ['dot', '\\dot'],
  ['bold', '\\mathbf'],
  ['bm', '\\boldsymbol'],
  ['cal', '\\mathcal'],
  ['bb', '\\mathbb'],
  ['rm', '\\mathrm'],
  ['sf', '\\mathsf'],
  ['tt', '\\mathtt'],
  ['frak', '\\mathfrak'],
  ['scr', '\\mathscr'],
])

/** Whether a word is the name of a Greek letter (or of `\ell`). */
export function isGreek(word: string): boolean {
  return GREEK.has(word)
}

/** Whether a word is a style of canonical names, such as `hat` or `bold`. */
export function isStyle(word: string): boolean {
  return STYLES.has(word)
}

/** The LaTeX spelling of a canonical name: `theta_{1}` is `\theta_{1}`, `hat{y}` is `\hat{y}`, `W1` is `W_{1}`. */
export function latexName(name: string): string {
  let out = ''
  let at = 0
  const words = /[A-Za-z]+[0-9]*|[0-9]+|\s+|./suy
  while (at < name.length) {
    words.lastIndex = at
    const match = words.exec(name)
    const text = match ? match[0] : name[at]!
    at += text.length
    if (!/^[A-Za-z]/.test(text)) {
      out += text
      continue
    }
    if (name[at] === '{' && STYLES.has(text)) out += STYLES.get(text)
    else out += latexWord(text, out)
  }
  return out
}

function latexWord(text: string, before: string): string {
  const match = /^([A-Za-z]+)([0-9]*)$/.exec(text)!
  const letters = match[1]!
  const digits = match[2]!
  const core = GREEK.has(letters) ? `\\${letters}` : letters.length > 1 ? `\\mathrm{${letters}}` : letters
  const glued = /\\[A-Za-z]+$/.test(before) ? `{}${core}` : core
  return digits === '' ? glued : `${glued}_{${digits}}`
}
