import { activationEntries } from './activations.js'
import type { CatalogueEntry } from './entry.js'
import { lossEntries } from './losses.js'
import { matrixEntries } from './matrices.js'
import { modelEntries } from './models.js'
import { networkEntries } from './networks.js'
import { scalarEntries } from './scalar.js'
import { vectorEntries } from './vectors.js'

/** A part of the catalogue with its heading. */
export interface CatalogueSection {
  readonly title: string
  readonly entries: readonly CatalogueEntry[]
}

/** The results that courses state, by subject, in the order in which they are taught. */
export const catalogue: readonly CatalogueSection[] = Object.freeze([
  { title: 'One variable', entries: scalarEntries },
  { title: 'Activations', entries: activationEntries },
  { title: 'Vectors and layers', entries: vectorEntries },
  { title: 'Matrices', entries: matrixEntries },
  { title: 'Pieces of networks', entries: networkEntries },
  { title: 'Losses', entries: lossEntries },
  { title: 'Models', entries: modelEntries },
])
