import { rational } from '../base/rational.js'
import { domainConditions, formulasUnder, isSymmetricVariable } from '../derive/conditions.js'
import { number, symbol } from '../expr/intern.js'
import type { Assumption } from '../expr/law.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Fact, Problem } from '../expr/problem.js'
import { postorder } from '../expr/walk.js'
import { add, isCall, isZero, multiply, transpose } from '../ops/core.js'
import { isCondition, piecewise } from '../ops/piecewise.js'
import type { Drafting } from './drafting.js'
import { expression, type Maths, type Prose, type Section } from './maths.js'

const MOST_CONDITIONS = 6

/** What the results rest on: assumptions that were used, where they hold, and what is done at kinks. */
export function notesSection(drafting: Drafting): Section {
  const sentences = [
    ...zeros(drafting),
    ...depths(drafting),
    ...assumptions(drafting),
    ...symmetricVariables(drafting),
    ...conditions(drafting),
    ...kinks(drafting),
  ]
  return { id: 'notes', title: 'Notes', rows: [], sentences }
}

/** From how many steps on the rules of a recurrence hold, where that is not from the first on. */
function depths({ solution }: Drafting): readonly Prose[] {
  const { problem, leastDepth = 1 } = solution
  if (problem.layers === undefined || leastDepth === 1) return []
  return [['The rules hold for ', { kind: 'least', letter: problem.layers.depth, least: leastDepth }, '.']]
}

/** A derivative by something that does not occur is zero, and often a slip of notation: what does occur is named. */
function zeros(drafting: Drafting): readonly Prose[] {
  const { solution, nameOf } = drafting
  const { problem, answers } = solution
  if (problem.layers !== undefined) return zerosOfLayers(drafting)
  return answers.flatMap(({ question: { of, wrt } }): Prose[] => {
    const reached = nodesOf({ ...problem, questions: [{ of, wrt, order: 1 }] }).filter(
      node => node.kind === 'sym',
    )
    if (of === wrt || reached.includes(wrt)) return []
    const name = expression(nameOf(of))
    const alike = reached.filter(symbol => symbol.role === 'variable' && letterOf(symbol) === letterOf(wrt))
    const zero: Prose = [name, ' does not depend on ', expression(wrt), ', so this derivative is zero.']
    if (alike.length === 0) return [zero]
    const named = alike.flatMap((symbol, i) => (i === 0 ? [expression(symbol)] : [', ', expression(symbol)]))
    return [[...zero, ' It does depend on ', ...named, '.']]
  })
}

/** Members are symbols of their own, so that the result alone tells. */
function zerosOfLayers({ solution, nameOf }: Drafting): readonly Prose[] {
  return solution.answers
    .filter(({ result }) => isZero(result))
    .map(
      ({ question: { of, wrt } }): Prose => [
        expression(nameOf(of)),
        ' does not depend on ',
        expression(wrt),
        ', so this derivative is zero.',
      ],
    )
}

/** The letter of a name without fonts, marks and scripts. */
function letterOf({ name }: Sym): string {
  return /^(?:[a-z]+\{)*([A-Za-z]+)/.exec(name)?.[1] ?? name
}

function assumptions({ solution }: Drafting): readonly Prose[] {
  const used = new Map<string, Maths>()
  const facts = new Map(solution.problem.facts.map(fact => [fact.assumption, fact]))
  for (const assumption of solution.answers.flatMap(answer => answer.assumptions)) {
    const fact = facts.get(assumption) ?? asFact(assumption)
    used.set(
      assumption.latex,
      fact === undefined
        ? { kind: 'latex', latex: assumption.latex }
        : { kind: 'equation', left: fact.left, right: fact.right },
    )
  }
  return [...used.values()].map((maths): Prose => ['Uses the assumption ', maths, '.'])
}

/** What was declared by a set, as the equation it amounts to. */
function asFact(assumption: Assumption): Fact | undefined {
  const { sides } = assumption
  return sides && { left: sides[0], right: sides[1], assumption }
}

/** Where the functions of the problem are defined, as far as that does not follow from the declarations. */
function conditions({ solution }: Drafting): readonly Prose[] {
  const { problem } = solution
  const all = domainConditions(
    problem,
    problem.questions.map(({ of }) => of),
  )
  if (all.length === 0) return []
  const shown = all.slice(0, MOST_CONDITIONS).map(({ node, holds }): Maths => {
    return { kind: 'condition', node, holds: holds === 'unit-interval' ? 'unit' : holds }
  })
  const more = all.length - shown.length
  const rest =
    more === 0 ? '.' : `, and under ${more} more ${more === 1 ? 'condition' : 'conditions'} of this kind.`
  return [['Valid where ', ...shown.flatMap((maths, i) => (i === 0 ? [maths] : [', ', maths])), rest]]
}

/** A derivative by a symmetric matrix: which of two meanings is taken, and what the other would be. */
function symmetricVariables({ solution }: Drafting): readonly Prose[] {
  const { problem, answers } = solution
  const variables = new Set(
    answers.flatMap(({ kind, question }) => (kind === 'gradient' ? [question.wrt] : [])),
  )
  return [...variables]
    .filter(variable => isSymmetricVariable(problem, variable))
    .map(variable => {
      const gradient = symbol(freeLetter(problem), variable.shape)
      const projected = multiply(number(rational(1, 2)), add(gradient, transpose(gradient)))
      return [
        'All entries of ',
        expression(variable),
        ' are varied independently, although it is symmetric; among symmetric matrices the gradient is ',
        expression(projected),
        ', with ',
        expression(gradient),
        ' the result above.',
      ]
    })
}

/** A letter for a gradient that the problem does not use. */
function freeLetter({ declarations, definitions }: Problem): string {
  const used = new Set([...declarations, ...definitions].map(({ symbol: { name } }) => name))
  return ['G', 'H', 'M', 'R'].find(letter => !used.has(letter)) ?? 'G'
}

/** One sentence for each function that has points without a derivative. */
function kinks({ solution }: Drafting): readonly Prose[] {
  const said = new Map<string, string>()
  const nodes = nodesOf(solution.problem)
  const tests = conditionsIn(nodes)
  for (const node of nodes) {
    if (node.kind === 'call' && node.op.kinks !== undefined && !tests.has(node))
      said.set(node.op.title, node.op.kinks)
  }
  return [...said].map(
    ([title, kink]): Prose => [`${title.charAt(0).toUpperCase()}${title.slice(1)}: ${kink}.`],
  )
}

/** Comparisons that choose between branches: the choice itself has a sentence. */
function conditionsIn(nodes: readonly Expr[]): ReadonlySet<Expr> {
  const tests = new Set<Expr>()
  for (const node of nodes) {
    if (!isCall(node, piecewise)) continue
    for (const part of postorder(node.args.filter((_, k) => isCondition(k, node.args)))) tests.add(part)
  }
  return tests
}

/** Every formula that the questions are about, directly or through definitions. */
function nodesOf(problem: Problem): readonly Expr[] {
  return formulasUnder(
    problem,
    problem.questions.map(({ of }) => of),
  )
}
