import { ONE, rational, toNumber } from '../base/rational.js'
import { termsOfDim } from '../expr/dimension.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Dim, Shape } from '../expr/shape.js'
import { isScalar } from '../expr/shape.js'
import { addition } from '../ops/core.js'
import { atom, constant, type Poly, polyOf, type Slot, slotAt } from './algebra.js'
import { normal, product } from './normal.js'
import type { Range, Ring } from './ring.js'

/** The row and the column of an entry, while its formula is worked out. */
export const ROW = -1
export const COLUMN = -2

/** What a rule may ask for while it makes the entry of a call. */
export class Entries {
  readonly ring: Ring
  readonly done = new Map<Expr, Poly>()
  /** Sums over a known number of values are written out. */
  readonly spelled: boolean
  readonly symmetric: (symbol: Sym) => boolean
  readonly positive: (symbol: Sym) => boolean
  readonly binary: (symbol: Sym) => boolean

  constructor(
    ring: Ring,
    options: {
      readonly spelled: boolean
      readonly symmetric: (symbol: Sym) => boolean
      readonly positive: (symbol: Sym) => boolean
      readonly binary: (symbol: Sym) => boolean
    },
  ) {
    this.ring = ring
    this.spelled = options.spelled
    this.symmetric = options.symmetric
    this.positive = options.positive
    this.binary = options.binary
  }

  /** The entry of a node that has been worked out. */
  at(node: Expr, row: Slot = slotAt(ROW), column: Slot = slotAt(COLUMN)): Poly {
    const poly = this.done.get(node)!
    if (isScalar(node.shape) || (row.index === ROW && column.index === COLUMN)) return poly
    return normal(
      this.ring,
      this.ring.put(
        poly,
        new Map([
          [ROW, row],
          [COLUMN, column],
        ]),
      ),
    )
  }

  /** The sum of something over all values of an index. */
  over(range: Range, of: (slot: Slot) => Poly): Poly {
    const count = this.spelled ? /^(\d+)\.\.(\d+)$/.exec(range.key) : null
    if (count !== null && Number(count[2]) - Number(count[1]) < MOST_SPELLED) {
      const parts: Poly[] = []
      for (let k = Number(count[1]); k <= Number(count[2]); k++) parts.push(of(slotAt(0, k)))
      return normal(this.ring, parts.flat())
    }
    const index = this.ring.bind(range)
    const body = of(slotAt(index))
    return normal(
      this.ring,
      body.map(term => ({ ...term, bound: [...term.bound, index] })),
    )
  }

  /** The sum over a side of an array; a side of one has nothing to sum over. */
  along(side: Dim, of: (slot: Slot) => Poly): Poly {
    return side === 1 ? of(slotAt(0, 1)) : this.over(this.side(side), of)
  }

  /** The sum over all entries of a shape. */
  everywhere({ rows, columns }: Shape, of: (row: Slot, column: Slot) => Poly): Poly {
    return this.along(rows, row => this.along(columns, column => of(row, column)))
  }

  side(dim: Dim): Range {
    return { key: `1..${dim}`, size: this.size(dim) }
  }

  /** A size as a number. */
  size(dim: Dim): Poly {
    const terms = termsOfDim(dim).map(({ coefficient, names }) =>
      product(this.ring, constant(rational(coefficient)), ...names.map(name => this.letterOfSize(name))),
    )
    return normal(this.ring, terms.flat())
  }

  letterOfSize(name: string): Poly {
    return polyOf(atom(this.ring.head({ kind: 'symbol', key: `size ${name}`, arity: 0, positive: true })))
  }

  /** The slot that an index fills; undefined for what is no index. */
  slot(node: Expr): Slot | undefined {
    if (node.kind === 'num') return slotAt(0, toNumber(node.value))
    if (node.kind === 'sym') return slotAt(this.ring.letter(node))
    if (node.op !== addition || node.args.length !== 2) return undefined
    const [first, second] = node.args as readonly [Expr, Expr]
    const [letter, shift] = first.kind === 'num' ? [second, first] : [first, second]
    if (letter.kind !== 'sym' || shift.kind !== 'num') return undefined
    return slotAt(this.ring.letter(letter), toNumber(shift.value))
  }

  delta(a: Slot, b: Slot): Poly {
    return normal(this.ring, polyOf(atom(this.ring.delta, [a, b])))
  }

  /** A function entry by entry, of which nothing is known but its argument. */
  opaque(name: string, argument: Poly, options: { readonly positive?: boolean } = {}): Poly {
    return polyOf(this.ring.made('other', name, argument, options))
  }

  /** A call of which nothing is known but its arguments. */
  unknown(node: Call): Poly {
    const marker = (name: string, slots: readonly Slot[]) =>
      polyOf(atom(this.ring.head({ kind: 'other', key: name, arity: slots.length }), slots))
    const parts = node.args.map((arg, k) =>
      this.everywhere(arg.shape, (row, column) =>
        product(this.ring, marker(`argument ${k}`, [row, column]), this.at(arg, row, column)),
      ),
    )
    const { rows, columns } = node.shape
    const place = [
      ...(rows === 1 ? [] : [marker('row', [slotAt(ROW)])]),
      ...(columns === 1 ? [] : [marker('column', [slotAt(COLUMN)])]),
    ]
    const whole = product(this.ring, normal(this.ring, parts.flat()), ...place)
    const { name, positive = false } = node.op
    return polyOf(this.ring.made('other', `${name}(${node.args.length})`, whole, { positive }))
  }

  /** The entry of a symbol. */
  symbol(node: Sym): Poly {
    const { ring } = this
    if (node.role === 'dimension') return this.letterOfSize(node.name)
    if (node.role === 'index') {
      const head = ring.head({ kind: 'symbol', key: 'index', arity: 1, positive: true })
      return polyOf(atom(head, [slotAt(ring.letter(node))]))
    }
    const { rows, columns } = node.shape
    const slots = [...(rows === 1 ? [] : [slotAt(ROW)]), ...(columns === 1 ? [] : [slotAt(COLUMN)])]
    const head = ring.head({
      kind: this.binary(node) ? 'binary' : 'symbol',
      key: `symbol ${node.name} ${rows}x${columns}`,
      arity: slots.length,
      symmetric: slots.length === 2 && this.symmetric(node),
      positive: this.positive(node),
    })
    return [{ coefficient: ONE, factors: [atom(head, slots)], bound: [] }]
  }
}

/** A sum of more values stays a sum. */
const MOST_SPELLED = 6

/** How a call is made of the entries of its arguments. */
export type EntryRule = (at: Entries, node: Call) => Poly
