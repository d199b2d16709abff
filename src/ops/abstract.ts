import { unreachable } from '../base/errors.js'
import { operation } from '../expr/intern.js'
import { latexName } from '../expr/name.js'
import { defineOp, type Op } from '../expr/op.js'
import { applyOp } from './apply.js'
import { defineElementwise } from './elementwise.js'

/** Up to this order derivatives are written with primes, after it with the order in parentheses. */
const MOST_PRIMES = 3

/**
 * A function the author left unknown, applied entry by entry, or its derivative of the given order: `g`, `g'`, `g''`.
 * It is taken to be smooth. The same name and order give the same operation while anyone holds it. Its value has to
 * come from outside: the record says `abstract: { name, order }`, and evaluation puts a concrete function in its
 * place (`value` itself raises `VerificationError`).
 */
export function abstractFunction(name: string, order = 0): Op {
  return operation(`${order}|${name}`, () => makeAbstract(name, order))
}

function makeAbstract(name: string, order: number): Op {
  const few = order <= MOST_PRIMES
  const primes = "'".repeat(order)
  const head = latexName(name)
  const op = defineElementwise({
    name: `${name}${few ? primes : `^(${order})`}`,
    title: order === 0 ? `function ${name}` : `derivative of order ${order} of ${name}`,
    latex: few ? `${head}${primes}` : `${head}^{(${order})}`,
    plain: few ? `${name}${primes}` : `${name}^(${order})`,
    value: () => unreachable(`the unknown function ${name} has no value of its own`),
    derivative: x => applyOp(abstractFunction(name, order + 1), x),
    rule: {
      id: 'abstract-function-rule',
      name: 'derivative of an unknown function',
      statement: "\\mathrm{d}\\,g(u)=g'(u)\\odot\\mathrm{d}u",
      source: 'calculus:chain',
      sentence:
        'The slope of an unknown function is written with a prime and multiplies the change of its argument.',
      level: 'normal',
    },
  })
  return defineOp({ ...op, abstract: Object.freeze({ name, order }) })
}
