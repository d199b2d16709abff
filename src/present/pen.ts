import type { Maths } from './maths.js'

/** Spells mathematics in one dialect. */
export interface Pen {
  maths(maths: Maths): string
  /** The chain `left = right`, or the left side alone. */
  readonly equals: string
}
