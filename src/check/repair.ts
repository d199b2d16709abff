import { MathError } from '../base/errors.js'
import type { Expr } from '../expr/node.js'
import type { Notation } from '../expr/notation.js'
import { isScalar, sameShape } from '../expr/shape.js'
import { finish } from '../expr/step.js'
import { postorder, substitute } from '../expr/walk.js'
import { addition, isCall, multiplication } from '../ops/core.js'
import type { Derivation, LineFormula } from '../parse/derivation.js'
import { toLatex } from '../print/latex.js'
import { latexSymbol } from '../print/latex-names.js'
import { toText } from '../print/text.js'
import { startSimplifier } from '../simplify/simplify.js'
import { applied, type Edit, editsOf, type Material } from './edits.js'
import type { Ground } from './ground.js'
import { judge } from './judge.js'
import { type MistakeKind, mistakeOf, rankOf } from './mistakes.js'
import { Trial } from './trial.js'
import { okOf, type Verdict } from './verdict.js'

/** Changes of one formula that are tried at most, one at a time and two at once. */
const MOST_SINGLE = 900
const MOST_PAIRS = 600
const MOST_TOGETHER = 48

/** Slips that come together in one line. */
const TOGETHER: ReadonlySet<MistakeKind> = new Set<MistakeKind>([
  'missing-transpose',
  'spurious-transpose',
  'factors-swapped',
  'hadamard-for-matrix',
  'matrix-for-hadamard',
  'missing-prime',
  'extra-prime',
])

/** Looks for the smallest change of a wrong formula that makes it right. */
export class Mender {
  readonly #ground: Ground
  readonly #derivation: Derivation
  readonly #notation: Notation
  readonly #trials = new Map<Expr, Trial | undefined>()

  constructor(ground: Ground, derivation: Derivation) {
    this.#ground = ground
    this.#derivation = derivation
    this.#notation = withChanges(derivation.problem.notation, ground)
  }

  /** The verdict with a mend and the mistake it points at, where one is found. `left` is what should stand there. */
  mended(verdict: Verdict, left: Expr, formula: LineFormula, line: string): Verdict {
    const text = line.slice(formula.span.from, formula.span.to)
    const trial = this.#trial(left)
    if (trial === undefined) return verdict
    const reference = this.#reference(left)
    const root = this.#derivation.reader.syntax(text)
    const found =
      root === undefined
        ? undefined
        : this.#search(trial, left, text, editsOf(text, root, this.#material(left, reference, text)))
    if (found !== undefined) return withMend(verdict, found, text, formula)
    if (reference === undefined) return verdict
    const { latex, plain } = reference
    const repair = { latex, plain, status: 'agrees', edits: 3 } as const
    return {
      ...verdict,
      message: `${verdict.message}; right is ${this.#derivation.dialect === 'plain' ? plain : latex}`,
      mistakes: verdict.mistakes ?? ['other'],
      repair,
    }
  }

  #trial(left: Expr): Trial | undefined {
    if (this.#trials.has(left)) return this.#trials.get(left)
    let made: Trial | undefined
    try {
      made = new Trial(this.#ground, left, [])
    } catch (error) {
      if (!(error instanceof MathError) || error.code === 'limit-time') throw error
    }
    const trial = made?.isEmpty ? undefined : made
    this.#trials.set(left, trial)
    return trial
  }

  #search(trial: Trial, left: Expr, text: string, edits: readonly Edit[]): Found | undefined {
    const ordered = edits.toSorted((a, b) => rankOf(a.kind) - rankOf(b.kind)).slice(0, MOST_SINGLE)
    for (const edit of ordered) {
      const status = this.#mends(trial, left, applied(text, [edit]))
      if (status !== undefined) return { edits: [edit], text: applied(text, [edit]), status }
    }
    let tried = 0
    const likely = ordered.filter(({ kind }) => TOGETHER.has(kind)).slice(0, MOST_TOGETHER)
    for (const [i, first] of likely.entries()) {
      for (const second of likely.slice(i + 1)) {
        if (!apart(first, second)) continue
        if (++tried > MOST_PAIRS) return undefined
        const changed = applied(text, [first, second])
        const status = this.#mends(trial, left, changed)
        if (status !== undefined) return { edits: [first, second], text: changed, status }
      }
    }
    return undefined
  }

  #mends(trial: Trial, left: Expr, text: string): 'proved' | 'agrees' | undefined {
    this.#ground.budget.remaining()
    const written = this.#derivation.reader.formula(text)
    if (written === undefined || !sameShape(written.shape, left.shape)) return undefined
    try {
      const right = this.#ground.resolve(written)
      if (!trial.passes(right)) return undefined
      const { status } = judge(this.#ground, { left, right })
      return status === 'proved' || status === 'agrees' ? status : undefined
    } catch (error) {
      if (!(error instanceof MathError) || error.code === 'limit-time') throw error
      return undefined
    }
  }

