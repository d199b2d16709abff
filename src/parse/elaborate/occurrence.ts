import { childrenOf } from '../children.js'
import type { Syntax } from '../syntax.js'
import { assemble, bare, items, type NameParts, nameParts } from './names.js'
import { transposeSign } from './script-signs.js'

/** Whether a letter occurs among the scripts of a name. */
export function carries(parts: NameParts, letter: string): boolean {
  return [...parts.subscripts, ...parts.superscripts].some(script => occursIn(script, letter))
}

/** Whether a bare letter occurs in a formula. */
export function occursIn(root: Syntax, letter: string): boolean {
  const stack: Syntax[] = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    if (node.kind === 'name' && node.base === letter && node.font === null) return true
    for (const child of childrenOf(node)) stack.push(child)
  }
  return false
}

/** Whether a formula says what a derivative is; calculus finds that by itself. */
export function hasDerivative(root: Syntax): boolean {
  const stack: Syntax[] = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.kind === 'derivative' || next.kind === 'gradient') return true
    for (const child of childrenOf(next)) stack.push(child)
  }
  return false
}

/** Whether a name can be defined: nothing above it transposes or inverts. */
export function isHead(parts: NameParts): boolean {
  return parts.superscripts.every(script => {
    const node = bare(script)
    return transposeSign(node) === undefined && node.kind !== 'signed'
  })
}

/** `A = A^\top`. */
export function isSymmetry(parts: NameParts, right: Syntax): boolean {
  const node = bare(right)
  if (node.kind !== 'scripted') return false
  const turned = nameParts(node)
  if (turned === undefined || turned.base !== parts.base) return false
  const signs = node.superscripts.filter(script => transposeSign(bare(script)) !== undefined)
  return signs.length === 1 || (node.primes === 1 && node.superscripts.length === 0)
}

/** Whether a name occurs in a formula, outside derivatives. */
export function mentions(root: Syntax, head: Syntax): boolean {
  const name = wholeName(head)
  const stack: Syntax[] = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    if (wholeName(node) === name) return true
    if (node.kind === 'derivative' || node.kind === 'gradient') continue
    if (node.kind === 'name' || node.kind === 'scripted') {
      if (node.kind === 'scripted' && nameParts(node) === undefined) stack.push(node.base)
      continue
    }
    for (const child of childrenOf(node)) stack.push(child)
  }
  return false
}

export function wholeName(node: Syntax): string | undefined {
  const parts = nameParts(node)
  return parts && assemble(parts, items(parts.subscripts), parts.superscripts, parts.primes)
}
