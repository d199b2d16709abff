import { activations } from './cases/activations.js'
import { calculus, several } from './cases/calculus.js'
import { forms } from './cases/forms.js'
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
]
  .flat()
  .filter(({ id }) => id.startsWith(process.env.EXAM ?? ''))
