import { LimitError } from './errors.js'

/** Bounds that hold for every input; each excess is a `LimitError`, raised before the memory is taken. */
export interface Limits {
  /** UTF-16 code units of one source text. */
  readonly sourceLength: number
  /** Tokens after macro expansion, of a whole document. */
  readonly tokens: number
  /** Brackets, braces, scripts and environments inside one another. */
  readonly nesting: number
  readonly macroDepth: number
  readonly macros: number
  /** Nodes of a formula counted as a tree, when it is printed. */
  readonly printedNodes: number
  /** Rows times columns of a matrix written out. */
  readonly matrixCells: number
  /** Milliseconds for one question. */
  readonly milliseconds: number
}

export const DEFAULT_LIMITS: Limits = Object.freeze({
  sourceLength: 1 << 20,
  tokens: 200_000,
  nesting: 1000,
  macroDepth: 64,
  macros: 256,
  printedNodes: 20_000,
  matrixCells: 4096,
  milliseconds: 60_000,
})

/**
 * Work that may be long spends from a budget: `spend` is called once per unit of work and raises `LimitError`
 * when the time is over or the caller's signal is aborted. The clock is read once in 256 units.
 */
export interface Budget {
  spend(): void
  /** Raises the same before work that cannot be interrupted; gives the milliseconds that are left. */
  remaining(): number
}

export interface BudgetOptions {
  readonly milliseconds?: number | undefined
  readonly signal?: AbortSignal | undefined
}

export function startBudget(options: BudgetOptions = {}): Budget {
  const allowed = options.milliseconds ?? DEFAULT_LIMITS.milliseconds
  const end = performance.now() + allowed
  let count = 0
  const remaining = () => {
    if (options.signal?.aborted) throw new LimitError('aborted', 'the work was aborted by the caller')
    const left = end - performance.now()
    if (left >= 0) return left
    throw new LimitError('limit-time', `the work took longer than ${allowed} ms`, {
      hint: 'raise the limit, or ask for a smaller part',
    })
  }
  return {
    spend() {
      if ((++count & 255) === 0) remaining()
    },
    remaining,
  }
}

/** Raises `LimitError` when `value` is above the bound. */
export function within(limit: keyof Limits, value: number, limits: Limits = DEFAULT_LIMITS): void {
  if (value > limits[limit]) {
    throw new LimitError(
      `limit-${limit.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`)}`,
      `${excess(limit, value)}, at most ${limits[limit]} are allowed`,
    )
  }
}

/** What there is too much of. */
function excess(limit: keyof Limits, value: number): string {
  switch (limit) {
    case 'sourceLength':
      return `the text is ${value} characters long`
    case 'tokens':
      return `the document is ${value} words and signs long, counted after macros are expanded`
    case 'nesting':
      return `brackets are nested ${value} deep`
    case 'macroDepth':
      return `macros call one another ${value} deep`
    case 'macros':
      return `${value} macros are defined`
    case 'printedNodes':
      return `a formula of ${value} names, numbers and operations would be printed`
    case 'matrixCells':
      return `a matrix of ${value} entries is written out`
    case 'milliseconds':
      return `the work takes ${value} milliseconds`
  }
}
