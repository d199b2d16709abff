import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadAutograd } from '../../src/autograd/load.js'
import type { Program } from '../../src/autograd/traced.js'
import { loadTensors } from '../../src/tensor/load.js'
import { cases } from '../tensor/cases.js'
import { pointsOf } from '../tensor/points.js'
import { toTensor } from '../tensor/reference.js'

const [autograd, t] = await Promise.all([loadAutograd(), loadTensors()])

/**
 * The engine keeps its buffers in a Map, from a number to the bytes and a count of their uses, and drops a buffer
 * when its last use ends. Watching Maps for such values counts them exactly.
 */
const live = new Map<unknown, number>()
let seen = 0
const { set, delete: remove } = Map.prototype
const isBuffer = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'ref' in value &&
  'buffer' in value &&
  value.buffer instanceof Uint8Array

beforeAll(() => {
  Map.prototype.set = function (this: Map<unknown, unknown>, key: unknown, value: unknown) {
    if (isBuffer(value)) {
      seen++
      set.call(live, value, 1)
    }
    return set.call(this, key, value)
  }
  Map.prototype.delete = function (this: Map<unknown, unknown>, key: unknown) {
    const value = this.get(key)
    if (isBuffer(value)) remove.call(live, value)
    return remove.call(this, key)
  }
})

afterAll(() => {
  Map.prototype.set = set
  Map.prototype.delete = remove
})

describe('every array the engine makes is given back', () => {
  it.each(cases.map(one => [one.title, one] as const))('by %s', (_, one) => {
    const program: Program = (ops, inputs) => ops.sum(one.apply(ops, ...inputs))
    const point = pointsOf(one, 1)[0]!.map(toTensor)
    const before = live.size
    const seenBefore = seen
    autograd.valuesAndGradients(program, [point, point])
    autograd.jacobian((ops, inputs) => one.apply(ops, ...inputs), point)
    expect(live.size).toBe(before)
    expect(seen).toBeGreaterThan(seenBefore)
  })

  it('by values alone, and by gradients of some inputs only', () => {
    const before = live.size
    const point = [t.identity(2), t.create(2, 1, [0.2, 0.3])]
    const program: Program = (ops, [w, x]) => ops.logSumExpColumns(ops.matmul(w!, ops.tanh(x!)))
    autograd.evaluate(program, [point, point])
    for (const varied of [0, 1, 2]) autograd.valueAndGradient(program, point, varied)
    expect(live.size).toBe(before)
  })

  it('by branches whose slope is infinite', () => {
    const before = live.size
    const x = t.create(2, 1, [0, 1])
    autograd.valueAndGradient((ops, [a]) => ops.sum(ops.sqrt(ops.asin(a!))), [x])
    expect(live.size).toBe(before)
  })

  it('by programs of several segments and by programs that fail', () => {
    const before = live.size
    const x = t.create(2, 2, [0.1, 0.2, 0.3, 0.4])
    autograd.valueAndGradient(
      (ops, [a]) => {
        let y = a!
        for (let i = 0; i < 130; i++) y = ops.add(ops.sin(y), a!)
        return ops.sum(y)
      },
      [x],
    )
    expect(() => autograd.valueAndGradient((ops, [a]) => ops.add(ops.exp(a!), ops.sum(a!)), [x])).toThrow()
    expect(live.size).toBe(before)
  })

  it('but for a few by second derivatives, where the rules of the engine differentiate its reciprocal', () => {
    const program: Program = (ops, [w, x]) => ops.logSumExpColumns(ops.matmul(w!, ops.tanh(x!)))
    const point = [t.identity(2), t.create(2, 1, [0.2, 0.3])]
    const before = live.size
    for (let i = 0; i < 5; i++) autograd.hessian(program, point, 1, 1)
    expect(live.size - before).toBeLessThanOrEqual(5 * 8)
  })

  it('and a thousand calls leave the heap as it was', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const x = t.create(2, 2, [0.1, 0.2, 0.3, 0.4])
    const calls = async (count: number) => {
      for (let i = 0; i < count; i++) {
        autograd.valueAndGradient((ops, [a]) => ops.sum(ops.square(a!)), [x])
        // A weak reference keeps its target until the task is over, and the engine makes many.
        if (i % 50 === 0) await new Promise(resolve => setImmediate(resolve))
      }
      await new Promise(resolve => setImmediate(resolve))
      collect()
    }
    const before = live.size
    await calls(200)
    const heap = process.memoryUsage().heapUsed
    await calls(1000)
    expect(live.size).toBe(before)
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(1.5e6)
  })
})
