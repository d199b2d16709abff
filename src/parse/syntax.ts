import type { Span } from '../base/span.js'

/**
 * What an author wrote, before anyone decides what it means. A node keeps its place in the original source (tokens
 * that a macro produced stand where the macro was called), the author's spelling, and every choice that needs a
 * symbol table left open: call or product, transpose or power or layer label, index or word, function or variable.
 */
export type Syntax =
  | NumberSyntax
  | NameSyntax
  | TextSyntax
  | DotsSyntax
  | MarkSyntax
  | RangeSyntax
  | ScriptedSyntax
  | DecoratedSyntax
  | ColoredSyntax
  | AnnotatedSyntax
  | SignedSyntax
  | SumSyntax
  | ProductSyntax
  | FractionSyntax
  | RootSyntax
  | GroupSyntax
  | AdjoinedSyntax
  | AppliedSyntax
  | BigSyntax
  | BarsSyntax
  | NormSyntax
  | MatrixSyntax
  | CasesSyntax
  | DerivativeSyntax
  | GradientSyntax
  | DifferentialSyntax
  | EvaluatedSyntax
  | ListSyntax
  | RelationSyntax

export type SyntaxKind = Syntax['kind']

interface At<Kind extends string> {
  readonly kind: Kind
  readonly span: Span
}

/** A decimal literal, digits as written (`0.25`, `1e-3` in plain text). */
export interface NumberSyntax extends At<'number'> {
  readonly text: string
}

/**
 * One letter, word or control word, without its scripts. `base` has no backslash, and a Unicode letter has the name
 * of its control word, so `\sigma`, `σ` and plain `sigma` all have the base `sigma`.
 */
export interface NameSyntax extends At<'name'> {
  readonly base: string
  /** `letter`: one letter; `word`: several letters read as one; `control`: written with a backslash (or Unicode). */
  readonly spelling: 'letter' | 'word' | 'control'
  readonly font: Font | null
  /** Decorations, innermost first: `\hat{y}` has `['hat']`. */
  readonly marks: readonly Mark[]
  /** The vocabulary knows it as a function word (`\log`, `softmax`), or it was written with `\operatorname`. */
  readonly isFunction: boolean
}

export type Font =
  | 'bold'
  | 'roman'
  | 'sans'
  | 'typewriter'
  | 'italic'
  | 'calligraphic'
  | 'script'
  | 'fraktur'
  | 'blackboard'

export type Mark =
  | 'hat'
  | 'tilde'
  | 'bar'
  | 'vec'
  | 'dot'
  | 'ddot'
  | 'underline'
  | 'check'
  | 'breve'
  | 'acute'
  | 'grave'
  | 'mathring'

/** Words between or beside the mathematics: `\text{if}`, `otherwise`. A one-word `\text` before a bracket is a name. */
export interface TextSyntax extends At<'text'> {
  readonly text: string
}

/** `\dots`, `\cdots`, `\vdots`, `\ddots`, `...`, by control word (`dots` for three full stops). */
export interface DotsSyntax extends At<'dots'> {
  readonly text: string
}

/** A sign that stands alone: `*`, `+`, `++`, `-`, `dagger`, `star`, `top` in a script; `cdot` as a place-holder in `f(\cdot)`. */
export interface MarkSyntax extends At<'mark'> {
  readonly text: string
}

/** `a:b`; a bare `:` has neither end. Only inside subscripts and brackets: elsewhere `:` is a relation. */
export interface RangeSyntax extends At<'range'> {
  readonly from: Syntax | null
  readonly to: Syntax | null
}

/**
 * Anything with scripts. Each braced script is one entry, in the order written; `W_{i,j}` has one subscript, a list.
 * In the plain dialect one prime is the transpose. The base is never itself scripted unless braces make it so.
 */
export interface ScriptedSyntax extends At<'scripted'> {
  readonly base: Syntax
  readonly subscripts: readonly Syntax[]
  readonly superscripts: readonly Syntax[]
  readonly primes: number
  /** Plain `.^`: the superscript is an entry-by-entry power. */
  readonly entrywise: boolean
}

/** A decoration over more than one name: `\overline{x + y}`. */
export interface DecoratedSyntax extends At<'decorated'> {
  readonly mark: Mark
  readonly body: Syntax
}

/** `\color{blue}{…}` or `\textcolor{blue}{…}`; it means its body. */
export interface ColoredSyntax extends At<'colored'> {
  readonly color: string
  readonly body: Syntax
}