  /** The right answer as a lecturer would write it, where it can be written in the author's names. */
  #reference(left: Expr): Reference | undefined {
    const { problem } = this.#derivation
    const { definitions, declarations, facts, budget } = this.#ground
    const given = new Set(problem.definitions.map(({ symbol }) => symbol))
    try {
      const bodies = new Map<Expr, Expr>()
      for (const { symbol, body } of definitions) {
        if (!given.has(symbol) || symbol === left) bodies.set(symbol, substitute(body, bodies))
      }
      const simplifier = startSimplifier({ definitions, declarations, facts, budget })
      const value = finish(simplifier.simplify(substitute(left, bodies)))
      if (value.kind === 'sym' || value.treeSize > 60 || postorder([value]).some(isOurs)) return undefined
      return { value, latex: toLatex(value, this.#notation), plain: toText(value, this.#notation) }
    } catch (error) {
      if (!(error instanceof MathError) || error.code === 'limit-time') throw error
      return undefined
    }
  }

  #material(left: Expr, reference: Reference | undefined, text: string): Material {
    const { problem, dialect } = this.#derivation
    const plain = dialect === 'plain'
    const show = (node: Expr) => (plain ? toText(node, this.#notation) : toLatex(node, this.#notation))
    const introduced = this.#ground.definitions.map(({ symbol }) => symbol).filter(symbol => !isOurs(symbol))
    const symbols = [...new Set([...problem.declarations.map(({ symbol }) => symbol), ...introduced])].slice(
      0,
      30,
    )
    const names = symbols.map(show)
    const parts = reference === undefined ? [] : factorsIn(reference.value)
    const free = postorder([left]).flatMap(node =>
      node.kind === 'sym' && node.role === 'index' && !node.name.startsWith('#') ? [node.name] : [],
    )
    const letters = [...free, ...[...text.matchAll(/_\{?([a-z]+)/g)].flatMap(([, word]) => word!.split(''))]
    const sizes = postorder([left]).flatMap(node =>
      node.kind === 'sym' && node.role === 'dimension' ? [node.name] : [],
    )
    const shares = [...new Set(sizes)].map(name => (plain ? `1/${name}` : `\\frac{1}{${name}}`))
    const terms = reference === undefined ? [] : termsOf(reference.value).map(show)
    const slopes = this.#ground.definitions.flatMap(({ body }) => slopeTexts(body, show))
    const shown = [
      ...new Set([...slopes, ...parts.map(node => bracketed(node, show(node))), ...shares, ...names]),
    ]
    const inverses = /\^\{-/.test(text + (reference?.latex ?? ''))
    return {
      plain,
      names,
      inverses,
      transpose: this.#notation.transpose,
      letters: [...new Set(letters)],
      factors: shown.slice(0, 28),
      terms: terms.slice(0, 8),
    }
  }
}

/** Changes are written with an upright d. */
function withChanges(notation: Notation, { varying, written }: Ground): Notation {
  const latexNames = new Map(notation.latexNames)
  for (const name of varying) {
    latexNames.set(written.change(name).name, `\\mathrm{d}${latexSymbol(name, notation)}`)
  }
  return { ...notation, latexNames }
}

/** How the derivative of a function entry by entry is written, at the point where the function is taken. */
function slopeTexts(body: Expr, show: (node: Expr) => string): readonly string[] {
  if (body.kind !== 'call' || body.op.kind !== 'elementwise' || body.args[0]!.treeSize > 12) return []
  const text = show(body)
  const head = /^(\\[A-Za-z]+|[A-Za-z]+)(?=\(|\\left)/.exec(text)?.[0]
  return head === undefined ? [] : [`${head}'${text.slice(head.length)}`]
}

interface Reference {
  readonly value: Expr
  readonly latex: string
  readonly plain: string
}

interface Found {
  readonly edits: readonly Edit[]
  readonly text: string
  readonly status: 'proved' | 'agrees'
}

function isOurs(node: Expr): boolean {
  return node.kind === 'sym' && (node.name.startsWith('@') || node.name.startsWith('#adjoint'))
}

function apart({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.to <= b.from || b.to <= a.from
}

/** The parts of the right answer that may have been left out, small ones first. */
function factorsIn(value: Expr): readonly Expr[] {
  const parts = postorder([value]).filter(
    node => node !== value && node.kind === 'call' && node.treeSize <= 12 && !inner(node),
  )
  return parts.toSorted((a, b) => a.treeSize - b.treeSize || a.id - b.id)
}

/** Parts that hold a bound index mean nothing outside. */
function inner(node: Expr): boolean {
  return postorder([node]).some(
    each => each.kind === 'sym' && each.role === 'index' && each.name.startsWith('#'),
  )
}

function termsOf(value: Expr): readonly Expr[] {
  return isCall(value, addition) ? value.args : []
}

function bracketed(node: Expr, text: string): string {
  const loose =
    isCall(node, addition) || (isCall(node, multiplication) && isScalar(node.shape) && text.startsWith('-'))
  return loose ? `(${text})` : text
}

function withMend(verdict: Verdict, found: Found, text: string, formula: LineFormula): Verdict {
  const says = found.edits.map(({ kind, span, text: now }) =>
    mistakeOf(kind).say(text.slice(span.from, span.to), now),
  )
  const [first] = found.edits
  const at = formula.span.from
  const wide =
    first!.span.to > first!.span.from
      ? first!.span
      : { from: Math.max(0, first!.span.from - 1), to: first!.span.to + 1 }
  return {
    ...verdict,
    message: `${verdict.message}. ${[...new Set(says)].join(' ')}`,
    span: { from: at + wide.from, to: Math.min(at + wide.to, formula.span.to) },
    mistakes: found.edits.map(({ kind }) => mistakeOf(kind).id),
    repair: { latex: found.text, plain: found.text, status: found.status, edits: found.edits.length },
  }
}

/** Whether a verdict asks for a mend. */
export function wantsMend({ status }: Verdict): boolean {
  return okOf(status) === false && status !== 'follows-wrong'
}
