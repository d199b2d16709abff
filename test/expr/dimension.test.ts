import { describe, expect, test } from 'vitest'
import { differenceOfDims, productOfDims, sumOfDims } from '../../src/expr/dimension.js'
import { sizeOf } from '../../src/expr/shape.js'

describe('sizes with names', () => {
  test('have one spelling, whatever the order they were added in', () => {
    expect(sumOfDims('n', 'm')).toBe('m+n')
    expect(sumOfDims('m', 'n')).toBe('m+n')
    expect(sumOfDims(sumOfDims('n', 1), sumOfDims('m', 2))).toBe('m+n+3')
    expect(sumOfDims('n', 'n')).toBe('2*n')
    expect(sumOfDims(2, 3)).toBe(5)
  })

  test('are multiplied out', () => {
    expect(productOfDims('n', 'm')).toBe('m*n')
    expect(productOfDims('n+1', 'm')).toBe('m*n+m')
    expect(productOfDims('n', 'n')).toBe('n*n')
    expect(productOfDims(3, 'n')).toBe('3*n')
    expect(productOfDims(1, 'n')).toBe('n')
    expect(productOfDims(0, 'n')).toBe(0)
  })

  test('cancel to numbers', () => {
    expect(differenceOfDims('m+n', 'n')).toBe('m')
    expect(differenceOfDims('n+2', 'n')).toBe(2)
    expect(differenceOfDims('n', 'n')).toBe(0)
    expect(differenceOfDims(3, 'n')).toBe('-n+3')
  })

  test('count up and down', () => {
    expect(sumOfDims('n', 1)).toBe('n+1')
    expect(sumOfDims('n+1', -2)).toBe('n-1')
    expect(sumOfDims('m+n', 1)).toBe('m+n+1')
  })

  test('leave signs inside names alone', () => {
    expect(sumOfDims('n_{i+1}', 1)).toBe('n_{i+1}+1')
    expect(productOfDims('n_{i-1}', 'n_{i}')).toBe('n_{i-1}*n_{i}')
  })

  test('have values when their names have', () => {
    const sizes = new Map([
      ['m', 2],
      ['n', 3],
      ['n_{i+1}', 7],
    ])
    expect(sizeOf('m*n+m-1', sizes)).toBe(7)
    expect(sizeOf('-n+3', sizes)).toBe(0)
    expect(sizeOf('n_{i+1}', sizes)).toBe(7)
    expect(sizeOf('2*n*n', sizes)).toBe(18)
    expect(() => sizeOf('k+1', sizes)).toThrow(/size k has no value/)
  })
})
