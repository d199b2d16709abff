import { DomainError, ShapeError } from '../base/errors.js'
import type { Random } from '../base/random.js'
import { termsOfDim } from '../expr/dimension.js'
import type { Expr } from '../expr/node.js'
import { type Dim, type Shape, sizeOf } from '../expr/shape.js'

/** An equation between two expressions of sizes, as it was declared: `n = m + k - 1`. */
export interface SizeEquation {
  holds(sizes: ReadonlyMap<string, number>): boolean
  readonly names: readonly string[]
}

const SMALLEST = 2
const TRIES = 4000

/** Every name of a size that shapes or size symbols of the nodes mention, in the order of first appearance. */
export function sizeNames(nodes: Iterable<Expr>): {
  readonly names: readonly string[]
  readonly dims: ReadonlySet<Dim>
} {
  const names = new Set<string>()
  const dims = new Set<Dim>()
  const note = (dim: Dim) => {
    if (typeof dim === 'number' || dims.has(dim)) return
    dims.add(dim)
    for (const term of termsOfDim(dim)) for (const name of term.names) names.add(name)
  }
  const noteShape = ({ rows, columns }: Shape) => {
    note(rows)
    note(columns)
  }
  for (const node of nodes) {
    noteShape(node.shape)
    if (node.kind === 'sym' && node.role === 'dimension') note(node.name)
  }
  return { names: [...names], dims }
}

/**
 * Numbers for sizes: different ones for different names, from 2 to 5 as far as that goes, those given kept, every
 * written size such as `n-1` at least 1, every equation held. Raises `DomainError` when no choice is found.
 */
export function drawSizes(
  random: Random,
  names: readonly string[],
  dims: ReadonlySet<Dim>,
  given: ReadonlyMap<string, number>,
  equations: readonly SizeEquation[] = [],
): ReadonlyMap<string, number> {
  const open = names.filter(name => !given.has(name))
  const fits = (sizes: ReadonlyMap<string, number>) =>
    [...dims].every(dim => sizeOf(dim, sizes) >= 1) && equations.every(equation => equation.holds(sizes))
  for (let attempt = 0; attempt < TRIES; attempt++) {
    // Equal sizes are allowed only after sizes that differ have failed: an equation may ask for them.
    const sizes = new Map(given)
    const most = Math.min(5 + Math.floor(attempt / 200), 9)
    const taken = new Set(attempt < TRIES / 2 ? given.values() : [])
    for (const name of open) {
      const free = range(SMALLEST, Math.max(most, SMALLEST)).filter(size => !taken.has(size))
      const size = free.length > 0 ? random.pick(free) : random.integer(SMALLEST, most)
      if (attempt < TRIES / 2) taken.add(size)
      sizes.set(name, size)
    }
    if (fits(sizes)) return sizes
  }
  throw new DomainError('no-sizes', `no sizes were found for ${open.join(', ')} that fit all shapes`, {
    hint: 'give numbers for the sizes',
  })
}

function range(low: number, high: number): number[] {
  return Array.from({ length: high - low + 1 }, (_, i) => low + i)
}

/** Raises `ShapeError` when a name cannot be a size. */
export function wantSize(name: string, size: number): void {
  if (Number.isInteger(size) && size >= 1) return
  throw new ShapeError('bad-size', `the size ${name} must be a whole number above 0, but it is ${size}`)
}
