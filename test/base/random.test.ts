import { expect, test } from 'vitest'
import { seededRandom } from '../../src/base/random.js'

const draw = (seed: string, count: number) => {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => random.next())
}

test('a seed gives the same sequence on every machine', () => {
  expect(draw('backprose', 4).map(value => value * 2 ** 32)).toEqual([
    1636191489, 1938297799, 640725377, 1547725985,
  ])
})

test('two seeds give two sequences', () => {
  expect(draw('a', 8)).not.toEqual(draw('b', 8))
  expect(draw('', 8)).toEqual(draw('', 8))
})

test('two sources of one seed do not disturb each other', () => {
  const [first, second] = [seededRandom('s'), seededRandom('s')]
  first.next()
  expect([second.next(), first.next()]).toEqual(draw('s', 2))
})

test('numbers lie in the ranges they are drawn from, and fill them', () => {
  const random = seededRandom('ranges')
  const faces = new Set<number>()
  for (let i = 0; i < 2000; i++) {
    const value = random.between(-1, 3)
    expect(value >= -1 && value < 3).toBe(true)
    faces.add(random.integer(1, 6))
  }
  expect([...faces].sort()).toEqual([1, 2, 3, 4, 5, 6])
  expect(['x', 'y']).toContain(random.pick(['x', 'y']))
})
