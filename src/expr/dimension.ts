import type { Dim } from './shape.js'

/** One term of a size: `-2 m n` has the coefficient -2 and the names `m`, `n`. */
interface DimTerm {
  readonly coefficient: number
  readonly names: readonly string[]
}

/** Signs and stars outside braces; inside braces they belong to a name such as `n_{i+1}`. */
function split(text: string, marks: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') depth++
    else if (text[i] === '}') depth--
    else if (depth === 0 && i > from && marks.includes(text[i]!)) {
      parts.push(text.slice(from, i))
      from = text[i] === '*' ? i + 1 : i
    }
  }
  return [...parts, text.slice(from)]
}

/** A size as a sum of terms: `m*n+2*n-1` has three. */
export function termsOfDim(dim: Dim): readonly DimTerm[] {
  if (typeof dim === 'number') return dim === 0 ? [] : [{ coefficient: dim, names: [] }]
  return split(dim, '+-').map(part => {
    const sign = part[0] === '-' ? -1 : 1
    const factors = split(part.replace(/^[+-]/, ''), '*')
    const numbers = factors.filter(factor => /^\d+$/.test(factor))
    return {
      coefficient: numbers.reduce((product, text) => product * Number(text), sign),
      names: factors.filter(factor => !/^\d+$/.test(factor)),
    }
  })
}

function spell(terms: readonly DimTerm[]): Dim {
  const totals = new Map<string, DimTerm>()
  for (const term of terms) {
    const names = [...term.names].sort()
    const key = names.join('*')
    const coefficient = (totals.get(key)?.coefficient ?? 0) + term.coefficient
    totals.set(key, { coefficient, names })
  }
  const rest = [...totals].filter(([, { coefficient }]) => coefficient !== 0)
  if (rest.every(([key]) => key === '')) return rest[0]?.[1].coefficient ?? 0
  // Products before names, numbers last, and what is positive first, so that no size begins with a minus needlessly.
  rest.sort(
    ([a, x], [b, y]) =>
      Number(x.coefficient < 0) - Number(y.coefficient < 0) ||
      y.names.length - x.names.length ||
      (a < b ? -1 : 1),
  )
  const constantLast = [...rest.filter(([key]) => key !== ''), ...rest.filter(([key]) => key === '')]
  return constantLast
    .map(([key, { coefficient }], i) => {
      const size = Math.abs(coefficient)
      const body = key === '' ? `${size}` : size === 1 ? key : `${size}*${key}`
      return coefficient < 0 ? `-${body}` : i === 0 ? body : `+${body}`
    })
    .join('')
}

/** The sum of two sizes in canonical spelling: `n` and `m` give `m+n`, `n` and -1 give `n-1`. */
export function sumOfDims(a: Dim, b: Dim): Dim {
  return spell([...termsOfDim(a), ...termsOfDim(b)])
}

/** The first size less the second. */
export function differenceOfDims(a: Dim, b: Dim): Dim {
  return spell([
    ...termsOfDim(a),
    ...termsOfDim(b).map(term => ({ ...term, coefficient: -term.coefficient })),
  ])
}

/** The product of two sizes, multiplied out: `n+1` and `m` give `m*n+m`. */
export function productOfDims(a: Dim, b: Dim): Dim {
  return spell(
    termsOfDim(a).flatMap(x =>
      termsOfDim(b).map(y => ({
        coefficient: x.coefficient * y.coefficient,
        names: [...x.names, ...y.names],
      })),
    ),
  )
}
