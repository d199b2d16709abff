/** A stretch of a label: on the line, below it, or above it. */
export interface Stretch {
  readonly text: string
  readonly level: -1 | 0 | 1
}

const GREEK: ReadonlyMap<string, string> = new Map(
  Object.entries({
    alpha: 'α',
    beta: 'β',
    gamma: 'γ',
    delta: 'δ',
    epsilon: 'ε',
    zeta: 'ζ',
    eta: 'η',
    theta: 'θ',
    kappa: 'κ',
    lambda: 'λ',
    mu: 'μ',
    nu: 'ν',
    xi: 'ξ',
    pi: 'π',
    rho: 'ρ',
    sigma: 'σ',
    tau: 'τ',
    phi: 'φ',
    chi: 'χ',
    psi: 'ψ',
    omega: 'ω',
    Gamma: 'Γ',
    Delta: 'Δ',
    Theta: 'Θ',
    Lambda: 'Λ',
    Xi: 'Ξ',
    Pi: 'Π',
    Sigma: 'Σ',
    Phi: 'Φ',
    Psi: 'Ψ',
    Omega: 'Ω',
    ell: 'ℓ',
    sigmoid: 'σ',
  }),
)

/** Plain mathematics as it is drawn: Greek letters, signs, and scripts one level deep. */
export function stretchesOf(plain: string): readonly Stretch[] {
  const text = signs(plain)
  const found: Stretch[] = []
  let line = ''
  const flush = () => {
    if (line !== '') found.push({ text: line, level: 0 })
    line = ''
  }
  for (let at = 0; at < text.length; ) {
    const c = text[at]!
    if (c !== '_' && c !== '^') {
      line += c
      at++
      continue
    }
    const end = scriptEnd(text, at + 1)
    const inside = text.slice(at + 1, end).replace(/^\{|\}$/g, '')
    flush()
    found.push({ text: inside.replace(/[_{}]/g, ''), level: c === '_' ? -1 : 1 })
    at = end
  }
  flush()
  return found
}

function signs(plain: string): string {
  return plain
    .replace(/\bd\/d(?=\S)/g, '∂/∂')
    .replace(/\bnorm2\(·\)/g, '‖·‖')
    .replace(/[A-Za-z]+/g, word => GREEK.get(word) ?? word)
    .replace(/'(?!\()/g, 'ᵀ')
    .replaceAll("'", '′')
    .replaceAll('.*', '⊙')
    .replaceAll('*', '·')
    .replace(/(^|[\s(=,[])-(?=[\d·\p{L}(])/gu, '$1−')
    .replaceAll(' - ', ' − ')
}

/** A brace with what it holds, a number, or one character. */
function scriptEnd(text: string, from: number): number {
  if (text[from] !== '{') return from + (/^-?\d+/.exec(text.slice(from))?.[0].length ?? 1)
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return at + 1
  }
  return text.length
}

/** The words without any scripts set apart, for readers that only hear them. */
export function spoken(plain: string): string {
  return signs(plain)
}
