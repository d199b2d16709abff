import { type Mapped, MappedText } from './mapped.js'

/** A cell of text of a notebook: which one it is, and what it says, with the place of every character in the file. */
export interface Cell {
  readonly index: number
  readonly content: Mapped
}

/** A key, a bracket, a string or another value of JSON. */
const TOKEN = /[{}[\],:]|"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[^\s{}[\],:"]+/g

interface Level {
  readonly kind: '{' | '['
  key: string
  index: number
  awaitsKey: boolean
}

/**
 * The Markdown cells of a Jupyter notebook in order. The file is walked token by token, so that every character of a
 * cell keeps its place in the JSON; what is no notebook has no cells.
 */
export function markdownCells(source: string): readonly Cell[] {
  const cells: Cell[] = []
  const levels: Level[] = []
  let type = ''
  let pieces: { readonly from: number; readonly text: string }[] = []
  for (const { index, 0: piece } of source.matchAll(TOKEN)) {
    const level = levels[levels.length - 1]
    switch (piece) {
      case '{':
      case '[':
        levels.push({ kind: piece, key: '', index: 0, awaitsKey: piece === '{' })
        continue
      case '}':
      case ']': {
        levels.pop()
        const [root, list] = levels
        if (piece === '}' && levels.length === 2 && root?.key === 'cells' && list?.kind === '[') {
          if (type === 'markdown') cells.push({ index: list.index, content: decoded(pieces) })
          type = ''
          pieces = []
        }
        continue
      }
      case ',':
        if (level !== undefined) {
          level.index++
          level.awaitsKey = level.kind === '{'
        }
        continue
      case ':':
        if (level !== undefined) level.awaitsKey = false
        continue
      default:
    }
    if (piece[0] !== '"' || level === undefined) continue
    if (level.awaitsKey) level.key = piece.slice(1, -1)
    else if (levels[0]?.key === 'cells' && levels.length >= 3) {
      const key = levels[2]!.key
      if (key === 'cell_type' && levels.length === 3) type = piece.slice(1, -1)
      else if (key === 'source') pieces.push({ from: index + 1, text: piece.slice(1, -1) })
    }
  }
  return cells
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
])

/** The strings of one source, one behind the other, with their escapes undone. */
function decoded(pieces: readonly { readonly from: number; readonly text: string }[]): Mapped {
  const text = new MappedText()
  let end = 0
  for (const { from, text: raw } of pieces) {
    let last = 0
    for (const { index, 0: found } of raw.matchAll(/\\(?:u[0-9a-fA-F]{4}|[\s\S])/g)) {
      if (index > last) text.add(raw.slice(last, index), from + last)
      const code = found[1]!
      const character =
        found.length === 6
          ? String.fromCharCode(Number.parseInt(found.slice(2), 16))
          : (ESCAPES.get(code) ?? code)
      text.add(character, from + index)
      last = index + found.length
    }
    if (last < raw.length) text.add(raw.slice(last), from + last)
    end = from + raw.length
  }
  return text.done(end)
}
