const DIGITS = 5
const SMALLEST = 1e-4
const LARGEST = 1e7

/** A number in the form `mantissa · 10^exponent`; the exponent is 0 where plain digits are read more easily. */
interface NumberText {
  readonly mantissa: string
  readonly exponent: number
}

/**
 * Five significant digits, without zeros at the end; the same on every machine. Not-a-number and infinities are
 * spelled as JavaScript does.
 */
function numberText(value: number): NumberText {
  const size = Math.abs(value)
  if (!Number.isFinite(value)) return { mantissa: String(value), exponent: 0 }
  if (size === 0) return { mantissa: '0', exponent: 0 }
  const [digits, exponent] = value.toExponential(DIGITS - 1).split('e') as [string, string]
  if (size >= SMALLEST && size < LARGEST) {
    const decimals = Math.max(0, DIGITS - 1 - Number(exponent))
    return { mantissa: trimmed(value.toFixed(decimals)), exponent: 0 }
  }
  return { mantissa: trimmed(digits), exponent: Number(exponent) }
}

/** `1.2e-7` */
export function plainNumber(value: number): string {
  const { mantissa, exponent } = numberText(value)
  return exponent === 0 ? mantissa : `${mantissa}e${exponent}`
}

/** `1.2 \cdot 10^{-7}` */
export function latexNumber(value: number): string {
  if (Number.isNaN(value)) return '\\text{undefined}'
  if (!Number.isFinite(value)) return value < 0 ? '-\\infty' : '\\infty'
  const { mantissa, exponent } = numberText(value)
  return exponent === 0 ? mantissa : `${mantissa} \\cdot 10^{${exponent}}`
}

function trimmed(digits: string): string {
  const text = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
  return text === '-0' ? '0' : text
}
