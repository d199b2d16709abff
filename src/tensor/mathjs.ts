import {
  absDependencies,
  acosDependencies,
  asinDependencies,
  atanDependencies,
  cosDependencies,
  coshDependencies,
  create,
  erfDependencies,
  expDependencies,
  type FactoryFunctionMap,
  invDependencies,
  log1pDependencies,
  logDependencies,
  lupDependencies,
  signDependencies,
  sinDependencies,
  sinhDependencies,
  sqrtDependencies,
  tanDependencies,
  tanhDependencies,
} from 'mathjs'

/** A matrix as mathjs takes and gives it. */
export type Rows = number[][]

/** What the numeric operations take from mathjs: functions of real numbers, and two matrix algorithms. */
export interface Numerics {
  readonly abs: (x: number) => number
  readonly acos: (x: number) => number
  readonly asin: (x: number) => number
  readonly atan: (x: number) => number
  readonly cos: (x: number) => number
  readonly cosh: (x: number) => number
  readonly erf: (x: number) => number
  readonly exp: (x: number) => number
  readonly log: (x: number) => number
  readonly log1p: (x: number) => number
  readonly sign: (x: number) => number
  readonly sin: (x: number) => number
  readonly sinh: (x: number) => number
  readonly sqrt: (x: number) => number
  readonly tan: (x: number) => number
  readonly tanh: (x: number) => number
  /** Factors with partial pivoting; row i of L·U is row p[i] of the matrix. Raises nothing for a singular matrix. */
  readonly lup: (a: Rows) => { readonly U: Rows; readonly p: readonly number[] }
  /** Gauss–Jordan elimination with partial pivoting; throws a plain Error at a pivot that is exactly zero. */
  readonly inv: (a: Rows) => Rows
}

/**
 * The implementation a mathjs function has for one combination of argument types. Calling it directly leaves out
 * the choice among some twenty combinations at every entry.
 */
function signature<F>(typed: unknown, types: string): F {
  return (typed as { readonly signatures: Readonly<Record<string, F>> }).signatures[types]!
}

/** A function that is built at its first call. */
function late<A extends readonly unknown[], R>(build: () => (...args: A) => R): (...args: A) => R {
  let built: ((...args: A) => R) | undefined
  return (...args) => {
    built ??= build()
    return built(...args)
  }
}

/**
 * The functions, each built from its factories at its first call: a determinant costs 30 ms to build, an exponential
 * one. `predictable` keeps real arguments real: a logarithm of a negative number is NaN and not complex. The
 * tolerances are put out of action because mathjs would otherwise take a pivot below 1e-15 for zero, whatever the
 * scale of the matrix.
 */
export function createNumerics(): Numerics {
  const factories = {
    absDependencies,
    acosDependencies,
    asinDependencies,
    atanDependencies,
    cosDependencies,
    coshDependencies,
    erfDependencies,
    expDependencies,
    invDependencies,
    log1pDependencies,
    logDependencies,
    lupDependencies,
    signDependencies,
    sinDependencies,
    sinhDependencies,
    sqrtDependencies,
    tanDependencies,
    tanhDependencies,
  }
  // The types call every entry of a factory map possibly undefined; the bundle of names above has none.
  const math = create(factories as FactoryFunctionMap, {
    predictable: true,
    relTol: Number.MIN_VALUE,
    absTol: 0,
  })
  const unary = (typed: () => unknown) => late(() => signature<(x: number) => number>(typed(), 'number'))
  return Object.freeze<Numerics>({
    abs: unary(() => math.abs),
    acos: unary(() => math.acos),
    asin: unary(() => math.asin),
    atan: unary(() => math.atan),
    cos: unary(() => math.cos),
    cosh: unary(() => math.cosh),
    erf: unary(() => math.erf),
    exp: unary(() => math.exp),
    log: unary(() => math.log),
    log1p: unary(() => math.log1p),
    sign: unary(() => math.sign),
    sin: unary(() => math.sin),
    sinh: unary(() => math.sinh),
    sqrt: unary(() => math.sqrt),
    tan: unary(() => math.tan),
    tanh: unary(() => math.tanh),
    lup: late(() => signature<Numerics['lup']>(math.lup, 'Array')),
    inv: late(() => signature<Numerics['inv']>(math.inv, 'Array')),
  })
}
