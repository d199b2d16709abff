import { sameShape, shapeText } from '../expr/shape.js'
import { exampleText } from './example.js'
import type { Ground } from './ground.js'
import type { Equation, Verdict } from './verdict.js'

/** Decides whether two formulas are equal: by shapes, by a proof, by numbers. */
export function judge(ground: Ground, equation: Equation): Verdict {
  const { left, right } = equation
  if (left === right) return { status: 'proved', message: 'both sides are the same formula' }
  if (!sameShape(left.shape, right.shape)) {
    const message = `the left side is ${shapeText(left.shape)}, the right side ${shapeText(right.shape)}`
    return { status: 'shape-mismatch', message }
  }
  return decide(ground, equation)
}

/** Formulas of one shape. */
export function decide(ground: Ground, { left, right }: Equation): Verdict {
  if (ground.proves(left, right)) return { status: 'proved', message: 'both sides have one normal form' }
  const check = ground.compare(left, right)
  if (check.status === 'agrees') {
    const sizes = check.sizes.map(choice => choice.map(([name, size]) => `${name} = ${size}`).join(', '))
    const shown = sizes.filter(text => text !== '')
    const where = shown.length === 0 ? '' : `, sizes ${shown.join('; ')}`
    return { status: 'agrees', message: `agrees at ${check.points} points${where}` }
  }
  if (check.status === 'undecided') return { status: 'unknown', message: `not decided: ${check.message}` }
  return {
    status: 'refuted',
    message: exampleText(ground, { left, right }, check.counterexample),
    counterexample: check.counterexample,
  }
}
