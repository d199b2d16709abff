import { DomainError, ShapeError } from '../base/errors.js'
import type { Random } from '../base/random.js'
import type { Tensor } from '../base/tensor.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Definition, Fact } from '../expr/problem.js'
import { partsOf, walk } from '../expr/walk.js'
import type { Tensors } from '../tensor/tensor.js'
import { isAboutSizes, sizeEquations } from './facts.js'
import { bodiesOf } from './inspect.js'
import type { Plan } from './plan.js'
import { extentOf, type Frame, run, type World, wantEntries } from './run.js'
import { drawSizes, sizeNames } from './sizes.js'
import { selectors } from './traverse.js'

interface FrameOptions {
  readonly tensors: Tensors
  /** Everything that is to be evaluated. */
  readonly roots: readonly Expr[]
  readonly definitions: readonly Definition[]
  readonly facts: readonly Fact[]
  readonly sizes: ReadonlyMap<string, number> | undefined
  /** Evaluates the roots. */
  readonly plan: Plan
  readonly random: Random
}

/** Formulas with more nodes than this are evaluated for one choice of sizes only. */
const LARGE = 4000
/** No array that formulas are tried on has more entries than this. */
const MOST_ENTRIES = 1 << 17

/**
 * Choices of sizes and selecting indices: one where nothing has a size, otherwise several. Raises `DomainError` when
 * none is found that fits, `LimitError` where a size that is given makes an array too large to be tried.
 */
export function drawFrames(options: FrameOptions): readonly Frame[] {
  const {
    tensors,
    roots,
    definitions,
    facts,
    plan,
    random,
    sizes: given = new Map<string, number>(),
  } = options
  const equations = sizeEquations(tensors, facts)
  const bodies = bodiesOf(definitions)
  const rest = facts.filter(fact => !isAboutSizes(fact)).flatMap(({ left, right }) => [left, right])
  const nodes = walk([...roots, ...rest], node => partsOf(node, bodies))
  const { names, dims } = sizeNames(nodes)
  const all = [...new Set([...names, ...equations.flatMap(equation => equation.names)])]
  const { indices } = plan
  const open = all.some(name => !given.has(name))
  const several = indices.length > 1 ? 4 : indices.length > 0 || open ? 2 : 1
  // An index such as i + j - 1 may leave its array for some sizes: then others are tried.
  const shifted = nodes.some(
    node => node.kind === 'call' && selectors(node).some(selector => selector.kind === 'call'),
  )
  return Array.from({ length: plan.places > LARGE ? 1 : several }, () => {
    for (let tries = 1; ; tries++) {
      const sizes = drawSizes(random, all, dims, given, equations)
      for (const { shape } of nodes) wantEntries(extentOf(shape, sizes), MOST_ENTRIES)
      const indices = drawIndices(options, sizes, shifted)
      if (indices !== undefined) return { sizes, indices }
      if (shifted && open && tries < MOST_SIZES) continue
      const names = plan.indices.map(index => index.name).join(', ')
      throw new DomainError(
        'no-indices',
        names === ''
          ? 'no sizes were found for which every index lies in its array'
          : `no values were found for the indices ${names}`,
      )
    }
  })
}

/** How many choices of sizes are tried for one at which every index lies in its array. */
const MOST_SIZES = 40

/** Whole numbers for what selects, such that everything can be evaluated; undefined where none are found. */
function drawIndices(
  { tensors, plan, random }: FrameOptions,
  sizes: ReadonlyMap<string, number>,
  shifted: boolean,
): ReadonlyMap<Sym, number> | undefined {
  const { indices } = plan
  if (indices.length === 0 && !shifted) return new Map()
  const most = Math.max(2, ...sizes.values())
  for (let tries = 0; tries < (indices.length === 0 ? 1 : 200); tries++) {
    // Smaller and smaller, since an index has to fit every array it selects from.
    const high = Math.max(1, most - Math.floor(tries / 20))
    const drawn = new Map(indices.map(index => [index, random.integer(1, high)]))
    const resolve = ({ shape }: Sym) => {
      const { rows, columns } = extentOf(shape, sizes)
      return tensors.fill(0.5, rows, columns)
    }
    const world: World<Tensor> = {
      algebra: tensors,
      tensors,
      sizes,
      indices: drawn,
      resolve,
      replace: (node, args) => (node.op.abstract ? args[0] : undefined),
      forgiving: true,
    }
    if (fits(() => run(plan, world))) return drawn
  }
  return undefined
}

/** Whether every index lies in the array it selects from. */
function fits(work: () => unknown): boolean {
  try {
    work()
    return true
  } catch (error) {
    if (error instanceof ShapeError) return false
    throw error
  }
}
