import { CALCULUS } from './calculus.js'
import type { RightDerivation } from './kinds.js'
import { MATRICES } from './matrices.js'
import { NETWORKS } from './networks.js'

/** Derivations of which every line is right. */
export const RIGHT: readonly RightDerivation[] = Object.freeze([...CALCULUS, ...MATRICES, ...NETWORKS])
