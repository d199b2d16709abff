import { LimitError, unreachable } from '../../base/errors.js'
import { call, number, symbol } from '../../expr/intern.js'
import {
  dimAt,
  type Family,
  type Index,
  indexAt,
  type Member,
  memberName,
  memberOf,
  splitIndex,
  type Total,
} from '../../expr/member.js'
import type { Call, Expr, Sym } from '../../expr/node.js'
import type { Layers } from '../../expr/problem.js'
import { isScalar, type Shape, shapeOf } from '../../expr/shape.js'
import { postorder, remake } from '../../expr/walk.js'
import { abstractFunction } from '../../ops/abstract.js'
import { add, hadamard, multiply, sumOf, zeros } from '../../ops/core.js'
import { dimensionOf } from '../../ops/dimension.js'
import { totalIn, totalOf, unknownOf } from '../../ops/layered.js'

/** Values of the letters of indices. */
export type At = ReadonlyMap<string, Index>

/**
 * Puts letters into the indices of members: the formula of one step becomes that of another step, of the last one, or
 * of the step with a number. Shapes follow, since the members may differ in size.
 */
export class Placer {
  readonly #layers: Layers
  readonly #more: () => readonly Family[]
  readonly #letters: ReadonlySet<string>
  /** Whether sums over steps are written out and unknown functions get a formula; the depth is a number then. */
  readonly #concrete: boolean

  constructor(layers: Layers, more: () => readonly Family[] = () => [], concrete = false) {
    this.#layers = layers
    this.#more = more
    this.#letters = new Set([layers.letter, layers.depth])
    this.#concrete = concrete
  }

  memberOf(name: string): Member | undefined {
    return memberOf(name, [...this.#layers.families, ...this.#more()], this.#letters)
  }

  /** The family of a symbol, or the symbol itself where it is the same in every step. */
  keyOf(of: Sym): Family | Sym {
    return this.memberOf(of.name)?.family ?? of
  }

  shape({ rows, columns }: Shape, at: At): Shape {
    const side = (dim: Shape['rows']) => dimAt(dim, at, name => this.memberOf(name), this.#ends(at))
    return shapeOf(side(rows), side(columns))
  }

  /** Names that the author gave to sizes at the ends, where the depth is a number. */
  #ends(at: At): Layers['ends'] {
    const depth = at.get(this.#layers.depth)
    if (depth === undefined || this.#layers.ends.size === 0) return this.#layers.ends
    const only = new Map([[this.#layers.depth, depth]])
    return new Map([...this.#layers.ends].map(([name, dim]) => [this.#name(name, only), dim]))
  }

  #name(name: string, at: At): string {
    const member = this.memberOf(name)
    return member === undefined ? name : memberName({ ...member, index: indexAt(member.index, at) })
  }

  symbol(of: Sym, at: At): Sym {
    return symbol(this.#name(of.name, at), this.shape(of.shape, at), of.role)
  }

  /** The member of a family at an index. */
  member(family: Family, index: Index): Sym {
    const { letter, shapes } = this.#layers
    const shape = shapes.get(family) ?? unreachable(`nothing is known of ${family.base}`)
    return symbol(memberName({ family, index }), this.shape(shape, new Map([[letter, index]])))
  }

  place(root: Expr, at: At): Expr {
    if (at.size === 0 && !this.#concrete) return root
    const done = new Map<Expr, Expr>()
    for (const node of postorder([root], each => totalIn(each.op) === undefined)) {
      done.set(node, node.kind === 'call' ? this.#call(node, done, at) : this.#leaf(node, at))
    }
    return done.get(root)!
  }

  #leaf(node: Exclude<Expr, Call>, at: At): Expr {
    if (node.kind === 'num')
      return isScalar(node.shape) ? node : number(node.value, this.shape(node.shape, at))
    if (node.role !== 'dimension') return node.role === 'index' ? node : this.symbol(node, at)
    return dimensionOf(this.shape(shapeOf(node.name, 1), at).rows)
  }

  #call(node: Call, done: ReadonlyMap<Expr, Expr>, at: At): Expr {
    const total = totalIn(node.op)
    if (total !== undefined) return this.#total(total, node.args[0]!, at)
    const args = node.args.map(arg => done.get(arg)!)
    const { layered, abstract } = node.op
    if (layered !== undefined && 'unknown' in layered) {
      const name = this.#name(layered.unknown, at)
      return this.#concrete ? formula(name, args, layered.by) : unknownOf(name, args, layered.by)
    }
    if (abstract !== undefined)
      return call(abstractFunction(this.#name(abstract.name, at), abstract.order), args)
    return args.every((arg, k) => arg === node.args[k]) ? node : remake(node, args)
  }

  #total({ letter, low, high }: Total, body: Expr, at: At): Expr {
    const without = new Map([...at].filter(([name]) => name !== letter))
    const [from, to] = [indexAt(low, without), indexAt(high, without)]
    if (!this.#concrete) return totalOf({ letter, low: from, high: to }, this.place(body, without))
    const terms = indicesFrom(from, to).map(index => this.place(body, new Map([...without, [letter, index]])))
    return terms.length === 0 ? zeros(this.shape(body.shape, without)) : add(...terms)
  }
}

/** More steps than this are not written out. */
const MOST_STEPS = 10_000

/** Whole numbers from one index to another. Raises `LimitError` for more than can be written out. */
export function indicesFrom(low: Index, high: Index): readonly number[] {
  const [from, to] = [splitIndex(low), splitIndex(high)]
  if (from.letter !== undefined || to.letter !== undefined)
    unreachable(`${low} to ${high} is not a range of numbers`)
  if (to.offset - from.offset >= MOST_STEPS) {
    throw new LimitError('limit-range', `a recurrence of more than ${MOST_STEPS} steps is not written out`)
  }
  return Array.from({ length: Math.max(0, to.offset - from.offset + 1) }, (_, k) => from.offset + k)
}

/** A formula in the place of an unknown scalar function, smooth and different in every argument: a check needs one. */
function formula(name: string, args: readonly Expr[], by: number | undefined): Expr {
  const weightOf = (arg: Expr, k: number) => symbol(`#weight ${name} ${k}`, arg.shape)
  const functionOf = (k: number, order: number) => abstractFunction(`#${name} ${k}`, order)
  const weighted = (k: number, order: number) => {
    const value = call(functionOf(k, order), [args[k]!])
    return isScalar(value.shape)
      ? multiply(weightOf(args[k]!, k), value)
      : hadamard(weightOf(args[k]!, k), value)
  }
  if (by !== undefined) return weighted(by, 1)
  return add(...args.map((arg, k) => (isScalar(arg.shape) ? weighted(k, 0) : sumOf(weighted(k, 0)))))
}
