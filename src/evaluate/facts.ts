import { DomainError, ShapeError } from '../base/errors.js'
import type { Random } from '../base/random.js'
import type { Tensor } from '../base/tensor.js'
import type { Sym } from '../expr/node.js'
import type { Definition, EntrySet, Fact } from '../expr/problem.js'
import { postorder } from '../expr/walk.js'
import { isCall, isOne, transposition } from '../ops/core.js'
import type { Tensors } from '../tensor/tensor.js'
import { isDiscrete, type Total } from './entries.js'
import { type Plan, planOf } from './plan.js'
import { extentOf, type Frame, run } from './run.js'
import type { SizeEquation } from './sizes.js'

/** What declared facts ask of the arrays of a point, sorted by how they are met. */
export interface FactPlan {
  readonly symmetric: ReadonlySet<Sym>
  readonly totals: ReadonlyMap<Sym, readonly Total[]>
  /** Symbols that a fact gives in terms of others. */
  readonly derived: readonly Definition[]
  /** How far every fact is from being true; numbers near zero where it is met. */
  readonly residual: (values: ReadonlyMap<Sym, Tensor>) => readonly number[]
  /** Symbols whose entries a fact that is not met may move. */
  readonly movable: readonly Sym[]
}

interface FactContext {
  readonly tensors: Tensors
  readonly frame: Frame
  readonly definitions: readonly Definition[]
  readonly setOf: (symbol: Sym) => EntrySet
  readonly random: Random
}

/** Facts about sizes alone, as conditions on the sizes. */
export function sizeEquations(tensors: Tensors, facts: readonly Fact[]): readonly SizeEquation[] {
  return facts.filter(isAboutSizes).map(({ left, right }) => {
    const plan = planOf([left, right])
    const names = postorder([left, right]).flatMap(node => (node.kind === 'sym' ? [node.name] : []))
    const holds = (sizes: ReadonlyMap<string, number>) => {
      const { values } = run(plan, {
        algebra: tensors,
        tensors,
        sizes,
        indices: new Map(),
        resolve: () => undefined,
      })
      return values[0]!.data[0] === values[1]!.data[0]
    }
    return { names: [...new Set(names)], holds }
  })
}

export function isAboutSizes({ left, right }: Fact): boolean {
  const leaves = postorder([left, right]).filter(node => node.kind === 'sym')
  return leaves.length > 0 && leaves.every(leaf => leaf.kind === 'sym' && leaf.role === 'dimension')
}

/** Sorts the facts of a problem. Facts about sizes are left out: the sizes of the frame meet them already. */
export function planFacts(context: FactContext, facts: readonly Fact[]): FactPlan {
  const about = facts.filter(fact => !isAboutSizes(fact))
  const symmetric = new Set<Sym>()
  const totals = new Map<Sym, readonly Total[]>()
  const derived: Definition[] = []
  for (const fact of about) {
    const transposedSymbol = symmetricSymbol(fact)
    const sum = transposedSymbol === undefined ? totalOf(context, fact) : undefined
    if (transposedSymbol !== undefined) symmetric.add(transposedSymbol)
    else if (sum !== undefined) totals.set(sum.symbol, [...(totals.get(sum.symbol) ?? []), sum.total])
    else {
      const found = definitionIn(context, fact, [...context.definitions, ...derived])
      if (found !== undefined) derived.push(found)
    }
  }
  const definitions = [...context.definitions, ...derived]
  const plan = planOf(
    about.flatMap(({ left, right }) => [left, right]),
    { definitions },
  )
  return {
    symmetric,
    totals,
    derived,
    residual: values => residualOf(context, plan, values),
    movable: plan.symbols.filter(symbol => !isDiscrete(context.setOf(symbol))),
  }
}

function symmetricSymbol({ left, right }: Fact): Sym | undefined {
  if (left.kind === 'sym' && isCall(right, transposition) && right.args[0] === left) return left
  return right.kind === 'sym' && isCall(left, transposition) && left.args[0] === right ? right : undefined
}

/** A fact that some entries add up to one, however it is written: it is recognised by what it computes. */
function totalOf(
  { tensors: m, frame, random }: FactContext,
  { left, right }: Fact,
): { readonly symbol: Sym; readonly total: Total } | undefined {
  const sum = isOne(right) ? left : isOne(left) ? right : undefined
  if (sum === undefined) return undefined
  const plan = planOf([sum])
  const [symbol] = plan.symbols
  if (symbol === undefined || plan.symbols.length > 1) return undefined
  const { rows, columns } = extentOf(symbol.shape, frame.sizes)
  const probe = m.create(
    rows,
    columns,
    Array.from({ length: rows * columns }, () => random.between(-1, 1)),
  )
  const indices = new Map(plan.indices.map(index => [index, 1]))
  const found = run(plan, {
    algebra: m,
    tensors: m,
    sizes: frame.sizes,
    indices,
    resolve: () => probe,
  }).values[0]!
  const equals = (total: Tensor) =>
    indices.size > 0
      ? near(found.data[0]!, total.data[0]!)
      : total.data.length === found.data.length &&
        Array.from(total.data).every((v, i) => near(v, found.data[i]!))
  if (equals(m.sum(probe))) return { symbol, total: 'all' }
  if (equals(m.rowSums(probe))) return { symbol, total: 'rows' }
  return equals(m.columnSums(probe)) ? { symbol, total: 'columns' } : undefined
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-12
}

/** A fact that gives an undefined symbol in terms of others. */
function definitionIn(
  context: FactContext,
  { left, right }: Fact,
  definitions: readonly Definition[],
): Definition | undefined {
  const defined = new Set(definitions.map(({ symbol }) => symbol))
  for (const [symbol, body] of [
    [left, right],
    [right, left],
  ] as const) {
    if (symbol.kind !== 'sym' || symbol.role !== 'variable' || defined.has(symbol)) continue
    if (isDiscrete(context.setOf(symbol))) continue
    const plan = planOf([body], { definitions })
    if (!plan.symbols.includes(symbol) && plan.indices.length === 0) return { symbol, body }
  }
  return undefined
}

/** With a free index, one set of residuals for every value the index can take. */
function residualOf(
  { tensors, frame }: FactContext,
  plan: Plan,
  values: ReadonlyMap<Sym, Tensor>,
): readonly number[] {
  const residuals: number[] = []
  const most = Math.max(1, ...frame.sizes.values())
  for (let i = 1; i <= (plan.indices.length > 0 ? most : 1); i++) {
    const indices = new Map(plan.indices.map(index => [index, i]))
    const world = {
      algebra: tensors,
      tensors,
      sizes: frame.sizes,
      indices,
      resolve: (s: Sym) => values.get(s),
    }
    const found = attempt(() => run(plan, world).values)
    if (found === undefined) {
      if (i === 1) return [Number.NaN]
      break
    }
    for (let k = 0; k < found.length; k += 2) {
      residuals.push(...tensors.subtract(found[k]!, found[k + 1]!).data)
    }
  }
  return residuals
}

/** Undefined where the values do not allow an answer: a singular matrix, an index past the end. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof DomainError || error instanceof ShapeError) return undefined
    throw error
  }
}
