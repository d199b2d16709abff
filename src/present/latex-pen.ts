import type { Tensor } from '../base/tensor.js'
import type { Answer } from '../derive/solution.js'
import { symbol } from '../expr/intern.js'
import { latexName } from '../expr/name.js'
import type { Expr, Sym } from '../expr/node.js'
import type { Notation } from '../expr/notation.js'
import type { Declaration, EntrySet } from '../expr/problem.js'
import { isMatrix, isScalar, type Shape, shapeOf } from '../expr/shape.js'
import { latexEquation, toLatex } from '../print/latex.js'
import { latexSymbol } from '../print/latex-names.js'
import { latexDim, latexShape, latexSpace } from '../print/latex-shapes.js'
import type { Condition, Maths } from './maths.js'
import { isNamed, lettersIn } from './named.js'
import { latexNumber } from './number-text.js'
import type { Pen } from './pen.js'

const SETS: ReadonlyMap<EntrySet, string> = new Map([
  ['positive', '\\mathbb{R}_{>0}'],
  ['nonnegative', '\\mathbb{R}_{\\ge 0}'],
  ['unit-interval', '(0, 1)'],
  ['binary', '\\{0, 1\\}'],
  ['sign', '\\{-1, 1\\}'],
  ['symmetric', '\\mathbb{S}'],
  ['positive-definite', '\\mathbb{S}_{++}'],
  ['integer', '\\mathbb{Z}'],
])

const SIGNS: ReadonlyMap<string, string> = new Map([
  ['+', '+'],
  ['×', '\\times'],
  ['⊙', '\\odot'],
])

const CONDITIONS: ReadonlyMap<Condition, readonly [string, string]> = new Map([
  ['positive', ['', ' > 0']],
  ['nonzero', ['', ' \\ne 0']],
  ['nonnegative', ['', ' \\ge 0']],
  ['unit', ['0 < ', ' < 1']],
  ['minus-one-to-one', ['-1 < ', ' < 1']],
  ['above-one', ['', ' > 1']],
  ['invertible', ['\\det ', ' \\ne 0']],
])

/** Spells in LaTeX, within amsmath and amssymb and what KaTeX accepts, in the author's notation. */
export function latexPen(notation: Notation): Pen {
  const expression = (node: Expr, known: readonly string[] = []) => toLatex(node, notation, known)

  const derivative = (of: Expr, wrt: Expr, order: 1 | 2, second: Expr = wrt) => {
    const above = order === 1 ? '\\partial' : '\\partial^2'
    const by = bracketedUnlessName(wrt, notation)
    const then = bracketedUnlessName(second, notation)
    const last = isVectorOrMatrix(second) ? transposedName(then, notation) : then
    const below =
      order === 1
        ? `\\partial ${by}`
        : isScalar(wrt.shape) && wrt === second
          ? `\\partial ${squared(by)}`
          : `\\partial ${by} \\, \\partial ${last}`
    if (isNamed(of)) return `\\frac{${above} ${expression(of)}}{${below}}`
    // The letters below the line stand for themselves above it.
    return `\\frac{${above}}{${below}} \\left( ${expression(of, lettersIn(wrt, second))} \\right)`
  }

  /** Stacked columns of the function, or of its gradient, by those of the variable. */
  const stacked = (of: Expr, wrt: Expr, order: 1 | 2, second: Expr = wrt) => {
    const top = order === 1 ? of : wrt
    const function_ = order === 1 ? bracketedUnlessName(of, notation) : derivative(of, wrt, 1)
    const above = isMatrix(top.shape)
      ? `\\operatorname{vec} ${order === 1 ? function_ : `\\left( ${function_} \\right)`}`
      : function_
    const variable = order === 1 ? wrt : second
    const by = bracketedUnlessName(variable, notation)
    const below = isMatrix(variable.shape)
      ? `(\\operatorname{vec} ${by})^{${notation.transpose}}`
      : isScalar(variable.shape)
        ? by
        : transposedName(by, notation)
    return `\\frac{\\partial ${above}}{\\partial ${below}}`
  }

  const condition = (node: Expr, holds: Condition) => {
    const [before, after] = CONDITIONS.get(holds)!
    return `${before}${expression(node)}${after}`
  }

  const maths = (it: Maths): string => {
    switch (it.kind) {
      case 'expression':
        return expression(it.node)
      case 'derivative':
        return derivative(it.of, it.wrt, it.order, it.second)
      case 'stacked':
        return stacked(it.of, it.wrt, it.order, it.second)
      case 'differential':
        return `\\mathrm{d}${it.order === 1 ? bracketedUnlessName(it.of, notation) : derivative(it.of, it.wrt, 1)}`
      case 'partial':
        return `\\partial/\\partial ${bracketedUnlessName(it.wrt, notation)}`
      case 'sign':
        return SIGNS.get(it.sign)!
      case 'numbers':
        return latexNumbers(it.value)
      case 'membership':
        return latexMembership(it.members, notation)
      case 'shapes':
        return latexShapes(it.factors, it.result)
      case 'condition':
        return condition(it.node, it.holds)
      case 'equation':
        return latexEquation(it.left, it.right, notation)
      case 'least':
        return `${latexName(it.letter)} \\ge ${it.least}`
      case 'range':
        return it.from === it.to
          ? `${latexName(it.letter)} = ${latexDim(it.to)}`
          : `${latexName(it.letter)} = ${latexDim(it.from)}, \\dots, ${latexDim(it.to)}`
      case 'latex':
        return it.latex
    }
  }
  return { maths, equals: '=' }
}

