import { describe, expect, it } from 'vitest'
import { LimitError } from '../../src/base/errors.js'
import { type Budget, DEFAULT_LIMITS, startBudget, within } from '../../src/base/limits.js'

/** The error of spending more units than pass between two readings of the clock. */
function spendAll(budget: Budget): unknown {
  try {
    for (let i = 0; i < 300; i++) budget.spend()
  } catch (error) {
    return error
  }
  return undefined
}

describe('a budget', () => {
  it('lets work go on while there is time', () => {
    expect(spendAll(startBudget())).toBeUndefined()
  })

  it('raises LimitError when the time is over, and says how much there was', () => {
    const error = spendAll(startBudget({ milliseconds: -1 })) as LimitError
    expect(error).toBeInstanceOf(LimitError)
    expect(error.code).toBe('limit-time')
    expect(error.message).toContain('-1 ms')
    expect(error.hint).toContain('raise the limit')
  })

  it('tells how much time is left, or raises', () => {
    expect(startBudget({ milliseconds: 1000 }).remaining()).toBeLessThanOrEqual(1000)
    expect(() => startBudget({ milliseconds: -1 }).remaining()).toThrow(LimitError)
  })

  it('raises LimitError when the caller aborts, before and during the work', () => {
    expect(spendAll(startBudget({ signal: AbortSignal.abort() }))).toMatchObject({ code: 'aborted' })
    const controller = new AbortController()
    const budget = startBudget({ signal: controller.signal })
    expect(spendAll(budget)).toBeUndefined()
    controller.abort()
    expect(spendAll(budget)).toMatchObject({ code: 'aborted' })
  })
})

describe('a bound', () => {
  it('is itself allowed', () => {
    expect(() => within('nesting', DEFAULT_LIMITS.nesting)).not.toThrow()
  })

  it('raises LimitError above, naming the bound, the value and the limit', () => {
    const limits = { ...DEFAULT_LIMITS, matrixCells: 4 }
    try {
      within('matrixCells', 5, limits)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({
        code: 'limit-matrix-cells',
        message: 'a matrix of 5 entries is written out, at most 4 are allowed',
      })
    }
  })

  it('cannot be changed for everybody', () => {
    expect(Object.isFrozen(DEFAULT_LIMITS)).toBe(true)
  })
})
