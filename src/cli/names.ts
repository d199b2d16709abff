import type { DeclarationObject } from '../parse/options.js'

/** `W,b` and `W_{x,y}, b`: commas inside braces belong to a name. */
export function splitNames(text: string): readonly string[] {
  const names: string[] = []
  let depth = 0
  let name = ''
  for (const letter of text) {
    if (letter === '{' || letter === '[') depth++
    if (letter === '}' || letter === ']') depth--
    if (letter === ',' && depth === 0) {
      names.push(name)
      name = ''
    } else name += letter
  }
  names.push(name)
  return names.map(found => found.trim()).filter(found => found !== '')
}

const SIZE = /^(?:[A-Za-z][A-Za-z0-9_]*(?:[+-][0-9]+)?|[0-9]+)$/

/**
 * What `--let` declares: `W: m x n`, `b, y: m` and `L: scalar` by name and sizes; anything else is a statement as it
 * could stand in the file, such as `A \\in \\mathbb{S}^n`.
 */
export function declarationsOf(text: string): readonly (string | DeclarationObject)[] {
  const at = text.lastIndexOf(':')
  if (at < 0) return [text]
  const names = splitNames(text.slice(0, at))
  const right = text.slice(at + 1).trim()
  const sizes = right === 'scalar' ? [] : right.split(/\s+x\s+|\s*×\s*/)
  if (names.length === 0 || sizes.length > 2 || !sizes.every(size => SIZE.test(size))) return [text]
  const shape = sizes.map(size => (/^[0-9]/.test(size) ? Number(size) : size))
  return names.map(name => ({ name, shape }))
}
