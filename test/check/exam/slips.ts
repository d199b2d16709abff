/** A line with one slip, and what kind of slip it is. */
export interface Slip {
  readonly kind: string
  readonly line: string
}

type Slipping = readonly [kind: string, pattern: RegExp, by: (match: RegExpExecArray) => readonly string[]]

/** A name as it may stand in a line, with its scripts. */
const NAME = String.raw`(?:\\[a-zA-Z]+|[A-Za-z])(?:_(?:\{[^{}]*\}|\w)|\^(?:\{\(\d\)\}))*`

const SLIPS: readonly Slipping[] = [
  ['transpose dropped', /\^\\top|\^\{\\top\}/g, () => ['']],
  ['transpose of a bracket dropped', /(\([^()]*\))\^\\top/g, ([, inside]) => [inside!]],
  ['transpose added', /(?<![\\A-Za-z_^{])([A-Z](?:_\w)?)(?![\w^_(')])/g, ([, name]) => [`${name}^\\top`]],
  [
    'factors swapped',
    new RegExp(String.raw`(${NAME}\^\\top) (${NAME})(?![\w^_(])`, 'g'),
    ([, a, b]) => [`${b} ${a}`],
  ],
  ['factors swapped', /(?<![\w^_}])([A-Za-z](?:_\w)?) ([A-Za-z]\^\\top)/g, ([, a, b]) => [`${b} ${a}`]],
  ['matrix product for Hadamard', / \\odot /g, () => [' ']],
  [
    'Hadamard for matrix product',
    new RegExp(String.raw`(\^\\top) (?=${NAME})`, 'g'),
    ([, a]) => [`${a} \\odot `],
  ],
  ['factor 2 lost', /(?<![\w^_{.])2 ?(?=[A-Za-z\\(])/g, () => ['']],
  ['factor 2 invented', /= ?(?=[A-Za-z\\(])/g, () => ['= 2 ']],
  ['factor one half lost', /\\frac\{1\}\{2\} ?/g, () => ['']],
  ['one over the number lost', /\\frac\{1\}\{[mNn]\} ?/g, () => ['']],
  ['sign flipped', / - /g, () => [' + ']],
  ['sign flipped', / \+ /g, () => [' - ']],
  ['sign flipped', /= ?-/g, () => ['= ']],
  ['sign flipped', /= (?![-=])/g, () => ['= -']],
  ['prime dropped', /'(?=\()/g, () => ['']],
  ['derivative of the activation dropped', / \\odot (?:\\\w+|\w)'\([^()]*\)/g, () => ['']],
  ['derivative of the activation dropped', / \\odot \(1 - [^()]*\)/g, () => ['']],
  ['wrong point', /'\(z/g, () => ["'(a"]],
  ['exponent', /\^2(?!\w)/g, () => ['', '^3']],
  ['exponent', /\^\{-1\}/g, () => ['']],
  ['index', /_\{?i\}?(?![\w}])/g, () => ['_j']],
  ['index', /_j(?!\w)/g, () => ['_i']],
  ['indices swapped', /_\{(\w)(\w)\}/g, ([, a, b]) => [`_{${b}${a}}`]],
  ['layer', /\^\{\((\d)\)\}/g, ([, k]) => [`^{(${k === '1' ? 2 : Number(k) - 1})}`]],
  ['layer', /_([12])(?!\w)/g, ([, k]) => [`_${k === '1' ? 2 : 1}`]],
  ['symbol', /(?<![\\\w{}])a(?![\w^_(])/g, () => ['z', 'y']],
  ['symbol', /(?<![\\\w{}])x(?![\w^_(])/g, () => ['y', 'b']],
  ['symbol', /(?<![\\\w{}])p(?![\w^_(])/g, () => ['y']],
  ['one forgotten', /1 - /g, () => ['']],
  ['sine for cosine', /\\cos/g, () => ['\\sin']],
  ['diagonal dropped', /\\operatorname\{diag\}/g, () => ['']],
]

/** Every single slip in what a line claims: behind its last relation sign. */
export function slipsOf(line: string): readonly Slip[] {
  const from = line.lastIndexOf('=')
  const found = new Map<string, Slip>()
  for (const [kind, pattern, by] of SLIPS) {
    pattern.lastIndex = 0
    for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
      if (match[0] === '') pattern.lastIndex++
      if (match.index < from) continue
      for (const text of by(match)) {
        const changed = line.slice(0, match.index) + text + line.slice(match.index + match[0].length)
        if (changed.trim() !== line && !found.has(changed)) found.set(changed, { kind, line: changed })
      }
    }
  }
  return [...found.values()]
}
