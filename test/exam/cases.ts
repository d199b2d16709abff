import { activations } from './cases/activations.js'
import { calculus, several } from './cases/calculus.js'
import { forms } from './cases/forms.js'
import { hard, indices } from './cases/hard.js'
import { hessians, higherRank, jacobians } from './cases/jacobians.js'
import { families, losses } from './cases/losses.js'
import { byScalar, determinants, entrywise, traces } from './cases/matrices.js'
import { networks, scalarNetworks } from './cases/networks.js'
import { norms } from './cases/norms.js'
import type { Question } from './question.js'

/** Every question of the exam; a group of them can be named in the environment while one works on it. */
export const questions: readonly Question[] = [
  calculus,
  several,
  forms,
  norms,
  traces,
  determinants,
  entrywise,
  byScalar,
  activations,
  losses,
  families,
  scalarNetworks,
  networks,
  jacobians,
  higherRank,
  hessians,
  hard,
  indices,
]
  .flat()
  .filter(({ id }) => new RegExp(process.env.EXAM ?? '').test(id))
