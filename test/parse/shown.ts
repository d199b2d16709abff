import { rationalText } from '../../src/base/rational.js'
import type { Expr } from '../../src/expr/node.js'
import type { Problem } from '../../src/expr/problem.js'
import { isScalar, shapeText } from '../../src/expr/shape.js'

/** A formula with every operation by its name and every fill with its shape, so that nothing is hidden. */
export function shown(node: Expr): string {
  if (node.kind === 'num') {
    return isScalar(node.shape)
      ? rationalText(node.value)
      : `${rationalText(node.value)}[${shapeText(node.shape)}]`
  }
  if (node.kind === 'sym') return node.name
  const args = node.args.map(shown)
  const between = SIGNS.get(node.op.name)
  if (between !== undefined) return `(${args.join(between)})`
  if (node.op.name === 'power') return `${args[0]}^${args[1]}`
  return node.op.name === 'transpose' ? `${args[0]}'` : `${node.op.name}(${args.join(', ')})`
}

const SIGNS: ReadonlyMap<string, string> = new Map([
  ['add', ' + '],
  ['multiply', ' '],
  ['matmul', ' @ '],
  ['hadamard', ' .* '],
  ['divide', ' / '],
])

export function definitions(problem: Problem): readonly string[] {
  return problem.definitions.map(({ symbol, body }) => `${symbol.name} = ${shown(body)}`)
}

export function questions(problem: Problem): readonly string[] {
  return problem.questions.map(
    ({ of, wrt, order }) => `${shown(of)} by ${wrt.name}${order === 2 ? ' twice' : ''}`,
  )
}

export function shapes(problem: Problem): Readonly<Record<string, string>> {
  return Object.fromEntries(problem.declarations.map(({ symbol }) => [symbol.name, shapeText(symbol.shape)]))
}

/** The text an error points at. */
export function pointed(source: string, read: () => unknown): string {
  try {
    read()
  } catch (error) {
    const { name, code, span } = error as { name: string; code: string; span?: { from: number; to: number } }
    return `${name} ${code}: ${span === undefined ? 'no place' : source.slice(span.from, span.to)}`
  }
  return 'no error'
}
