import type { Expr, Sym } from '../expr/node.js'
import type { Problem } from '../expr/problem.js'
import { postorder } from '../expr/walk.js'
import { isCall } from '../ops/core.js'
import { piecewise } from '../ops/piecewise.js'
import { factsOf } from '../simplify/facts.js'
import type { Drafting } from './drafting.js'
import { type Condition, expression, type Maths, type Prose, type Section } from './maths.js'

const MOST_CONDITIONS = 6

/** What the results rest on: assumptions that were used, where they hold, and what is done at kinks. */
export function notesSection(drafting: Drafting): Section {
  const sentences = [
    ...zeros(drafting),
    ...assumptions(drafting),
    ...conditions(drafting),
    ...kinks(drafting),
  ]
  return { id: 'notes', title: 'Notes', rows: [], sentences }
}

/** A derivative by something that does not occur is zero, and often a slip of notation: what does occur is named. */
function zeros({ solution, nameOf }: Drafting): readonly Prose[] {
  const { problem, answers } = solution
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

/** The letter of a name without fonts, marks and scripts. */
function letterOf({ name }: Sym): string {
  return /^(?:[a-z]+\{)*([A-Za-z]+)/.exec(name)?.[1] ?? name
}

function assumptions({ solution }: Drafting): readonly Prose[] {
  const used = new Map<string, Maths>()
  const facts = new Map(solution.problem.facts.map(fact => [fact.assumption, fact]))
  for (const assumption of solution.answers.flatMap(answer => answer.assumptions)) {
    const fact = facts.get(assumption)
    used.set(
      assumption.latex,
      fact === undefined
        ? { kind: 'latex', latex: assumption.latex }
        : { kind: 'equation', left: fact.left, right: fact.right },
    )
  }
  return [...used.values()].map((maths): Prose => ['Uses the assumption ', maths, '.'])
}

/** Where the functions of the problem are defined, as far as that does not follow from the declarations. */
function conditions({ solution }: Drafting): readonly Prose[] {
  const { problem } = solution
  const facts = factsOf(problem)
  const found = new Map<string, Maths>()
  for (const node of nodesOf(solution.problem)) {
    if (node.kind !== 'call' || node.op.domain === undefined) continue
    for (const [k, arg] of node.args.entries()) {
      const domain = node.op.domain(k, node.args)
      if (domain === 'real' || arg.kind === 'num') continue
      if (facts.positive(arg) && (domain === 'positive' || domain === 'nonzero' || domain === 'nonnegative'))
        continue
      if (domain === 'nonzero' && facts.nonzero(arg)) continue
      const holds: Condition = domain === 'unit-interval' ? 'unit' : domain
      found.set(`${arg.id} ${holds}`, { kind: 'condition', node: arg, holds })
    }
  }
  const shown = [...found.values()]
  if (shown.length === 0 || shown.length > MOST_CONDITIONS) return []
  return [['Valid where ', ...shown.flatMap((maths, i) => (i === 0 ? [maths] : [', ', maths])), '.']]
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
    for (const part of postorder(node.args.filter((_, k) => k % 2 === 0 && k < node.args.length - 1)))
      tests.add(part)
  }
  return tests
}

/** Every formula that the questions are about, directly or through definitions. */
function nodesOf({ definitions, questions }: Problem): readonly Expr[] {
  const bodies = new Map<Expr, Expr>(definitions.map(({ symbol, body }) => [symbol, body]))
  const found = new Set<Expr>()
  for (let open: readonly Expr[] = questions.map(({ of }) => of); open.length > 0; ) {
    const fresh = postorder(open).filter(node => !found.has(node))
    for (const node of fresh) found.add(node)
    open = fresh.flatMap(node => bodies.get(node) ?? [])
  }
  return [...found]
}
