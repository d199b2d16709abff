import type { Op } from '../expr/op.js'
import {
  attention,
  binaryCrossEntropy,
  cosineSimilarity,
  divergence,
  huber,
  layerNormalisation,
  logCosh,
  meanAbsoluteError,
  meanSquaredError,
  rootMeanSquare,
  smoothAbsolute,
  softmin,
} from './network-words.js'
import { pNorm } from './norms.js'
import {
  arccosecant,
  arccotangent,
  arcsecant,
  clip,
  cubeRoot,
  expm1,
  log1p,
  log2,
  log10,
} from './number-words.js'
import { deviation, greatestNorm, productOfEntries, variance } from './statistics.js'

/** Every word that is short for a formula. */
export const abbreviations: readonly Op[] = Object.freeze([
  log2,
  log10,
  arcsecant,
  arccosecant,
  arccotangent,
  log1p,
  expm1,
  cubeRoot,
  clip,
  productOfEntries,
  variance,
  deviation,
  greatestNorm,
  pNorm,
  meanSquaredError,
  meanAbsoluteError,
  binaryCrossEntropy,
  divergence,
  huber,
  smoothAbsolute,
  logCosh,
  cosineSimilarity,
  softmin,
  layerNormalisation,
  rootMeanSquare,
  attention,
])
