import type { Span } from '../base/span.js'
import { childrenOf, closed, type Syntax, transposeSign } from '../parse/derivation.js'
import type { MistakeKind } from './mistakes.js'

/** A small change of the author's text. */
export interface Edit {
  readonly kind: MistakeKind
  readonly span: Span
  readonly text: string
}

/** What a change may put in. */
export interface Material {
  readonly plain: boolean
  /** Names of quantities, as the author writes them, by the text of their shapes. */
  readonly names: readonly string[]
  /** Letters of indices. */
  readonly letters: readonly string[]
  /** Factors that the right answer is made of. */
  readonly factors: readonly string[]
  /** The superscript that transposes. */
  readonly transpose: string
  /** Whether inverses of matrices occur. */
  readonly inverses: boolean
  /** Terms of the right answer. */
  readonly terms: readonly string[]
}

/** All single changes of a formula, the likeliest slips first. */
export function editsOf(text: string, root: Syntax, material: Material): readonly Edit[] {
  const writer = new Writer(text, material)
  const nodes: Syntax[] = []
  const bases = new Set<Syntax>()
  const stack: Syntax[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    nodes.push(node)
    if (node.kind === 'derivative' || node.kind === 'gradient') continue
    if (node.kind === 'scripted') bases.add(node.base)
    if (node.kind === 'adjoined') bases.add(node.head)
    for (const child of childrenOf(node).toReversed()) stack.push(child)
  }
  for (const node of nodes) if (!bases.has(node)) writer.around(node)
  writer.whole(root)
  for (const node of nodes) if (node.kind === 'name') writer.name(node)
  for (const node of [root, ...nodes]) if (!bases.has(node)) writer.insertions(node)
  writer.more(root)
  return writer.edits
}

class Writer {
  readonly edits: Edit[] = []
  readonly #text: string
  readonly #material: Material
  readonly #seen = new Set<string>()
  readonly #places = new Map<Span, Span>()

  constructor(text: string, material: Material) {
    this.#text = text
    this.#material = material
  }

