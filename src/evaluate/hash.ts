import { rationalText } from '../base/rational.js'
import type { Expr } from '../expr/node.js'
import type { Definition } from '../expr/problem.js'
import { shapeText } from '../expr/shape.js'
import { postorder } from '../expr/walk.js'

/**
 * A short text that depends on what formulas say and on nothing else: not on the order in which they were made, the
 * machine, or the process. Points are drawn from it, so that a check of the same formulas is the same check.
 */
export function contentHash(roots: readonly Expr[], definitions: readonly Definition[] = []): string {
  const places = new Map<Expr, number>()
  let a = 0x811c9dc5
  let b = 0x9747b28c
  const put = (text: string) => {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      a = Math.imul(a ^ code, 0x01000193)
      b = Math.imul(b ^ (code + (a >>> 15)), 0x85ebca6b)
    }
  }
  const named = definitions.flatMap(({ symbol, body }) => [symbol, body])
  for (const node of postorder([...roots, ...named])) {
    places.set(node, places.size)
    put(shapeText(node.shape))
    if (node.kind === 'num') put(`=${rationalText(node.value)}`)
    else if (node.kind === 'sym') put(`:${node.name}`)
    else put(`(${node.op.name} ${node.args.map(arg => places.get(arg)).join(' ')})`)
  }
  for (const node of [...roots, ...named]) put(`/${places.get(node)}`)
  const word = (value: number) => (value >>> 0).toString(16).padStart(8, '0')
  return word(a) + word(b)
}
