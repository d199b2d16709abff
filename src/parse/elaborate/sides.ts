import type { Dim, Shape } from '../../expr/shape.js'
import { SCALAR, shapeOf } from '../../expr/shape.js'

/** The two sides of a shape that may not be known yet, each a number of the solver. */
export interface Sides {
  readonly rows: number
  readonly columns: number
}

/** Two sides that are known and differ. */
export interface Clash {
  readonly left: Dim
  readonly right: Dim
}

/** The side that is one, in every solver. */
const ONE = 0
const SCALAR_SIDES: Sides = Object.freeze({ rows: ONE, columns: ONE })

/**
 * Sides of shapes as unknowns that are found equal to one another and to sizes: a union-find forest. A side may be
 * known to be long (not one) before its size is known. Whoever waits for a side is told when it changes.
 */
export class SideSolver {
  readonly #parent: number[] = [ONE]
  readonly #value: (Dim | undefined)[] = [1]
  readonly #long: boolean[] = [false]
  readonly #waiting = new Map<number, (() => void)[]>()
  readonly #known = new Map<Dim, number>([[1, ONE]])
  readonly #due: (() => void)[] = []
  readonly #sizes: ReadonlyMap<string, number>

  constructor(sizes: ReadonlyMap<string, number>) {
    this.#sizes = sizes
  }

  get scalar(): Sides {
    return SCALAR_SIDES
  }

  /** A side about which nothing is known. */
  fresh(): number {
    this.#parent.push(this.#parent.length)
    this.#value.push(undefined)
    this.#long.push(false)
    return this.#parent.length - 1
  }

  freshShape(): Sides {
    return { rows: this.fresh(), columns: this.fresh() }
  }

  /**
   * The side of a size: one side per letter, a new one for each number but 1. Where a 2 stands for m, another 2 may
   * stand for n.
   */
  side(dim: Dim): number {
    const known = this.#known.get(dim)
    if (known !== undefined) return known
    const made = this.fresh()
    this.#value[made] = dim
    this.#long[made] = true
    if (typeof dim === 'string') this.#known.set(dim, made)
    return made
  }

  /** Makes a letter another name of a size that is made of others: `p` of `m+n`. */
  rename(letter: string, dim: Dim): void {
    const before = this.#known.get(letter)
    const side = this.side(dim)
    if (before !== undefined) this.#parent[this.root(before)] = this.root(side)
    this.#known.set(letter, side)
  }

  sides(shape: Shape): Sides {
    if (shape === SCALAR) return SCALAR_SIDES
    return { rows: this.side(shape.rows), columns: this.side(shape.columns) }
  }

  root(side: number): number {
    const parent = this.#parent
    let at = side
    while (parent[at] !== at) {
      const up = parent[at]!
      parent[at] = parent[up]!
      at = up
    }
    return at
  }

  value(side: number): Dim | undefined {
    return this.#value[this.root(side)]
  }

  isOne(side: number): boolean {
    return this.root(side) === ONE
  }

  /** Known or presumed not to be one. */
  isLong(side: number): boolean {
    return this.#long[this.root(side)]!
  }

  isScalar(sides: Sides): boolean {
    return this.isOne(sides.rows) && this.isOne(sides.columns)
  }

  isArray(sides: Sides): boolean {
    return this.isLong(sides.rows) || this.isLong(sides.columns)
  }

  isOpen(sides: Sides): boolean {
    return !this.isScalar(sides) && !this.isArray(sides)
  }

  same(a: number, b: number): boolean {
    const left = this.root(a)
    const right = this.root(b)
    return left === right || (this.#value[left] !== undefined && this.#value[left] === this.#value[right])
  }

  /** Both shapes, when each side is known. */
  shape(sides: Sides): Shape | undefined {
    const rows = this.value(sides.rows)
    const columns = this.value(sides.columns)
    return rows === undefined || columns === undefined ? undefined : shapeOf(rows, columns)
  }

  /** The shape for a message, with `?` for a side that is not known. */
  text(sides: Sides): string {
    if (this.isScalar(sides)) return 'scalar'
    return `${this.value(sides.rows) ?? '?'}×${this.value(sides.columns) ?? '?'}`
  }

  /** Notes that a side is not one; a side known to be one stays so. */
  presumeLong(side: number): void {
    const root = this.root(side)
    if (root === ONE || this.#long[root]) return
    this.#long[root] = true
    this.#wake(root)
  }

  /** Makes two sides one; the clash when both are known and differ. */
  unify(a: number, b: number): Clash | undefined {
    const left = this.root(a)
    const right = this.root(b)
    if (left === right) return undefined
    const known = this.#value[left]
    const other = this.#value[right]
    if (known !== undefined && other !== undefined) {
      if (known !== other && !this.#agree(known, other)) return { left: known, right: other }
      // A letter that stands for 1 is still written as a letter.
      if (left === ONE || right === ONE) return undefined
    }
    // The side with a name stays the root, so that a letter wins over the number it stands for.
    const keep = known === undefined ? right : other === undefined || typeof known === 'string' ? left : right
    const drop = keep === left ? right : left
    const value = this.#value[keep]
    const long = keep !== ONE && (this.#long[left]! || this.#long[right]!)
    const learnt = (side: number) => this.#value[side] !== value || this.#long[side] !== long
    const wakeDrop = learnt(drop)
    const wakeKeep = learnt(keep)
    this.#parent[drop] = keep
    this.#long[keep] = long
    if (wakeDrop) this.#wake(drop)
    if (wakeKeep) this.#wake(keep)
    if (!wakeDrop) this.#hand(drop, keep)
    return undefined
  }

  unifyShapes(a: Sides, b: Sides): Clash | undefined {
    return this.unify(a.rows, b.rows) ?? this.unify(a.columns, b.columns)
  }

  bind(side: number, dim: Dim): Clash | undefined {
    return this.unify(side, this.side(dim))
  }

  /** Runs `again` once, after one of the sides has changed. */
  wait(sides: readonly number[], again: () => void): void {
    let ran = false
    const once = () => {
      if (ran) return
      ran = true
      again()
    }
    for (const side of sides) {
      const root = this.root(side)
      if (this.#value[root] !== undefined) continue
      const list = this.#waiting.get(root)
      if (list) list.push(once)
      else this.#waiting.set(root, [once])
    }
  }

  /** Runs what has become due, until nothing is. */
  settle(): void {
    for (let next = this.#due.pop(); next !== undefined; next = this.#due.pop()) next()
  }

  #agree(a: Dim, b: Dim): boolean {
    const first = typeof a === 'string' ? this.#sizes.get(a) : a
    const second = typeof b === 'string' ? this.#sizes.get(b) : b
    // Two letters of one size are still two sizes; a letter and its number are not.
    return typeof a !== typeof b && first !== undefined && first === second
  }

  /** Who waited for a side that was found equal to another, with nothing learnt about it, waits for that one. */
  #hand(from: number, to: number): void {
    const list = this.#waiting.get(from)
    if (list === undefined) return
    this.#waiting.delete(from)
    const other = this.#waiting.get(to)
    if (other === undefined) this.#waiting.set(to, list)
    else if (other.length >= list.length) for (const waiter of list) other.push(waiter)
    else {
      for (const waiter of other) list.push(waiter)
      this.#waiting.set(to, list)
    }
  }

  #wake(root: number): void {
    const list = this.#waiting.get(root)
    if (list === undefined) return
    this.#waiting.delete(root)
    for (let i = list.length - 1; i >= 0; i--) this.#due.push(list[i]!)
  }
}
