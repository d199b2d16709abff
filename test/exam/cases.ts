import { activations } from './cases/activations.js'
import { byScalar } from './cases/by-scalar.js'
import { determinants } from './cases/determinants.js'
import { entrywise } from './cases/entrywise.js'
import { families } from './cases/families.js'
import { forms } from './cases/forms.js'
import { hardModels } from './cases/hard-models.js'
import { hardNetworks } from './cases/hard-networks.js'
import { hessians } from './cases/hessians.js'
import { higherRank } from './cases/higher-rank.js'
import { indices } from './cases/indices.js'
import { jacobians } from './cases/jacobians.js'
import { losses } from './cases/losses.js'
import { networks } from './cases/networks.js'
import { norms } from './cases/norms.js'
import { otherHands } from './cases/other-hands.js'
import { scalarNetworks } from './cases/scalar-networks.js'
import { several } from './cases/several-variables.js'
import { calculus } from './cases/single-variable.js'
import { traces } from './cases/traces.js'
import { group, type Question } from './question.js'

const hard = group('hard', [...hardModels, ...hardNetworks])

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
  otherHands,
]
  .flat()
  .filter(({ id }) => new RegExp(process.env.EXAM ?? '').test(id))
