import { VerificationError } from '../base/errors.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Check } from './check.js'
import type { Claim, ClaimKind } from './claim.js'
import type { Engines } from './oracle.js'
import { type Derivation, type Verification, Verifying, type VerifyOptions } from './verifying.js'

/**
 * Checks claims and steps numerically at designed points. A claimed derivative is compared with automatic
 * differentiation of the function itself; the two sides of a rewriting are compared with each other; what is carried
 * through an operation is compared with differences of that operation. All claims about one output share one call of
 * the engine for each choice of sizes, and all expressions share one evaluation for each point.
 *
 * Raises nothing about the outcome: see the status of each check. Raises `LimitError` when the budget is spent.
 */
export async function verifyDerivation(
  derivation: Derivation,
  engines: Engines,
  options: VerifyOptions = {},
): Promise<Verification> {
  const { claims = [], steps = [] } = derivation
  const autograd = claims.length > 0 ? await engines.autograd() : undefined
  return new Verifying(derivation, engines.tensors, autograd, options).verify(claims, steps)
}

/** One claimed derivative; see `verifyDerivation`. */
export async function verifyGradient(
  derivation: Omit<Derivation, 'claims' | 'steps'>,
  claim: Omit<Claim, 'kind' | 'order'> & { readonly kind?: ClaimKind; readonly order?: 1 | 2 },
  engines: Engines,
  options: VerifyOptions = {},
): Promise<Check> {
  const full: Claim = { kind: 'gradient', order: 1, ...claim }
  const { claims } = await verifyDerivation({ ...derivation, claims: [full] }, engines, options)
  return claims[0]!
}

/** A named adjoint `δ_z = ∂L/∂z` as a claim; undefined for one that belongs to no defined symbol. */
export function adjointClaim(adjoint: {
  readonly symbol: Sym
  readonly of: Sym | undefined
  readonly output: Expr
}): Claim | undefined {
  const { symbol, of, output } = adjoint
  return of && { kind: 'gradient', order: 1, output, wrt: of, result: symbol }
}

/** Raises `VerificationError`, naming the rule, for the first refuted step or claim. */
export function wantVerified({ claims, steps }: Verification, of: Derivation): void {
  for (const [k, check] of steps.entries()) {
    if (check?.status === 'refuted') refuse(`the step '${of.steps![k]!.rule.id}'`, check)
  }
  for (const [k, check] of claims.entries()) {
    if (check.status === 'refuted') refuse(`the derivative by ${of.claims![k]!.wrt.name}`, check)
  }
}

function refuse(what: string, { message, seed }: Check): never {
  throw new VerificationError('check-failed', `${what} failed its check: ${message}`, {
    hint: 'this is a fault of the library; please report it with the input',
    notes: [`the points were drawn from the seed ${seed}`],
  })
}
