import { childrenOf } from '../children.js'
import type { Syntax } from '../syntax.js'
import { assemble, bare, baseName, canonicalText, items, nameParts, scriptText } from './names.js'
import { newRunning, type Running } from './running.js'
import { isBracketed, transposeSign } from './script-signs.js'

/** What a whole document shows about its letters, gathered before anything is given a meaning. */
export interface Evidence {
  /** Bases whose superscripts count layers, because one of them could not be a power. */
  readonly labelled: Set<string>
  /** Letters above names, with the names that carry them: of two names with one letter both are labelled by it. */
  readonly raised: Map<string, Set<string>>
  /** Bases of which a comment says whether their superscripts are labels. */
  readonly settled: Map<string, boolean>
  /** Names that are declared, defined or differentiated by without anything above them. */
  readonly whole: Set<string>
  /** Names that stand somewhere without being called. */
  readonly standing: Set<string>
  /** Arguments each called name is called with, as text; null where they are no plain names. */
  readonly calls: Map<string, (string | null)[]>
  /** Names up to which a sum or product runs: sizes, unless they are declared or defined as something else. */
  readonly bounds: Set<string>
  /** Letters that stand in a subscript, and may count. */
  readonly selecting: Set<string>
  readonly running: Running
  /** In the statement that is read: pairs of letters, `i,j`, that stand as subscripts without one another. */
  readonly apart: Set<string>
  /** In that statement and those that it continues: the letters of each group of subscripts. */
  readonly groups: ReadonlySet<string>[]
  /** Whether a transpose is written with a capital T or a sign for it, or only with a small one. */
  capitalTranspose: boolean
}

export function newEvidence(): Evidence {
  return {
    labelled: new Set(),
    settled: new Map(),
    raised: new Map(),
    whole: new Set(),
    standing: new Set(),
    calls: new Map(),
    bounds: new Set(),
    selecting: new Set(),
    running: newRunning(),
    apart: new Set(),
    groups: [],
    capitalTranspose: false,
  }
}

/** Bases whose superscripts are never labels. */
const NEVER_LABELLED: ReadonlySet<string> = new Set(['sigma', 'partial', 'nabla', 'e', 'R', 'bb{R}', 'd'])

/** What cannot be a power, with a transpose behind it or not. */
const LABEL = /^(?:[01]|l|L|ell|[lL][+-]\d|ell[+-]\d)(?:T|top|intercal)?$/

/** Walks a formula and adds what it shows. */
export function gather(evidence: Evidence, root: Syntax): void {
  const stack: Syntax[] = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    if (node.kind === 'scripted') gatherSelecting(evidence, node.subscripts)
    if (node.kind === 'adjoined') {
      const name = calledName(node.head)
      if (name !== undefined) {
        const texts = node.args.map(arg => wholeText(arg) ?? null)
        const known = evidence.calls.get(name)
        const shown = texts.every(text => text !== null) ? texts.join(',') : null
        if (known) known.push(shown)
        else evidence.calls.set(name, [shown])
        gatherScripts(evidence, node.head, stack)
      } else stack.push(node.head)
      for (const arg of node.args) stack.push(arg)
      continue
    }
    if (node.kind === 'applied') {
      stack.push(node.argument)
      continue
    }
    if (node.kind === 'big' && node.upper !== null) gatherBound(evidence, node.upper)
    if (node.kind === 'range' && node.to !== null) gatherBound(evidence, node.to)
    const name = nameText(node)
    if (name !== undefined) {
      evidence.standing.add(name)
      gatherScripts(evidence, node, stack)
      continue
    }
    for (const child of childrenOf(node)) stack.push(child)
  }
}

function gatherSelecting(evidence: Evidence, subscripts: readonly Syntax[]): void {
  const stack = [...subscripts]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = bare(next)
    if (node.kind === 'name') evidence.selecting.add(baseName(node))
    for (const child of childrenOf(node)) stack.push(child)
  }
}

function gatherBound(evidence: Evidence, upper: Syntax): void {
  const node = bare(upper)
  const parts = node.kind === 'sum' ? node.terms.map(term => bare(term.operand)) : [node]
  for (const part of parts) {
    const name = part.kind === 'name' || part.kind === 'scripted' ? canonicalText(part) : undefined
    if (name !== undefined) evidence.bounds.add(name)
  }
}

/** A name with its subscripts, without superscripts and primes. */
function nameText(node: Syntax): string | undefined {
  const found = nameParts(node)
  return found && assemble(found, items(found.subscripts), [], 0)
}

/** A name with everything above and below it. */
function wholeText(node: Syntax): string | undefined {
  const found = nameParts(node)
  return found && assemble(found, items(found.subscripts), found.superscripts, found.primes)
}

function calledName(head: Syntax): string | undefined {
  return nameText(head)
}

function gatherScripts(evidence: Evidence, node: Syntax, stack: Syntax[]): void {
  const found = nameParts(node)
  if (found === undefined) return
  for (const script of found.superscripts) {
    const text = scriptText(script)
    if (transposeSign(bare(script)) !== undefined) evidence.capitalTranspose = true
    if (found.head === null || NEVER_LABELLED.has(found.base) || found.head.isFunction) continue
    const letter = /^([i-kmnst])(?:[+-]\d)?$/.exec(text ?? '')?.[1]
    if (letter !== undefined) {
      evidence.raised.set(letter, (evidence.raised.get(letter) ?? new Set()).add(found.base))
    }
    if (text !== undefined && LABEL.test(text)) {
      evidence.labelled.add(found.base)
    } else if (!isBracketed(script) && text !== 't') stack.push(script)
  }
}

/**
 * Notes that a base carries labels: it was declared, defined or differentiated by with a number above it; without
 * anything above it, it is a quantity whose powers are powers.
 */
export function labelledHead(evidence: Evidence, head: Syntax): void {
  const found = nameParts(head)
  if (found === undefined || found.base === 'e') return
  const bareName = found.superscripts.length === 0 ? nameText(head) : undefined
  if (bareName !== undefined) evidence.whole.add(bareName)
  for (const script of found.superscripts) {
    const text = scriptText(script) ?? ''
    if (/^\d+$/.test(text) || LABEL.test(text)) evidence.labelled.add(found.base)
  }
}