/** The variable whose change stands in a linear map: the one differentiated by last. */
export function changedIn({ question }: Answer): Sym {
  const { wrt, second = wrt, order } = question
  return order === 1 ? wrt : second
}

/** The notation in which the symbol of a change is written as one: `\mathrm{d}X`. */
export function withChange(notation: Notation, change: Sym | undefined, of: Sym): Notation {
  if (change === undefined) return notation
  const latexNames = new Map(notation.latexNames)
  latexNames.set(change.name, `\\mathrm{d}${latexSymbol(of, notation)}`)
  return { ...notation, latexNames }
}

/** What is transposed below a second derivative: not a number, so not an entry. */
function isVectorOrMatrix({ shape }: Expr): boolean {
  return !isScalar(shape)
}

function bracketedUnlessName(of: Expr, notation: Notation): string {
  return isNamed(of) ? toLatex(of, notation) : `(${toLatex(of, notation)})`
}

const SIMPLE_NAME = /^\\?[A-Za-z]+(?:_(?:\w|\{[^{}]*\}))?$/

function squared(name: string): string {
  return SIMPLE_NAME.test(name) ? `${name}^2` : `(${name})^2`
}

function transposedName(name: string, { transpose }: Notation): string {
  return SIMPLE_NAME.test(name) ? `${name}^{${transpose}}` : `(${name})^{${transpose}}`
}

function latexNumbers({ rows, columns, data }: Tensor): string {
  if (rows === 1 && columns === 1) return latexNumber(data[0]!)
  const lines = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => latexNumber(data[i * columns + j]!)).join(' & '),
  )
  return `\\begin{bmatrix} ${lines.join(' \\\\ ')} \\end{bmatrix}`
}

function latexShapes(factors: readonly Shape[], result: Shape): string {
  if (factors.length < 2) return `(${latexShape(result)})`
  return `${factors.map(shape => `(${latexShape(shape)})`).join('')} = ${latexShape(result)}`
}

function latexMembership(members: readonly Declaration[], notation: Notation): string {
  const [first] = members as [Declaration, ...Declaration[]]
  const { symbol: of, family, set } = first
  if (family !== undefined) {
    const member = shapeOf(of.shape.columns)
    const name = latexSymbol(of, notation)
    const count = latexSymbol(symbol(String(of.shape.rows)), notation)
    return `${name}_{${family}} \\in ${spaceOf(set, member)}, \\ ${family} = 1, \\dots, ${count}`
  }
  return `${members.map(member => latexSymbol(member.symbol, notation)).join(', ')} \\in ${spaceOf(set, of.shape)}`
}

/** `\mathbb{R}^{m \times n}`, `\mathbb{S}^{n}`, `\{0, 1\}^{n}`. */
function spaceOf(set: EntrySet, shape: Shape): string {
  const square = set === 'symmetric' || set === 'positive-definite'
  if (square && !isScalar(shape)) return `${SETS.get(set)}^{${latexDim(shape.rows)}}`
  return latexSpace(shape, SETS.get(set))
}
