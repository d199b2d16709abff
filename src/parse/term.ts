import { ParseError } from '../base/errors.js'
import { cover, type Span } from '../base/span.js'
import { adjoin, isCallable } from './adjoin.js'
import { slashed } from './fractions.js'
import type { Token } from './lexer/token.js'
import type { Dialect } from './lexer/vocabulary.js'
import { bare, leaf, make } from './make.js'
import { matrixOf } from './matrix.js'
import { combine, type Element } from './multiply.js'
import { applyPrefixes } from './prefixes.js'
import type { GroupSyntax, ProductOperator, Syntax } from './syntax.js'

/** A subscript or superscript on its own, waiting for its base. */
export interface Script {
  readonly script: 'under' | 'over'
  readonly text: string
  readonly body: Syntax | null
  readonly span: Span
}

/** What a term is made of, in order: operands, scripts, signs, joints, primes and other suffixes. */
export type Part = Token | Syntax | Script

/** An operand while its suffixes are being collected. */
interface Growing {
  readonly operator: ProductOperator
  readonly signs: readonly Token[]
  base: Syntax
  span: Span
  subscripts: Syntax[]
  superscripts: Syntax[]
  primes: number
  entrywise: boolean
}

/**
 * Reads a flat row of parts as one term: scripts to their bases, brackets to the names before them, function words
 * and operators such as ∑ and ∇ to what they govern, then ordinary products before the circled ones.
 */
export function term(parts: readonly Part[], dialect: Dialect): Syntax {
  return combine(applyPrefixes(fuseSlashes(evaluateWhole(collect(parts, dialect)))))
}

/** A bar with two limits is for the whole product before it: `u v \big|_a^b`. */
function evaluateWhole(elements: readonly Element[]): readonly Element[] {
  const at = elements.findIndex(({ node }) => node.kind === 'evaluated' && node.upper !== null)
  const bar = elements[at]?.node
  if (at < 1 || bar?.kind !== 'evaluated') return elements
  const inside = [...elements.slice(0, at), { ...elements[at]!, node: bar.body }]
  const body = combine(applyPrefixes(inside.map((each, i) => (i === 0 ? { ...each, signs: [] } : each))))
  const node = make({ ...bar, span: cover(body.span, bar.span), body })
  return [{ ...elements[0]!, node }, ...elements.slice(at + 1)]
}

function collect(parts: readonly Part[], dialect: Dialect): Element[] {
  const elements: Element[] = []
  let growing: Growing | null = null
  let operator: ProductOperator = 'juxtaposed'
  let signs: Token[] = []
  const flush = () => {
    if (growing !== null)
      elements.push({ operator: growing.operator, signs: growing.signs, node: grown(growing) })
    growing = null
  }
  const start = (base: Syntax) => {
    flush()
    growing = begin(base, operator, signs)
    operator = 'juxtaposed'
    signs = []
  }
  const current = (span: Span): Growing => {
    growing ??= begin(
      make({ kind: 'group', span, brackets: { open: '', close: '' }, body: null }),
      operator,
      signs,
    )
    return growing
  }
  for (const part of parts) {
    if ('script' in part) {
      const grow = current(part.span)
      if (part.script === 'over' && part.body !== null) refuseSecond(grow.superscripts, part.body, dialect)
      if (part.body !== null) grow[part.script === 'under' ? 'subscripts' : 'superscripts'].push(part.body)
      if (part.text === '.^') grow.entrywise = true
      grow.span = cover(grow.span, part.span)
    } else if ('kind' in part) {
      const before = growing as Growing | null
      if (part.kind === 'group' && before !== null && operator === 'juxtaposed' && signs.length === 0) {
        if (isForgottenSubscript(before, part)) {
          before.subscripts.push(part.body!)
          before.span = cover(before.span, part.span)
          continue
        }
        if (isCallable(before.base, part, dialect)) {
          growing = begin(adjoin(grown(before), part), before.operator, before.signs)
          continue
        }
        if (dialect === 'plain') {
          if (before.base.kind === 'derivative' && before.base.of === null) {
            before.base = make({ ...before.base, span: cover(before.span, part.span), of: part })
            before.span = before.base.span
            continue
          }
          throw new ParseError('syntax', `expected an operator, found ${part.brackets.open}`, {
            span: part.span,
            hint: 'write * for a product',
          })
        }
      }
      start(
        dialect === 'plain' && part.kind === 'group' && part.brackets.open === '[' ? matrixOf(part) : part,
      )
    } else if (part.type === 'sign') {
      flush()
      signs.push(part)
    } else if (part.type === 'times' || part.type === 'circled') {
      flush()
      operator = part.text as ProductOperator
    } else if (part.type === 'prime') {
      const grow = current(part.span)
      grow.primes += part.text.length
      grow.span = cover(grow.span, part.span)
    } else if (part.type === 'evaluation') {
      const grow = current(part.span)
      const body = grown(grow)
      growing = begin(
        make({ kind: 'evaluated', span: cover(body.span, part.span), body, at: null, upper: null }),
        grow.operator,
        grow.signs,
      )
    } else if (part.type === 'factorial') {
      const grow = current(part.span)
      const argument = grown(grow)
      const head = leaf({ ...part, type: 'function', text: 'factorial', spelling: 'word' })
      growing = begin(
        make({ kind: 'applied', span: cover(argument.span, part.span), head, argument }),
        grow.operator,
        grow.signs,
      )
    } else start(leaf(part))
  }
  flush()
  return elements
}

