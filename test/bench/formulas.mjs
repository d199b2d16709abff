/** What the adapters share: formulas as text and as numbers, and the ways in which a peer can decline. */
import { all, create } from 'mathjs'

/** The peer cannot do this kind of problem at all. */
export class Cannot extends Error {}
/** The peer is not there. */
export class NotAvailable extends Error {}
/** The peer could, but not at this size. */
export class GaveUp extends Error {}

const LONGEST = 20_000_000
const SIGNS = { add: ' + ', sub: ' - ', mul: '*', div: '/', pow: '^' }

/** A formula as text; `names` holds what stands for a defined name, `spelling` what a tool calls its functions. */
export const textOf = (formula, names = new Map(), spelling = {}) => {
  const walk = part => {
    if (typeof part === 'number') return part < 0 ? `(${part})` : String(part)
    if (typeof part === 'string') return names.get(part) ?? part
    const [operation, ...rest] = part
    if (operation === 'call') return `${rest[0]}(${walk(rest[1])})`
    const words = rest.map(walk)
    if (operation === 'neg') return `(-${words[0]})`
    if (Object.hasOwn(SIGNS, operation)) return `(${words.join(SIGNS[operation])})`
    if (operation === 'sigmoid' && !spelling.sigmoid) return `(1/(1 + exp(-${words[0]})))`
    return `${spelling[operation] ?? operation}(${words[0]})`
  }
  return walk(formula)
}

/** The output of a problem as one text, with every defined name replaced by its body. */
export const inlined = ({ definitions, output }, spelling) => {
  const names = new Map()
  for (const [name, formula] of definitions) {
    const text = `(${textOf(formula, names, spelling)})`
    if (text.length > LONGEST)
      throw new GaveUp('its input, without shared names, passes 20 million characters')
    names.set(name, text)
  }
  return names.get(output)
}

/**
 * Every problem of the workload through `solve`, which gives one answer per name. Where there are several
 * problems, one that fails leaves its answers undefined and the others go on.
 */
export const each = (workload, solve) =>
  workload.problems.map(problem => {
    if (workload.problems.length === 1) return solve(problem)
    try {
      return solve(problem)
    } catch {
      return []
    }
  })

let calculator
/** The number that a formula printed by some tool stands for; undefined where it is no number. */
export const numberOf = (text, values) => {
  calculator ??= create(all)
  try {
    return calculator.evaluate(text, { ...values })
  } catch {
    return undefined
  }
}
