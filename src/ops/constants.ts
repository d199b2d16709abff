import { call } from '../expr/intern.js'
import type { Call } from '../expr/node.js'
import { defineOp, type Op, PRECEDENCE } from '../expr/op.js'
import { SCALAR } from '../expr/shape.js'

export const circleConstant: Op = defineOp({
  name: 'pi',
  title: 'the number pi',
  kind: 'general',
  arity: [0, 0],
  notation: { form: 'constant', latex: '\\pi', plain: 'pi', precedence: PRECEDENCE.atom },
  shape: () => SCALAR,
  value: m => m.fill(Math.PI, 1, 1),
  rule: {
    id: 'pi-rule',
    name: 'constant rule',
    statement: '\\mathrm{d}\\pi=0',
    source: 'matrix-cookbook:33',
    sentence: 'A constant does not change.',
    level: 'every',
  },
  flat: () => true,
  positive: true,
  examples: ['pi'],
})

/** The number π, an operation without arguments. */
export function piOf(): Call {
  return call(circleConstant, [])
}