/** `\underbrace{body}_{note}`, `\overset{note}{body}`, `\underset{note}{body}`; it means its body. */
export interface AnnotatedSyntax extends At<'annotated'> {
  readonly body: Syntax
  readonly note: Syntax | null
}

export type Sign = '+' | '-' | '±' | '∓'

/** A sign before a factor, or before the only term of an expression: `-x`, `a \cdot -1`. */
export interface SignedSyntax extends At<'signed'> {
  readonly sign: Sign
  readonly operand: Syntax
}

/** Two terms or more, flat. The first term has its written sign, or `+`. */
export interface SumSyntax extends At<'sum'> {
  readonly terms: readonly SumTerm[]
}

export interface SumTerm {
  readonly sign: Sign
  readonly operand: Syntax
}

/**
 * How two factors are joined: `juxtaposed` is nothing at all; the others are control words without backslash, or the
 * plain spellings `*`, `/`, `.*`, `./`.
 */
export type ProductOperator =
  | 'juxtaposed'
  | 'cdot'
  | 'times'
  | '*'
  | '/'
  | 'div'
  | '.*'
  | './'
  | 'odot'
  | 'circ'
  | 'otimes'
  | 'oslash'
  | 'oplus'
  | 'ominus'
  | 'star'
  | 'bullet'
  | 'cup'
  | 'cap'
  | 'setminus'
  | 'wedge'
  | 'vee'

/**
 * Two factors or more, flat, in the author's order; `operators[i]` stands between factor i and i + 1. Read from left
 * to right. In LaTeX the circled operators (and `\star`, `\bullet`, `\cup` …) bind weaker than juxtaposition, `\cdot`, `\times`, `*` and
 * `/`, so their factors may be products of these; in the plain dialect `.*` and `*` bind alike.
 */
export interface ProductSyntax extends At<'product'> {
  readonly factors: readonly Syntax[]
  readonly operators: readonly ProductOperator[]
}

/** `\frac{a}{b}` and its relatives; a slash is a product operator. */
export interface FractionSyntax extends At<'fraction'> {
  readonly numerator: Syntax
  readonly denominator: Syntax
  /** The control word: `frac`, `dfrac`, `tfrac`, `cfrac`, `binom`. */
  readonly style: string
}

export interface RootSyntax extends At<'root'> {
  readonly radicand: Syntax
  readonly degree: Syntax | null
}

/**
 * Which brackets: the characters `( ) [ ]`, `{ }` for visible (set) braces, `langle rangle`, `lfloor rfloor`,
 * `lceil rceil`, `|`, `.` for an invisible side of `\left. … \right)`; `''` on both sides for TeX braces that group.
 */
export interface Brackets {
  readonly open: string
  readonly close: string
}

/** A bracketed expression that follows nothing it could be the argument of. An empty one has no body. */
export interface GroupSyntax extends At<'group'> {
  readonly brackets: Brackets
  readonly body: Syntax | null
}

/**
 * A name (scripts, primes and all) with a bracket right behind it: `f(x)`, `\sigma_i'(Z W)`, `x(1 - x)`, `x[i]`,
 * `E[X | Y]`, `\max\{0, z\}`, `\operatorname{tr}(A)`. Call, product, index or indicator is decided later. Scripts and
 * primes behind the bracket are on a `scripted` node around this one; should it turn out to be a product, they belong
 * to the bracket alone (`a(x + y)^2`), and so does a slash before it.
 */
export interface AdjoinedSyntax extends At<'adjoined'> {
  readonly head: Syntax
  readonly brackets: Brackets
  readonly args: readonly Syntax[]
  /** `separators[i]` stands between argument i and i + 1. */
  readonly separators: readonly Separator[]
}

/** `;` and `|` as written; `||` for `\parallel` and doubled bars. */
export type Separator = ',' | ';' | '|' | '||'

/** A function word applied without brackets: `\log x y` is one argument `x y`; `\exp -x`; `\log\det X`. */
export interface AppliedSyntax extends At<'applied'> {
  /** The function word, possibly scripted (`\sin^2 x`, `\max_i x_i`). */
  readonly head: Syntax
  readonly argument: Syntax
}

export type BigOperator =
  | 'sum'
  | 'prod'
  | 'int'
  | 'iint'
  | 'oint'
  | 'lim'
  | 'bigcup'
  | 'bigcap'
  | 'bigoplus'
  | 'bigodot'
  | 'bigotimes'

