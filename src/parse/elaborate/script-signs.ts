import type { Syntax } from '../syntax.js'
import { bare, scriptText } from './names.js'

/** The LaTeX of a transpose sign, if the node is one. */
export function transposeSign(node: Syntax): string | undefined {
  if (node.kind === 'mark' || node.kind === 'text') {
    const text = node.text.trim()
    if (text === 'top' || text === 'intercal') return `\\${text}`
    return text === 'T' ? 'T' : undefined
  }
  if (node.kind !== 'name' || node.marks.length > 0) return undefined
  if (node.base === 'top' || node.base === 'intercal') return `\\${node.base}`
  if (node.base !== 'T') return undefined
  if (node.font === 'sans') return '\\mathsf{T}'
  return node.font === 'roman' ? '\\mathrm{T}' : 'T'
}

/** A superscript in brackets, `(2)` or `[l]`, is a label whatever it holds. */
export function isBracketed(script: Syntax): boolean {
  const node = bare(script)
  return node.kind === 'matrix'
    ? scriptText(node) !== undefined
    : node.kind === 'group' && node.brackets.open !== ''
}