  #of(node: { readonly span: Span }): string {
    const { from, to } = this.#at(node)
    return this.#text.slice(from, to)
  }

  /** The place of a node with the braces that close its last script. */
  #at({ span }: { readonly span: Span }): Span {
    const known = this.#places.get(span)
    if (known !== undefined) return known
    const place = closed(this.#text, span)
    this.#places.set(span, place)
    return place
  }

  #add(kind: MistakeKind, span: Span, text: string): void {
    const changed = applied(this.#text, [{ kind, span, text }])
    if (changed === this.#text || this.#seen.has(changed)) return
    this.#seen.add(changed)
    this.edits.push({ kind, span, text })
  }

  /** Signs and constants of the whole. */
  whole(root: Syntax): void {
    const body = root.kind === 'sum' ? this.#bracketed(root) : this.#of(root)
    const { plain } = this.#material
    const times = plain ? '*' : ' '
    if (root.kind !== 'signed') this.#add('sign', this.#at(root), `-${body}`)
    for (const number of plain ? ['2', '1/2'] : ['2', '\\frac{1}{2}']) {
      this.#add('factor-two', this.#at(root), `${number}${times}${body}`)
    }
  }

  #bracketed(node: Syntax): string {
    return `(${this.#of(node)})`
  }

  around(node: Syntax): void {
    switch (node.kind) {
      case 'signed':
        this.#add('sign', this.#at(node), this.#of(node.operand))
        break
      case 'sum':
        this.#sum(node)
        break
      case 'product':
        this.#product(node)
        break
      case 'scripted':
        this.#scripted(node)
        break
      case 'name':
        this.#turn(node)
        break
      case 'group':
        if (node.brackets.open !== '') this.#turn(node)
        break
      case 'adjoined':
        this.#called(node)
        break
      case 'applied':
        this.#oneMinus(node)
        this.#sister(node.head)
        break
      case 'fraction':
        if (this.#of(node.numerator) !== '1')
          this.#add('extra-factor', this.#at(node), this.#of(node.numerator))
        this.#add(
          'upside-down',
          this.#at(node),
          `\\frac{${this.#of(node.denominator)}}{${this.#of(node.numerator)}}`,
        )
        break
      case 'number':
        for (const other of ['1', '2', '3', '4', '6']) this.#add('constant', this.#at(node), other)
        break
    }
  }

  #sum(node: Syntax & { readonly kind: 'sum' }): void {
    node.terms.forEach(({ sign, operand }, i) => {
      const before = node.terms[i - 1]
      const from = before === undefined ? this.#at(node).from : this.#at(before.operand).to
      const span = { from, to: this.#at(operand).from }
      const own = this.#text.slice(span.from, span.to)
      const at = own.lastIndexOf(sign)
      if (at >= 0) {
        const place = { from: from + at, to: from + at + 1 }
        this.#add('sign', place, sign === '-' ? '+' : '-')
        if (i > 0)
          this.#add('sum-for-product', { from, to: this.#at(operand).from }, this.#material.plain ? '*' : ' ')
      } else if (i === 0) this.#add('sign', { from, to: from }, '-')
      this.#add('extra-term', { from, to: this.#at(operand).to }, '')
    })
    const [first, second] = node.terms
    if (node.terms.length === 2 && first!.sign === '+' && second!.sign === '-') {
      this.#add('sign', this.#at(node), `${this.#of(second!.operand)} - ${this.#of(first!.operand)}`)
    }
  }

  #product(node: Syntax & { readonly kind: 'product' }): void {
    const { factors, operators } = node
    const { plain } = this.#material
    factors.forEach((factor, i) => {
      const next = factors[i + 1]
      if (next !== undefined) {
        const between = { from: this.#at(factor).to, to: this.#at(next).from }
        const entrywise = operators[i] === 'odot' || operators[i] === 'circ' || operators[i] === '.*'
        const joined = this.#text.slice(between.from, between.to)
        this.#add(
          'factors-swapped',
          { from: this.#at(factor).from, to: this.#at(next).to },
          this.#of(next) + (joined === '' ? ' ' : joined) + this.#of(factor),
        )
        if (entrywise) this.#add('hadamard-for-matrix', between, plain ? '*' : ' ')
        else this.#add('matrix-for-hadamard', between, plain ? ' .* ' : ' \\odot ')
        this.#add(droppedKind(this.#of(factor)), { from: this.#at(factor).from, to: this.#at(next).from }, '')
      } else {
        const before = factors[i - 1]!
        this.#add(droppedKind(this.#of(factor)), { from: this.#at(before).to, to: this.#at(factor).to }, '')
      }
    })
    const [first, ...others] = factors
    const last = others[others.length - 1]!
    this.#add(
      'factors-swapped',
      this.#at(node),
      `${this.#of(last)} ${others
        .slice(0, -1)
        .map(each => this.#of(each))
        .join(' ')} ${this.#of(first!)}`,
    )
  }

  #scripted(node: Syntax & { readonly kind: 'scripted' }): void {
    const { superscripts, subscripts } = node
    const span = this.#at(node)
    const sign = superscripts.find(script => transposeSign(script) !== undefined)
    const own = this.#of(node)
    if (sign !== undefined) {
      const at = own.lastIndexOf('^')
      this.#add('spurious-transpose', { from: span.from + at, to: span.to }, '')
    } else this.#turn(node)
    for (const script of superscripts) {
      if (script.kind === 'number') {
        const at = this.#text.lastIndexOf('^', this.#at(script).from)
        this.#add(
          'exponent',
          { from: at, to: Math.max(this.#at(script).to, this.#closed(this.#at(script).to)) },
          '',
        )
        this.#add('exponent', this.#at(script), String(Number(script.text) + 1))
        if (Number(script.text) > 2) this.#add('exponent', this.#at(script), String(Number(script.text) - 1))
      }
      if (script.kind === 'signed') {
        const at = this.#text.lastIndexOf('^', this.#at(script).from)
        this.#add('inverse', { from: at, to: this.#closed(this.#at(script).to) }, '')
      }
      if (script.kind === 'group' && /^\d$/.test(this.#of(script).slice(1, -1))) {
        const k = Number(this.#of(script).slice(1, -1))
        for (const other of [k + 1, k - 1]) if (other >= 0) this.#add('layer', this.#at(script), `(${other})`)
      }
    }
    for (const script of subscripts) {
      if (script.kind === 'number') {
        const k = Number(script.text)
        for (const other of [k + 1, k - 1])
          if (other >= 0) this.#add('index', this.#at(script), String(other))
      }
      const inside = this.#of(script)
      if (/^[a-z]{2}$/.test(inside))
        this.#add('indices-swapped', this.#at(script), `${inside[1]}${inside[0]}`)
      for (const letter of this.#material.letters) {
        for (let k = 0; k < inside.length; k++) {
          if (!/^[a-z]$/.test(inside[k]!) || !/^[a-z,{} ]+$/.test(inside)) continue
          const from = this.#at(script).from + k
          this.#add('index', { from, to: from + 1 }, letter)
        }
      }
    }
    this.#oneMinus(node)
  }

  #closed(at: number): number {
    return this.#text[at] === '}' ? at + 1 : at
  }

  /** A transpose behind a name or a bracket. */
  #turn(node: Syntax): void {
    const { plain } = this.#material
    const own = this.#of(node)
    if (/^\d/.test(own)) return
    const bare = !/\^/.test(own) || node.kind === 'group'
    const turned = plain
      ? `${own}'`
      : bare
        ? `${own}^${this.#material.transpose}`
        : `(${own})^${this.#material.transpose}`
    this.#add('missing-transpose', this.#at(node), turned)
    if (bare && !plain && this.#material.inverses) {
      this.#add('inverse', this.#at(node), `${own}^{-1}`)
      this.#add('inverse', this.#at(node), `${own}^{-\\top}`)
    }
    if (node.kind === 'name') this.#oneMinus(node)
  }

  /** A function that is easily taken for another. */
  #sister(head: Syntax): void {
    const own = this.#of(head)
    for (const [one, other] of SISTERS) {
      if (own.includes(one)) this.#add('function', this.#at(head), own.replace(one, other))
    }
  }

  /** What acts entry by entry, as a matrix. */
  #diagonal(node: Syntax): void {
    const own = this.#of(node).replace(/^\((.*)\)$/, '$1')
    this.#add(
      'diagonal',
      this.#at(node),
      this.#material.plain ? `diag(${own})` : `\\operatorname{diag}(${own})`,
    )
  }

  #oneMinus(node: Syntax): void {
    this.#diagonal(node)
    this.#add('one-forgotten', this.#at(node), `(1 - ${this.#of(node)})`)
  }

  /** Primes, and what a function is applied to. */
  #called(node: Syntax & { readonly kind: 'adjoined' }): void {
    const head = this.#of(node.head)
    this.#sister(node.head)
    // A name before a bracket may be a factor.
    if (!head.startsWith('\\operatorname')) {
      this.#turn(node.head)
      const bracket = this.#text.slice(this.#at(node.head).to, this.#at(node).to)
      this.#add('factors-swapped', this.#at(node), `${bracket} ${head}`)
      const between = { from: this.#at(node.head).to, to: this.#at(node.head).to }
      this.#add('matrix-for-hadamard', between, this.#material.plain ? ' .* ' : ' \\odot ')
    }
    if (head.endsWith("'")) this.#add('extra-prime', this.#at(node.head), head.slice(0, -1))
    else this.#add('missing-prime', this.#at(node.head), `${head}'`)
    this.#oneMinus(node)
    for (const name of this.#material.names) {
      const [only] = node.args
      if (node.args.length === 1) this.#add('wrong-point', this.#at(only!), name)
    }
  }

  name(node: Syntax): void {
    for (const name of this.#material.names) this.#add('symbol', this.#at(node), name)
  }

  /** Factors before, behind and within a product. */
  insertions(node: Syntax): void {
    const { plain, factors } = this.#material
    const inside = node.kind === 'product' ? node.factors : [node]
    if (
      node.kind !== 'product' &&
      node.kind !== 'group' &&
      node.kind !== 'scripted' &&
      node.kind !== 'name' &&
      node.kind !== 'sum' &&
      node.kind !== 'adjoined' &&
      node.kind !== 'norm' &&
      node.kind !== 'fraction'
    )
      return
    for (const number of plain ? ['2*', '1/2*'] : ['2 ', '\\frac{1}{2} ']) {
      const from = this.#at(inside[0]!).from
      if (node.kind !== 'sum') this.#add('factor-two', { from, to: from }, number)
    }
    for (const factor of factors) {
      const first = inside[0]!
      const last = inside[inside.length - 1]!
      const whole = node.kind === 'sum' ? this.#bracketed(node) : undefined
      for (const join of plain ? ['*', ' .* '] : [' ', ' \\odot ']) {
        if (whole !== undefined) {
          this.#add('missing-factor', this.#at(node), `${whole}${join}${factor}`)
          this.#add('missing-factor', this.#at(node), `${factor}${join}${whole}`)
          continue
        }
        this.#add('missing-factor', { from: this.#at(last).to, to: this.#at(last).to }, `${join}${factor}`)
        this.#add(
          'missing-factor',
          { from: this.#at(first).from, to: this.#at(first).from },
          `${factor}${join}`,
        )
        for (let k = 1; k < inside.length; k++) {
          const at = inside[k]!.span.from
          this.#add('missing-factor', { from: at, to: at }, `${factor}${join}`)
        }
      }
    }
  }

  /** Terms that the right answer has. */
  more(root: Syntax): void {
    for (const term of this.#material.terms) {
      const at = { from: this.#at(root).to, to: this.#at(root).to }
      this.#add('missing-term', at, term.startsWith('-') ? ` - ${term.slice(1)}` : ` + ${term}`)
    }
  }
}

const SISTERS: readonly (readonly [string, string])[] = [
  ['sin', 'cos'],
  ['cos', 'sin'],
  ['sinh', 'cosh'],
  ['cosh', 'sinh'],
]

/** What kind of slip a factor is that does not belong there. */
function droppedKind(factor: string): MistakeKind {
  if (/^(?:2|1\/2|\\[dt]?frac\s*\{?1\}?\s*\{?2\}?)$/.test(factor)) return 'factor-two'
  return /^\\[dt]?frac\{1\}|^1\//.test(factor) ? 'share' : 'extra-factor'
}

/** The text with changes that do not overlap. */
export function applied(text: string, edits: readonly Edit[]): string {
  let changed = text
  for (const { span, text: by } of edits.toSorted((a, b) => b.span.from - a.span.from)) {
    changed = changed.slice(0, span.from) + by + changed.slice(span.to)
  }
  return changed
}
