import type { DeclarationObject } from './options.js'

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

/** `W: m x n, x, y: n, L: scalar` cut behind each colon with what belongs to it. */
export function splitGroups(text: string): readonly string[] {
  const groups: string[] = []
  let open: string[] = []
  for (const item of splitNames(text)) {
    open.push(item)
    if (/:|\\in\b/.test(item)) {
      groups.push(open.join(', '))
      open = []
    }
  }
  if (open.length > 0) groups.push(open.join(', '))
  return groups
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
