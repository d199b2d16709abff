import { cover } from '../base/span.js'
import type { Token } from './lexer/token.js'
import { make, spanOver } from './make.js'
import type { ProductOperator, Sign, Syntax } from './syntax.js'

/** One factor with how it is joined to the factor before. */
export interface Element {
  readonly operator: ProductOperator
  readonly signs: readonly Token[]
  readonly node: Syntax
}

const CIRCLED: ReadonlySet<ProductOperator> = new Set<ProductOperator>([
  'odot',
  'circ',
  'otimes',
  'oslash',
  'oplus',
  'ominus',
  'star',
  'bullet',
  'cup',
  'cap',
  'setminus',
  'wedge',
  'vee',
])

export function isCircled(operator: ProductOperator): boolean {
  return CIRCLED.has(operator)
}

/** Multiplies a row out by precedence; the signs of the first factor are those of the whole. */
export function combine(elements: readonly Element[]): Syntax {
  const loose: Syntax[] = []
  const looseOperators: ProductOperator[] = []
  let tight: Syntax[] = []
  let operators: ProductOperator[] = []
  elements.forEach((element, i) => {
    const node = i === 0 ? element.node : signed(element.signs, element.node)
    if (i > 0 && CIRCLED.has(element.operator)) {
      loose.push(product(tight, operators))
      looseOperators.push(element.operator)
      tight = []
      operators = []
    } else if (i > 0) operators.push(element.operator)
    tight.push(node)
  })
  loose.push(product(tight, operators))
  return signed(elements[0]!.signs, product(loose, looseOperators))
}

function product(factors: readonly Syntax[], operators: readonly ProductOperator[]): Syntax {
  if (factors.length === 1) return factors[0]!
  return make({ kind: 'product', span: spanOver(factors), factors, operators })
}

function signed(signs: readonly Token[], node: Syntax): Syntax {
  let result = node
  for (let i = signs.length - 1; i >= 0; i--) {
    const { text, span } = signs[i]!
    result = make({ kind: 'signed', span: cover(span, result.span), sign: text as Sign, operand: result })
  }
  return result
}
