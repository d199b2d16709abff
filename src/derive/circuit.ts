import type { Tensor } from '../base/tensor.js'
import { pointOf } from '../evaluate/bindings.js'
import { evaluateExpr } from '../evaluate/evaluate.js'
import { symbol } from '../expr/intern.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Definition, Problem } from '../expr/problem.js'
import { isScalar } from '../expr/shape.js'
import { postorder, remake, substitute, symbolsOf } from '../expr/walk.js'
import type { Tensors } from '../tensor/tensor.js'
import { work } from './derive.js'
import { valuesOrNone } from './numbers.js'
import type { Solution } from './solution.js'

/** One step of the computation: a quantity made from others by one operation, or by one definition. */
export interface Gate {
  readonly symbol: Sym
  /** Over the quantities that go in. */
  readonly body: Expr
  readonly inputs: readonly Sym[]
  /** Whether the author gave it its name. */
  readonly named: boolean
  /** The derivative by each of its inputs, of a number by a number. */
  readonly local: ReadonlyMap<Sym, Expr>
}

/** The computational graph of one function, with what flows through it. */
export interface Circuit {
  readonly output: Sym
  /** Quantities that nothing computes, in the order they are used. */
  readonly inputs: readonly Sym[]
  /** Every gate comes after those it takes from. */
  readonly gates: readonly Gate[]
  /** The derivative of the output by every other quantity, over the names of quantities. */
  readonly gradients: ReadonlyMap<Sym, Expr>
  /** The solution the gradients are from: its definitions are the gates. */
  readonly solution: Solution
}

/** A gate for every operation, or one for every definition. */
export type Detail = 'operations' | 'definitions'

/**
 * The computational graph of a defined scalar. Raises `NotDifferentiableError` where a gradient has no rule.
 */
export function circuitOf(problem: Problem, output: Sym, detail: Detail): Circuit {
  const reached = definitionsOf(problem, output)
  const gates = detail === 'definitions' ? reached.map(ownGate) : reached.flatMap(gateMaker(problem))
  const made = new Set(gates.map(gate => gate.symbol))
  const inputs = symbolsOf(gates.map(({ body }) => body)).filter(
    each => each.role === 'variable' && !made.has(each),
  )
  const asked = [...inputs, ...gates.map(gate => gate.symbol)].filter(each => each !== output)
  const solution = work(
    {
      ...problem,
      definitions: gates.map((gate): Definition => ({ symbol: gate.symbol, body: gate.body })),
      questions: asked.map(wrt => ({ of: output, wrt, order: 1 })),
    },
    { stage: false },
  )
  const gradients = new Map(solution.answers.map(({ question, expanded }) => [question.wrt, expanded]))
  return {
    output,
    inputs,
    gates: gates.map(gate => ({ ...gate, local: localOf(problem, gate) })),
    gradients,
    solution,
  }
}

/** The definitions a value rests on, each after those it uses. */
function definitionsOf({ definitions }: Problem, output: Sym): readonly Definition[] {
  const wanted = new Set<Sym>([output])
  const found: Definition[] = []
  for (const definition of definitions.toReversed()) {
    if (!wanted.has(definition.symbol)) continue
    found.push(definition)
    for (const used of symbolsOf([definition.body])) wanted.add(used)
  }
  return found.reverse()
}

type Draft = Omit<Gate, 'local'>

function ownGate({ symbol: name, body }: Definition): Draft {
  return { symbol: name, body, inputs: inputsOf(body), named: true }
}

function inputsOf(body: Expr): readonly Sym[] {
  return symbolsOf([body]).filter(({ role }) => role === 'variable')
}

/** Splits definitions into operations; equal parts share a gate. */
function gateMaker(problem: Problem): (definition: Definition) => readonly Draft[] {
  const used = new Set([
    ...problem.declarations.map(each => each.symbol.name),
    ...problem.definitions.map(each => each.symbol.name),
  ])
  const known = new Map<Expr, Expr>()
  let count = 0
  const fresh = (like: Expr): Sym => {
    let name: string
    do name = `v_${++count}`
    while (used.has(name))
    return symbol(name, like.shape)
  }
  return ({ symbol: name, body }) => {
    const drafts: Draft[] = []
    const nodes = postorder([body], node => node.kind === 'call' && !node.op.binds)
    for (const node of nodes) {
      if (known.has(node) || node.kind !== 'call') continue
      const own = node.op.binds
        ? node
        : remake(
            node,
            node.args.map(arg => known.get(arg) ?? arg),
          )
      const inputs = inputsOf(own)
      // What no quantity goes into is a constant and no gate.
      if (inputs.length === 0 && node !== body) continue
      const made = node === body ? name : fresh(node)
      known.set(node, made)
      drafts.push({ symbol: made, body: own, inputs, named: node === body })
    }
    if (drafts.length === 0) drafts.push(ownGate({ symbol: name, body: known.get(body) ?? body }))
    return drafts
  }
}

function localOf(problem: Problem, { body, inputs, symbol: made }: Draft): ReadonlyMap<Sym, Expr> {
  const local = new Map<Sym, Expr>()
  if (!isScalar(made.shape)) return local
  const numbers = inputs.filter(({ shape }) => isScalar(shape))
  if (numbers.length === 0) return local
  const questions = numbers.map(wrt => ({ of: body, wrt, order: 1 as const }))
  const { answers } = work({ ...problem, definitions: [], questions }, { stage: false })
  for (const { question, expanded } of answers) local.set(question.wrt, expanded)
  return local
}

/** Numbers at every quantity of a circuit. */
export interface Flow {
  readonly forward: ReadonlyMap<Sym, Tensor>
  readonly backward: ReadonlyMap<Sym, Tensor>
  readonly local: ReadonlyMap<Gate, ReadonlyMap<Sym, Tensor>>
}

/**
 * The numbers that those of a problem lead to; undefined when they do not decide all of the circuit. Raises
 * `ShapeError` when a value does not have the shape of its symbol.
 */
export function flowOf(tensors: Tensors, circuit: Circuit): Flow | undefined {
  const { gates, gradients, solution, inputs } = circuit
  if (solution.problem.values.size === 0) return undefined
  const { values, sizes } = pointOf(tensors, solution.problem)
  const point = { values, sizes, indices: new Map<Sym, number>(), functions: new Map<string, never>() }
  const definitions = [...solution.problem.definitions, ...solution.adjoints]
  const names = [...inputs, ...gates.map(gate => gate.symbol)]
  const local = gates.flatMap(gate => [...gate.local].map(([input, value]) => ({ gate, input, value })))
  const roots = [...names, ...gradients.values(), ...local.map(({ value }) => value)]
  const found = valuesOrNone(() => evaluateExpr(tensors, roots, point, { definitions }))
  if (found === undefined) return undefined
  const table = <K>(keys: Iterable<K>, from: number) =>
    new Map([...keys].map((key, k) => [key, found[from + k]!]))
  const behind = names.length + gradients.size
  const byGate = new Map<Gate, Map<Sym, Tensor>>()
  for (const [k, { gate, input }] of local.entries()) {
    const known = byGate.get(gate) ?? new Map<Sym, Tensor>()
    byGate.set(gate, known.set(input, found[behind + k]!))
  }
  return { forward: table(names, 0), backward: table(gradients.keys(), names.length), local: byGate }
}

/** An expression over the author's names: gates that have none are written out. */
export function overNames({ gates }: Circuit, node: Expr): Expr {
  const bodies = new Map<Expr, Expr>()
  for (const { symbol: made, body, named } of gates) {
    if (!named) bodies.set(made, substitute(body, bodies))
  }
  return substitute(node, bodies)
}