/** A second superscript has no meaning, unless one of them transposes or the first is a label in brackets. */
function refuseSecond(before: readonly Syntax[], body: Syntax, dialect: Dialect): void {
  const last = before[before.length - 1]
  if (last === undefined) return
  const inner = bare(last)
  const label = inner.kind === 'group' && inner.brackets.open !== ''
  if (dialect === 'latex' && (label || isTranspose(last) || isTranspose(body))) return
  throw new ParseError('double-superscript', 'two superscripts stand on one base', {
    span: body.span,
    hint: 'use braces to say which power is meant: {x^a}^b or x^{a^b}',
  })
}

function isTranspose(script: Syntax): boolean {
  const node = bare(script)
  if (node.kind === 'mark' || node.kind === 'text') return /^(?:top|intercal|T)$/.test(node.text.trim())
  return node.kind === 'name' && /^(?:top|intercal|T|t|prime)$/.test(node.base)
}

/** `\Theta{i, j}`: a list in braces behind a bare name was meant as its indices. */
function isForgottenSubscript(before: Growing, group: GroupSyntax): boolean {
  const bare = before.subscripts.length === 0 && before.superscripts.length === 0 && before.primes === 0
  if (!bare || before.base.kind !== 'name' || group.brackets.open !== '') return false
  const drawn = group.body?.kind === 'relation' && group.body.operators[0] === 'sim'
  return group.body?.kind === 'list' || (drawn && before.base.base === 'E')
}

function begin(base: Syntax, operator: ProductOperator, signs: readonly Token[]): Growing {
  return {
    operator,
    signs,
    base,
    span: base.span,
    subscripts: [],
    superscripts: [],
    primes: 0,
    entrywise: false,
  }
}

/** The node of an operand with all its suffixes; each kind of base knows what its scripts are. */
function grown(growing: Growing): Syntax {
  const { base, span, primes, entrywise } = growing
  let { subscripts, superscripts } = growing
  if (subscripts.length === 0 && superscripts.length === 0 && primes === 0) return base
  switch (base.kind) {
    case 'big':
      if (base.body !== null) break
      return make({ ...base, span, lower: subscripts[0] ?? base.lower, upper: superscripts[0] ?? base.upper })
    case 'gradient':
      if (base.operand !== null) break
      return make({ ...base, span, by: subscripts.flatMap(itemsOfScript), superscripts })
    case 'differential':
      if (base.operand !== null) break
      if (subscripts.length === 0) return make({ ...base, span, order: superscripts[0] ?? null })
      return make({
        kind: 'gradient',
        span,
        symbol: 'partial',
        by: subscripts.flatMap(itemsOfScript),
        superscripts,
        operand: null,
      })
    case 'derivative': {
      // `\pdv \theta_j f`: an argument without braces has its scripts behind it.
      const [by] = base.by
      if (base.of !== null || base.by.length !== 1 || by?.variable.kind !== 'name') break
      const variable = make({
        kind: 'scripted',
        span,
        base: by.variable,
        subscripts,
        superscripts,
        primes,
        entrywise,
      })
      return make({ ...base, span, by: [{ ...by, variable }] })
    }
    case 'evaluated':
      if (base.at !== null || base.upper !== null) break
      return make({ ...base, span, at: subscripts[0] ?? null, upper: superscripts[0] ?? null })
    case 'annotated':
      if (base.note !== null) break
      return make({ ...base, span, note: subscripts[0] ?? superscripts[0] ?? null })
    case 'norm':
      if (base.subscript !== null || subscripts.length === 0) break
      return grown({
        ...growing,
        base: make({ ...base, span: cover(base.span, subscripts[0]!.span), subscript: subscripts[0]! }),
        subscripts: subscripts.slice(1),
      })
    case 'scripted':
      // `{x_i}^2` is `x_i^2`; anything else in braces keeps its level.
      if (base.superscripts.length > 0 || base.primes > 0 || subscripts.length > 0) break
      subscripts = [...base.subscripts]
      superscripts = [...superscripts]
      return make({ kind: 'scripted', span, base: base.base, subscripts, superscripts, primes, entrywise })
  }
  return make({ kind: 'scripted', span, base, subscripts, superscripts, primes, entrywise })
}

function itemsOfScript(script: Syntax): readonly Syntax[] {
  return script.kind === 'list' ? script.items : [script]
}

/** Derivatives written with a slash become one factor. */
function fuseSlashes(elements: readonly Element[]): readonly Element[] {
  if (!elements.some(element => element.operator === '/')) return elements
  const nodes = elements.map(element => element.node)
  const operators = elements.slice(1).map(element => (element.signs.length > 0 ? 'div' : element.operator))
  const fused: Element[] = []
  for (let i = 0; i < elements.length; ) {
    const found = slashed(nodes, operators, i)
    fused.push(found === null ? elements[i]! : { ...elements[i]!, node: found.node })
    i += found?.length ?? 1
  }
  return fused
}
