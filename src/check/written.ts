import { NotDifferentiableError } from '../base/errors.js'
import type { Budget } from '../base/limits.js'
import { ONE } from '../base/rational.js'
import { coefficient } from '../calculus/coefficient.js'
import { forward } from '../calculus/forward.js'
import { reverse } from '../calculus/reverse.js'
import { number, symbol } from '../expr/intern.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Op } from '../expr/op.js'
import type { Definition } from '../expr/problem.js'
import { isMatrix, isRow, isScalar, lengthOf, SCALAR, shapeText } from '../expr/shape.js'
import { type Collected, finish } from '../expr/step.js'
import { dependsOn, postorder, remake, substitute } from '../expr/walk.js'
import { slice } from '../ops/blocks.js'
import { add, isCall, multiply, ones, transpose, transposition, zeros } from '../ops/core.js'
import { dimensionOf } from '../ops/dimension.js'
import {
  basisVector,
  columnSelection,
  familyMember,
  indexedSum,
  rowSelection,
  selection,
} from '../ops/indexed.js'
import { writtenDerivative, writtenDifferential } from '../parse/derivation.js'

/** Operations that take a part of an array: the derivative by the part is the part of the derivative. */
const PARTS: ReadonlySet<Op> = new Set([
  selection,
  rowSelection,
  columnSelection,
  familyMember,
  transposition,
  slice,
])

/**
 * Puts our own derivatives in the place of those an author wrote. They are found by the rules of the operations and
 * left as they come: nothing here simplifies, so that a mistake of the simplifier cannot make a wrong line right.
 */
export class Written {
  /** What is given, what lines introduced, and the adjoints found on the way; each after those it uses. */
  readonly definitions: Definition[]
  readonly #budget: Budget
  readonly #gradients = new Map<string, Expr>()
  readonly #changes = new Map<Sym, Sym>()
  readonly #spelled = new Map<Expr, Expr>()
  readonly #adjoints = new Set<Sym>()
  #names = 0

  constructor(definitions: readonly Definition[], budget: Budget) {
    this.definitions = [...definitions]
    this.#budget = budget
  }

  /** Adds what a line introduces. */
  define({ symbol: name, body }: Definition, varying: readonly Sym[]): void {
    this.#spelled.set(name, body)
    this.definitions.push({ symbol: name, body: this.resolve(body, varying) })
    this.#gradients.clear()
  }

  /** A name that a line introduced, as it was introduced; anything else itself. */
  spelled(node: Expr): Expr {
    return this.#spelled.get(node) ?? node
  }

  /** The symbol that stands for the change of another. */
  change(of: Sym): Sym {
    const known = this.#changes.get(of)
    if (known !== undefined) return known
    const made = symbol(`d{${of.name}}`, of.shape)
    this.#changes.set(of, made)
    return made
  }

  /**
   * The formula without written derivatives and changes. `varying` are the symbols that have a change. Raises
   * `NotDifferentiableError` for a derivative that is not offered.
   */
  resolve(root: Expr, varying: readonly Sym[]): Expr {
    const holds = holders(root)
    if (!holds.has(root)) return root
    const done = new Map<Expr, Expr>()
    for (const node of postorder([root], call => holds.has(call) && !call.op.binds)) {
      if (node.kind !== 'call' || !holds.has(node)) done.set(node, node)
      else if (node.op.binds) done.set(node, this.#inside(node, varying))
      else done.set(node, this.#one(node, done, varying))
    }
    return done.get(root)!
  }

  #one(node: Call, done: ReadonlyMap<Expr, Expr>, varying: readonly Sym[]): Expr {
    const args = node.args.map(arg => done.get(arg)!)
    if (node.op === writtenDifferential) return this.#changeOf(args[0]!, varying)
    if (node.op !== writtenDerivative) return remake(node, args)
    const [of, ...by] = args as [Expr, ...Expr[]]
    return by.reduce((value, variable) => this.#derivative(value, variable), of)
  }

  /** Inside a sum the index is a letter of its own while derivatives are taken. Sums nest as brackets do. */
  #inside(node: Call, varying: readonly Sym[]): Expr {
    const [index, low, high, body] = node.args as readonly [Sym, Expr, Expr, Expr]
    const free = symbol(`@${++this.#names}`, SCALAR, 'index')
    const inner = this.resolve(substitute(body, new Map([[index, free]])), varying)
    return remake(node, [free, low, high, inner])
  }

  #derivative(of: Expr, by: Expr): Expr {
    const base = baseOf(by)
    if (isScalar(of.shape)) {
      const gradient = this.#gradient(of, base)
      return by === base ? gradient : substitute(by, new Map([[base, gradient]]))
    }
    if (by === base) return this.#jacobian(of, base)
    const d = symbol('#part', by.shape)
    const spread = spreadOver(by, isScalar(by.shape) ? ones(SCALAR) : d)
    const change = this.#along(of, base, spread)
    if (isScalar(by.shape)) return change
    const found = coefficient(change, d)
    if (found !== undefined) return found
    if (isMatrix(of.shape) || isMatrix(by.shape)) throw unoffered(of, by)
    return this.#byColumns(change, d, d)
  }

