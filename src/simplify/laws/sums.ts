import { ONE, signOf } from '../../base/rational.js'
import { number } from '../../expr/intern.js'
import type { Law } from '../../expr/law.js'
import type { Call, Expr } from '../../expr/node.js'
import { isScalar } from '../../expr/shape.js'
import { isCall, multiplication, ones } from '../../ops/core.js'
import { powering } from '../../ops/powers.js'
import { cosine, sine } from '../../ops/trigonometric.js'
import { coefficientOf } from '../factors.js'
import { defineLaw } from '../law.js'
import { sumOfTerms } from '../terms.js'
import { addBlocks } from './blocks.js'
import {
  factorOutFunction,
  factorOutLeft,
  factorOutOfSome,
  factorOutOfSomeEnds,
  factorOutPower,
  factorOutRight,
} from './factoring.js'
import { commonDenominator, expandTermsWhereShorter, hasPart } from './fractions.js'
import { addPiecewise } from './piecewise.js'

const likeTerms = defineLaw({
  id: 'collect-like-terms',
  name: 'collect like terms',
  statement: 'ax+bx=(a+b)x',
  sentence: 'Terms that differ only in their numeric factor are added.',
  example: '2*s + t + 3*s = 5*s + t',
  apply: (node, facts) => (isPlain(node) ? undefined : sumOfTerms(node.args, node.shape, facts)),
})

/** A few products of different symbols: no two of them are like terms. */
function isPlain(node: Call): boolean {
  if (node.args.length > 4) return false
  if (node.args.length === 2 && isOneMinus(node.args[0]!, node.args[1]!)) return true
  const seen: number[] = []
  for (const term of node.args) {
    if (term.kind !== 'call' || term.op !== multiplication || !isScalar(term.shape)) return false
    let signature = term.args.length
    for (const factor of term.args) {
      if (factor.kind !== 'sym') return false
      signature += factor.id * factor.id
    }
    if (seen.includes(signature)) return false
    seen.push(signature)
  }
  return true
}

// --------------------------------------------------------------------------------------------- taking out factors

/** `1 - x`, the commonest sum of all: a positive number, and a term that is none. */
function isOneMinus(first: Expr, second: Expr): boolean {
  if (first.kind !== 'num' || signOf(first.value) <= 0) return false
  if (second.kind !== 'call') return second.kind === 'sym'
  const factor = isCall(second, multiplication) ? second.args[0]! : undefined
  return (
    second.args.length === 2 &&
    factor?.kind === 'num' &&
    factor.value.n === 1n &&
    second.args[1]!.kind !== 'num'
  )
}

const pythagoras = defineLaw({
  id: 'pythagorean-identity',
  name: 'Pythagorean identity',
  statement: '\\sin^2x+\\cos^2x=1',
  sentence: 'The squares of sine and cosine of one argument add up to one.',
  source: 'abramowitz-stegun:4.3.10',
  level: 'normal',
  needs: [sine],
  example: 'sin(s)^2 + cos(s)^2 = 1',
  apply: (node, facts) => {
    if (node.args.filter(term => hasPart(term, powering)).length < 2) return undefined
    for (const term of node.args) {
      const { coefficient, rest } = coefficientOf(term)
      const angle = squareOf(rest, sine)
      if (angle === undefined) continue
      const partner = node.args.find(other => {
        const { coefficient: c, rest: r } = coefficientOf(other)
        return squareOf(r, cosine) === angle && c.equals(coefficient)
      })
      if (partner === undefined) continue
      const left = node.args.filter(other => other !== term && other !== partner)
      return sumOfTerms([number(coefficient, ones(node.shape).shape), ...left], node.shape, facts)
    }
    return undefined
  },
})

function squareOf(node: Expr, op: Call['op']): Expr | undefined {
  if (!isCall(node, powering) || node.args[1] !== number(ONE.add(1))) return undefined
  const base = node.args[0]!
  return isCall(base, op) ? base.args[0] : undefined
}

export const sumLaws: readonly Law[] = Object.freeze([
  likeTerms,
  addPiecewise,
  addBlocks,
  pythagoras,
  factorOutRight,
  factorOutLeft,
  factorOutOfSomeEnds,
  commonDenominator,
  expandTermsWhereShorter,
  factorOutFunction,
  factorOutPower,
  factorOutOfSome,
])
