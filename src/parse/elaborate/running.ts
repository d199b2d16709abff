import { childrenOf } from '../children.js'
import type { BigSyntax, Syntax } from '../syntax.js'
import { type IndexRange, readRange } from './declare.js'
import { assemble, bare, baseName, items, type NameParts, nameParts } from './names.js'
import { transposeSign } from './script-signs.js'
import { widenSums } from './sum-scope.js'

/** A sum that ranges over a letter: where the letter ends, as far as that is written. */
export interface RunningRange {
  readonly letter: string
  readonly low: Syntax | null
  readonly high: Syntax | null
}

/** What the sums of a document show about the names under them. */
export interface Running {
  /** Letters that a sum or product ranges over. */
  readonly letters: Set<string>
  /** Ranges that stand among the declarations. */
  readonly declared: IndexRange[]
  /** Names by the range of the letter in them: `x_i` and `x^{(i)}` under a sum over i. */
  readonly names: Map<string, RunningRange>
  /** Names with a letter in them that are used as columns; with the arrays before them, none where that is certain. */
  readonly columns: Map<string, Set<string>>
}

export function newRunning(): Running {
  return { letters: new Set(), declared: [], names: new Map(), columns: new Map() }
}

interface Local {
  readonly range: RunningRange
  readonly outer: Local | undefined
}

/** Walks a formula with the letters that its sums bind. */
export function gatherRunning(running: Running, root: Syntax): void {
  const stack: { readonly node: Syntax; readonly locals: Local | undefined; readonly normed: boolean }[] = [
    { node: root, locals: undefined, normed: false },
  ]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const here = bare(next.node)
    const node = here.kind === 'sum' ? (widenSums(here, () => true)?.node ?? here) : here
    let { locals } = next
    const normed = next.normed || node.kind === 'norm'
    if (node.kind === 'big' && node.lower !== null) {
      for (const range of rangesUnder(node)) {
        running.letters.add(range.letter)
        locals = { range, outer: locals }
      }
    }
    if (node.kind === 'product') gatherFactors(running, node.factors)
    const parts = node.kind === 'scripted' ? nameParts(node) : undefined
    if (parts !== undefined && locals !== undefined) gatherName(running, parts, locals, normed)
    for (const child of childrenOf(node)) stack.push({ node: child, locals, normed })
  }
}

/** The letters a sum ranges over, with what is written above it. */
function rangesUnder(node: BigSyntax): readonly RunningRange[] {
  const lower = bare(node.lower!)
  const all = lower.kind === 'list' ? lower.items : [lower]
  return all.flatMap((item): RunningRange[] => {
    const range = bare(item)
    const written = readRange(range)
    if (written?.high !== undefined) {
      return [{ letter: written.letter, low: written.low ?? null, high: written.high }]
    }
    const isRelation = range.kind === 'relation' && !range.leading
    const name = bare(isRelation ? range.operands[0]! : range)
    if (name.kind !== 'name') return []
    const starts = isRelation && range.operators[0] === '='
    return [{ letter: baseName(name), low: starts ? range.operands[1]! : null, high: node.upper }]
  })
}

function gatherName(running: Running, parts: NameParts, locals: Local, normed: boolean): void {
  for (let local: Local | undefined = locals; local !== undefined; local = local.outer) {
    const { letter } = local.range
    for (const name of namesWith(parts, letter)) {
      const before = running.names.get(name)
      if (before === undefined || before.high === null) running.names.set(name, local.range)
      if (normed || parts.superscripts.some(isTransposed)) running.columns.set(name, new Set())
    }
  }
}

/** A name as it carries the letter: whole, with the subscripts alone, and with the superscript alone. */
function namesWith(parts: NameParts, letter: string): readonly string[] {
  const below = items(parts.subscripts)
  const labels = parts.superscripts.filter(script => isLetter(insideOf(script), letter))
  const found: (string | undefined)[] = []
  if (below.some(item => isLetter(item, letter))) {
    found.push(assemble(parts, below, [], parts.primes))
    if (labels.length > 0) found.push(assemble(parts, below, labels, parts.primes))
  }
  if (labels.length > 0) found.push(assemble(parts, [], labels, parts.primes))
  return found.filter(name => name !== undefined)
}

/** Behind something transposed stands a column, and behind a matrix. */
function gatherFactors(running: Running, factors: readonly Syntax[]): void {
  factors.forEach((factor, i) => {
    const parts = i === 0 ? undefined : nameParts(factor)
    const before = nameParts(factors[i - 1] ?? factor)
    if (parts === undefined || parts.subscripts.length + parts.superscripts.length === 0) return
    const turned = before?.superscripts.some(isTransposed) ?? false
    const array = before && assemble(before, items(before.subscripts), [], 0)
    const below = items(parts.subscripts)
    const name = below.length === 0 ? undefined : assemble(parts, below, [], 0)
    if (name === undefined) return
    const known = running.columns.get(name)
    if (turned) running.columns.set(name, new Set())
    else if (array !== undefined && known === undefined) running.columns.set(name, new Set([array]))
    else if (array !== undefined && known!.size > 0) known!.add(array)
  })
}

function isTransposed(script: Syntax): boolean {
  return transposeSign(bare(script)) !== undefined
}

export function insideOf(script: Syntax): Syntax {
  const node = bare(script)
  return node.kind === 'group' && node.body !== null ? node.body : node
}

export function isLetter(node: Syntax, letter: string): boolean {
  const now = bare(node)
  return now.kind === 'name' && now.base === letter
}