  #gradient(output: Expr, wrt: Sym): Expr {
    const key = `${output.id}|${wrt.id}`
    const known = this.#gradients.get(key)
    if (known !== undefined) return known
    const { answer } = reverse({
      definitions: this.definitions,
      output,
      wrt: [wrt],
      tidy: asItIs,
      nameFor: of => (of === undefined ? `#adjoint${++this.#names}` : `#adjoint ${output.id} ${of.name}`),
      budget: this.#budget,
    })
    const gradient = this.#withAdjoints(answer.adjoints, answer.gradients.get(wrt)!)
    this.#gradients.set(key, gradient)
    return gradient
  }

  /** Adjoints keep their names, unless they speak of an index that is going to be bound. */
  #withAdjoints(adjoints: readonly Definition[], gradient: Expr): Expr {
    const isLocal = (node: Expr) => node.kind === 'sym' && node.role === 'index' && node.name.startsWith('@')
    if (!postorder(adjoints.map(({ body }) => body)).some(isLocal)) {
      // What a name receives from one output is the same in every pass, and is defined by the first.
      for (const { symbol: name, body } of adjoints) {
        if (this.#adjoints.has(name)) continue
        this.#adjoints.add(name)
        this.definitions.push({ symbol: name, body })
      }
      return gradient
    }
    const bodies = new Map<Expr, Expr>()
    for (const { symbol: name, body } of adjoints) bodies.set(name, substitute(body, bodies))
    return substitute(gradient, bodies)
  }

  #jacobian(output: Expr, wrt: Sym): Expr {
    const found = this.#forward(output, wrt)
    if (found.kind !== 'differential') return found.value
    if (isMatrix(output.shape) || isMatrix(wrt.shape)) throw unoffered(output, wrt)
    return this.#byColumns(found.value, found.d, wrt)
  }

  /** A linear map as a matrix: what it makes of each unit vector, side by side. */
  #byColumns(change: Expr, d: Sym, wrt: Sym): Expr {
    const free = symbol(`@${++this.#names}`, SCALAR, 'index')
    const length = lengthOf(wrt.shape)
    const unit = basisVector(free, length)
    const image = substitute(change, new Map([[d, isRow(d.shape) ? transpose(unit) : unit]]))
    const column = isRow(image.shape) ? transpose(image) : image
    return indexedSum(free, number(ONE), dimensionOf(length), multiply(column, transpose(unit)))
  }

  #forward(output: Expr, wrt: Sym) {
    const change = this.change(wrt).name
    const { definitions } = this
    return finish(forward({ definitions, output, wrt, change, tidy: asItIs, budget: this.#budget }))
  }

  /** The change of a value when a symbol changes by `d`. */
  #along(of: Expr, wrt: Sym, d: Expr): Expr {
    if (of === wrt) return d
    const found = this.#forward(of, wrt)
    if (found.kind === 'differential') return substitute(found.value, new Map([[found.d, d]]))
    if (found.kind === 'derivative') return multiply(d, found.value)
    const column = multiply(found.value, isRow(d.shape) ? transpose(d) : d)
    return isRow(of.shape) ? transpose(column) : column
  }

  #changeOf(of: Expr, varying: readonly Sym[]): Expr {
    if (of.kind === 'sym' && varying.includes(of)) return this.change(of)
    const parts = varying
      .filter(wrt => this.#reaches(of, wrt))
      .map(wrt => this.#along(of, wrt, this.change(wrt)))
    return parts.length === 0 ? zeros(of.shape) : add(...parts)
  }

  #reaches(of: Expr, wrt: Sym): boolean {
    const active = new Set<Expr>([wrt])
    for (const { symbol: name, body } of this.definitions) if (dependsOn(body, active)) active.add(name)
    return dependsOn(of, active)
  }
}

function asItIs(node: Expr): Collected<Expr> {
  return { answer: node, steps: [] }
}

/** The calls that hold something written, themselves included. */
function holders(root: Expr): ReadonlySet<Expr> {
  const found = new Set<Expr>()
  for (const node of postorder([root])) {
    if (node.kind !== 'call') continue
    const own = node.op === writtenDerivative || node.op === writtenDifferential
    if (own || node.args.some(arg => found.has(arg))) found.add(node)
  }
  return found
}

/** The symbol that a variable is, or is a part of. */
function baseOf(by: Expr): Sym {
  let now = by
  while (now.kind === 'call' && PARTS.has(now.op)) now = now.args[0]!
  if (now.kind === 'sym' && now.role === 'variable') return now
  throw new NotDifferentiableError(
    'unsupported-variable',
    'derivatives are taken by quantities with a name',
    {
      hint: 'give the expression a name of its own',
    },
  )
}

/** The change of the whole array when its part changes by `d`: what the part hands back to the whole. */
function spreadOver(by: Expr, d: Expr): Expr {
  let change = d
  for (let now = by; now.kind === 'call'; now = now.args[0]!) {
    change = isCall(now, transposition) ? transpose(change) : now.op.pull!(change, now.args, 0, now)
  }
  return change
}

function unoffered(of: Expr, by: Expr): NotDifferentiableError {
  return new NotDifferentiableError(
    'rank',
    `the derivative of ${shapeText(of.shape)} by ${shapeText(by.shape)} has more than two axes`,
    { hint: 'write it entry by entry, or as a differential' },
  )
}
