import type { DerivationRequest } from '../../../src/parse/derivation.js'

/** A derivation of which every line is right. */
export interface RightDerivation extends Omit<DerivationRequest, 'syntax'> {
  readonly id: string
  readonly syntax?: DerivationRequest['syntax']
}
