import { ONE, signOf } from '../../base/rational.js'
import { number } from '../../expr/intern.js'
import type { Law } from '../../expr/law.js'
import type { Call, Expr } from '../../expr/node.js'
import { addition, division, isCall, multiplication, ones } from '../../ops/core.js'
import { powering } from '../../ops/powers.js'
import { cosine, sine } from '../../ops/trigonometric.js'
import { MOST_COMPARED, mayBeEqual } from '../classes.js'
import { coefficientOf } from '../factors.js'
import { defineLaw } from '../law.js'
import { sumOfTerms } from '../terms.js'
import { addBlocks } from './blocks.js'
import { assembleCoordinates } from './coordinates.js'
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

/** A few different terms, the first of them positive: nothing to collect. */
function isPlain(node: Call): boolean {
  const { args } = node
  if (args.length > MOST_COMPARED) return false
  for (let i = 0; i < args.length; i++) {
    const term = args[i]!
    if (!isPlainTerm(term, i === 0)) return false
    for (let k = 0; k < i; k++) if (mayBeAlike(args[k]!, term)) return false
  }
  return true
}

/** A term whose numeric factor, if it has one, stands in front of the product. */
function isPlainTerm(term: Expr, first: boolean): boolean {
  if (term.kind === 'num') return first && signOf(term.value) > 0
  if (term.kind === 'sym') return true
  if (term.op === division || term.op === addition) return false
  if (term.op !== multiplication) return true
  const factor = term.args[0]!
  if (factor.kind !== 'num') return true
  if (factor.value.n === 0n || (first && signOf(factor.value) < 0)) return false
  // What is left of it may be another product or a quotient, with a number of its own.
  const rest = term.args[1]!
  return term.args.length > 2 ? rest.kind !== 'num' : rest.kind === 'sym' || isPlainRest(rest)
}

function isPlainRest(rest: Expr): boolean {
  return rest.kind === 'call' && rest.op !== division && rest.op !== multiplication && rest.op !== addition
}

/** Whether two terms may differ in their numeric factor alone. */
function mayBeAlike(a: Expr, b: Expr): boolean {
  if (mayBeEqual(a, b)) return true
  const [size, other] = [lengthWithoutNumber(a), lengthWithoutNumber(b)]
  if (size !== other) return false
  // With a number in front of one of them the two are compared factor by factor.
  const [front, behind] = [startOf(a), startOf(b)]
  if (front === 0 && behind === 0) return false
  let difference = 0
  for (let i = 0; i < size; i++) {
    difference += factorAt(a, front + i).sketch - factorAt(b, behind + i).sketch
  }
  return difference === 0
}

function startOf(term: Expr): number {
  return isCall(term, multiplication) && term.args[0]!.kind === 'num' ? 1 : 0
}

function lengthWithoutNumber(term: Expr): number {
  return isCall(term, multiplication) ? term.args.length - startOf(term) : 1
}

function factorAt(term: Expr, i: number): Expr {
  return isCall(term, multiplication) ? term.args[i]! : term
}

// --------------------------------------------------------------------------------------------- taking out factors

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
  assembleCoordinates,
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