/** `\sum_{i=1}^n body`. The body is all that follows up to a top-level sign or relation; a lone operator has none. */
export interface BigSyntax extends At<'big'> {
  readonly operator: BigOperator
  readonly lower: Syntax | null
  readonly upper: Syntax | null
  readonly body: Syntax | null
}

/** `|x|`: absolute value, determinant or cardinality. */
export interface BarsSyntax extends At<'bars'> {
  readonly body: Syntax
}

/** `\|x\|`, `||x||`, `\lVert x \rVert`, with its subscript if one is written. */
export interface NormSyntax extends At<'norm'> {
  readonly body: Syntax
  readonly subscript: Syntax | null
}

/** A matrix written out, row by row; a blank cell is null. Rows keep their written length. */
export interface MatrixSyntax extends At<'matrix'> {
  readonly brackets: Brackets
  readonly rows: readonly (readonly (Syntax | null)[])[]
}

/** A choice by conditions. `condition` is null for "otherwise" and where none is written. */
export interface CasesSyntax extends At<'cases'> {
  readonly branches: readonly CaseBranch[]
}

export interface CaseBranch {
  readonly value: Syntax
  readonly condition: Syntax | null
  readonly otherwise: boolean
}

/** `partial` for ∂, `d` for a letter or upright d, `delta` for δ used in its place. */
export type DifferentialSign = 'partial' | 'd' | 'delta' | 'D'

/**
 * A derivative written as a fraction, `\frac`, `\pdv` or slash. `of` is everything after the upper sign; with nothing
 * there it is what the operator stands before (`form: 'operator'`), or null when that is missing too.
 */
export interface DerivativeSyntax extends At<'derivative'> {
  readonly sign: DifferentialSign
  /** The written order above (`\partial^2`), or null for one. */
  readonly order: Syntax | null
  readonly of: Syntax | null
  readonly by: readonly DerivativeVariable[]
  readonly form: 'fraction' | 'operator'
}

export interface DerivativeVariable {
  readonly variable: Syntax
  /** The written order below (`\partial x^2`), or null for one. */
  readonly order: Syntax | null
  /** False when the author forgot the sign below the line: `\frac{\partial P}{W}`. */
  readonly signed: boolean
}

/** `\nabla f`, `\nabla_{W_1, W_2} L`, `\nabla_x^2 f`, `\partial_x f`, `D f`. */
export interface GradientSyntax extends At<'gradient'> {
  readonly symbol: 'nabla' | 'partial'
  readonly by: readonly Syntax[]
  /** `^2`, `^\top` …, as written. */
  readonly superscripts: readonly Syntax[]
  readonly operand: Syntax | null
}

/** `\mathrm{d}X`, `\partial x` outside a fraction. A bare letter `d` stays a name. */
export interface DifferentialSyntax extends At<'differential'> {
  readonly sign: DifferentialSign
  readonly order: Syntax | null
  readonly operand: Syntax | null
}

/** `f \big|_{x = 0}`, `\left. f \right|_{x=0}^{1}`. */
export interface EvaluatedSyntax extends At<'evaluated'> {
  readonly body: Syntax
  readonly at: Syntax | null
  readonly upper: Syntax | null
}

/** Two items or more, with what stands between them; inside brackets, scripts and declarations. */
export interface ListSyntax extends At<'list'> {
  readonly items: readonly Syntax[]
  readonly separators: readonly Separator[]
}

/** Relations by one spelling each, whatever the dialect; `:` is the colon of `f : A \to B`. */
export type RelationOperator =
  | '='
  | ':='
  | '=='
  | '<'
  | '>'
  | '<='
  | '>='
  | '!='
  | 'approx'
  | 'equiv'
  | 'sim'
  | 'propto'
  | 'in'
  | 'notin'
  | 'subset'
  | 'to'
  | 'mapsto'
  | 'gets'
  | 'implies'
  | 'iff'
  | ':'
  | 'perp'

/**
 * A chain of relations. With `leading`, the chain begins with its first operator (`\mathbb{R}_{>0}`, `= 2x`) and
 * there are as many operators as operands; otherwise one fewer.
 */
export interface RelationSyntax extends At<'relation'> {
  readonly leading: boolean
  readonly operands: readonly Syntax[]
  readonly operators: readonly RelationOperator[]
}
