import { MathError } from '../base/errors.js'
import type { Tensor } from '../base/tensor.js'
import { compareTensors, finiteMagnitude } from '../evaluate/compare.js'
import { type Point, runAt } from '../evaluate/evaluate.js'
import { planOf } from '../evaluate/plan.js'
import { designPoints } from '../evaluate/points.js'
import type { Expr, Sym } from '../expr/node.js'
import { sameShape } from '../expr/shape.js'
import type { Ground } from './ground.js'

/** How many points a candidate has to pass before anybody looks closer. */
const POINTS = 4

/** The values of one formula at a few points, against which many others are held. */
export class Trial {
  readonly #ground: Ground
  readonly #left: Expr
  readonly #points: readonly Point[]
  readonly #values: readonly Tensor[]
  readonly #scales: readonly number[]

  /** Raises what `designPoints` raises. */
  constructor(ground: Ground, left: Expr, others: readonly Expr[]) {
    const { definitions, declarations, facts, tensors, budget } = ground
    const names = declarations.map(({ symbol }): Sym => symbol)
    const pieces = { outputs: [left], others: [...names, ...others], definitions, declarations, facts }
    const design = designPoints(tensors, pieces, { count: 2 * POINTS, budget })
    this.#ground = ground
    this.#left = left
    this.#points = design.groups.flatMap(({ points }) =>
      points.slice(0, Math.ceil(POINTS / design.groups.length)),
    )
    const plan = planOf([left], { definitions })
    const runs = this.#points.map(point =>
      runAt(tensors, plan, point, { measure: finiteMagnitude, forgiving: true }),
    )
    this.#values = runs.map(({ values }) => values[0]!)
    this.#scales = runs.map(({ scales }) => scales[0]!)
  }

  get isEmpty(): boolean {
    return this.#points.length === 0
  }

  /** Whether a formula has the same values, as far as these points show. */
  passes(candidate: Expr): boolean {
    if (!sameShape(candidate.shape, this.#left.shape)) return false
    const { definitions, tensors, budget } = this.#ground
    try {
      const plan = planOf([candidate], { definitions })
      return this.#points.every((point, p) => {
        const { values, scales } = runAt(tensors, plan, point, {
          measure: finiteMagnitude,
          forgiving: true,
          budget,
        })
        const scale = Math.max(scales[0]!, this.#scales[p]!)
        return compareTensors(this.#values[p]!, values[0]!, scale).verdict === 'same'
      })
    } catch (error) {
      if (error instanceof MathError && error.code !== 'limit-time') return false
      throw error
    }
  }
}
