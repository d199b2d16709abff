import { LimitError, NotDifferentiableError } from '../base/errors.js'
import { forward } from '../calculus/forward.js'
import { stackedCoefficient } from '../calculus/stacked.js'
import type { Call, Expr, Sym } from '../expr/node.js'
import type { Question } from '../expr/problem.js'
import { isScalar } from '../expr/shape.js'
import { collect, type Step, type Steps } from '../expr/step.js'
import { postorder, substitute } from '../expr/walk.js'
import { commutation, commutationOf } from '../ops/commutation.js'
import { add, addition, isCall, matrixProduct, multiply, transpose } from '../ops/core.js'
import { dimOf } from '../ops/dimension.js'
import { basis, basisVector } from '../ops/indexed.js'
import { kronecker, kroneckerOf, vectorizedOf } from '../ops/kronecker.js'
import { entryAt } from '../ops/lower.js'
import { contractDeltas } from '../ops/settle.js'
import { assumptionsOf, derivativeOf, type Work, workBefore } from './answer.js'
import { entriesOf, freeLetters, indicesOf, partAt, placeOf } from './entries.js'
import { sliced } from './slices.js'
import type { Adjoint, Answer, EntryForm } from './solution.js'

/** An answer in the form that is asked for, with the steps and names this took. */
interface Formed {
  readonly answer: Answer
  readonly adjoints: readonly Adjoint[]
  readonly steps: readonly Step[]
}

const NONE: readonly never[] = Object.freeze([])

/**
 * Brings an answer into the form and the layout that its question asks for. A linear map carries its entries besides,
 * and so does a gradient that is written as a sum over unit vectors. Raises `NotDifferentiableError` where there is no
 * such form.
 */
export function inForm(work: Work, answer: Answer): Formed {
  const { question } = answer
  const { parts, form } = question
  if (parts !== undefined) return byParts(work, answer, parts)
  switch (form) {
    case 'map':
      return answer.kind === 'differential' ? { answer, adjoints: NONE, steps: NONE } : asMap(work, answer)
    case 'kronecker':
      return stacked(work, answer)
    case 'index': {
      const entries = wholeByEntries(work, answer)
      const { value } = entries
      return { answer: { ...asEntry(answer, value, value), entries }, adjoints: NONE, steps: NONE }
    }
    default:
      return { answer: laidOut(work, withEntries(work, answer)), adjoints: NONE, steps: NONE }
  }
}

function asEntry(answer: Answer, result: Expr, expanded: Expr): Answer {
  const { change: _, ...rest } = answer
  return { ...rest, kind: 'entry', layout: 'numerator', result, expanded }
}

// ------------------------------------------------------------------------------------------------------ by entries

/** A linear map, or a sum of unit vectors, says by entries what it says. */
function withEntries(work: Work, answer: Answer): Answer {
  const { kind, expanded } = answer
  if (kind !== 'differential' && !(kind === 'gradient' && mentionsUnits(expanded))) return answer
  if (expanded.treeSize > LARGEST_BY_ENTRIES) return answer
  try {
    return { ...answer, entries: wholeByEntries(work, answer) }
  } catch (error) {
    if (error instanceof LimitError && error.code === 'limit-index-form') return answer
    throw error
  }
}

/** Larger results are not written a second time. */
const LARGEST_BY_ENTRIES = 200

function mentionsUnits(node: Expr): boolean {
  if (node.kind !== 'call' || ((node.beneath | node.op.bit) & basis.bit) === 0) return false
  return postorder([node]).some(part => part.kind === 'call' && part.op === basis)
}

/** The whole derivative at free indices, each with a letter that nothing else has. */
function wholeByEntries(work: Work, answer: Answer): EntryForm {
  const { question } = answer
  const { of, wrt, second = wrt, order } = question
  const variables = order === 1 ? [wrt] : [wrt, second]
  const shapes = [of, ...variables].map(({ shape }) => shape)
  const letters = freeLetters(work.problem, of, answer.expanded, shapes)
  const places = shapes.map(shape => indicesOf(shape, letters))
  const [rows, ...columns] = places as [readonly Expr[], ...(readonly Expr[])[]]
  const by = variables.map((variable, k) => partAt(variable, columns[k]!))
  return { of: entryAt(of, rows), by, value: entriesOf(answer, rows, columns) }
}

/** The derivative by parts of the variable: entries in index notation, rows and columns as such. */
function byParts(work: Work, answer: Answer, parts: readonly Call[]): Formed {
  const { question } = answer
  const { of, order } = question
  const places = parts.map(placeOf)
  const whole = places.some(place => place.row === undefined || place.column === undefined)
  const entries = (value: Expr): EntryForm => ({ of, by: parts, value })
  const simplify = (node: Expr) => work.simplifier.simplified(node)
  const [part] = parts as [Call]
  if (order === 1 && !isScalar(of.shape)) {
    if (whole) throw noParts(question)
    const { map, d, formed } = mapOf(work, answer)
    const { rows, columns } = d.shape
    const [place] = places as [{ row: Expr; column: Expr }]
    const down = basisVector(place.row, rows)
    const unit = columns === 1 ? down : multiply(down, transpose(basisVector(place.column, columns)))
    const direction = rows === 1 ? transpose(basisVector(place.column, columns)) : unit
    const { answer: value, steps } = simplify(sliced(substitute(map, new Map([[d, direction]]))))
    const entry = asEntry(answer, value, value)
    return { ...formed, answer: { ...entry, entries: entries(value) }, steps: [...formed.steps, ...steps] }
  }
  if (whole) {
    if (order === 2) throw noParts(question)
    const [place] = places as [ReturnType<typeof placeOf>]
    const { rows: height, columns: width } = question.wrt.shape
    const ranges = new Map([
      [place.row ?? place.column!, [place.row === undefined ? width : height]] as const,
    ])
    const at = (gradient: Expr) =>
      simplify(contractDeltas(sliced(substitute(part, new Map([[question.wrt, gradient]]))), ranges))
    const [result, expanded] = [at(answer.result), at(answer.expanded)]
    const entry = asEntry(answer, result.answer, expanded.answer)
    const steps = [...result.steps, ...expanded.steps]
    return { answer: { ...entry, entries: entries(result.answer) }, adjoints: [], steps }
  }
  const columns = parts.map(each => shownIndices(each))
  // Adjoints of one entry of an array are hardly ever of use.
  const named = of.kind === 'sym' ? answer.result : answer.expanded
  const [result, expanded] = [named, answer.expanded].map(value =>
    entriesOf({ ...answer, expanded: value }, [], columns),
  ) as [Expr, Expr]
  const entry = asEntry(answer, result, expanded)
  return { answer: { ...entry, entries: entries(result) }, adjoints: [], steps: [] }
}

/** The indices of an entry as `toIndexForm` takes them: those of a vector are one. */
function shownIndices({ args }: Call): readonly Expr[] {
  const { rows, columns } = args[0]!.shape
  const [, row, column] = args as readonly [Expr, Expr, Expr]
  return columns === 1 ? [row] : rows === 1 ? [column] : [row, column]
}

function noParts({ of, order }: Question): NotDifferentiableError {
  const what =
    order === 2
      ? 'a second derivative by whole rows or columns is not offered'
      : 'the derivative of an array by whole rows or columns is not offered'
  return new NotDifferentiableError('parts-of-array', what, {
    hint: `ask for it by single entries${of.kind === 'sym' ? ` of ${of.name}` : ''}, or by the whole variable`,
  })
}

// ---------------------------------------------------------------------------------------------- maps and matrices

interface Mapped {
  readonly map: Expr
  readonly d: Sym
  readonly formed: Omit<Formed, 'answer'>
}

/** The linear map of an answer, whatever its own form. */
function mapOf(work: Work, { question, kind, result, change }: Answer): Mapped {
  if (kind === 'differential' && change !== undefined) {
    return { map: result, d: change, formed: { adjoints: [], steps: [] } }
  }
  const { answer, steps } = collect(mapSteps(work, question))
  return { ...answer, formed: { adjoints: answer.adjoints, steps } }
}

function* mapSteps(
  work: Work,
  { of, wrt, second = wrt, order }: Question,
): Steps<{ readonly map: Expr; readonly d: Sym; readonly adjoints: readonly Adjoint[] }> {
  const { namer, simplifier, budget } = work
  const tidy = simplifier.simplified
  const first = order === 1 ? undefined : yield* derivativeOf(workBefore(work, second), of, wrt, 1)
  const adjoints = first?.adjoints ?? []
  const variable = order === 1 ? wrt : second
  const found = yield* forward({
    definitions: [...work.problem.definitions, ...adjoints],
    output: first?.value ?? of,
    wrt: variable,
    change: namer.change(variable),
    tidy,
    budget,
    map: true,
  })
  if (found.kind !== 'differential') throw noForm('linear map')
  return { map: found.value, d: found.d, adjoints }
}

function asMap(work: Work, answer: Answer): Formed {
  const { map, d, formed } = mapOf(work, answer)
  const assumptions = [...new Set([...answer.assumptions, ...assumptionsOf(formed.steps)])]
  const mapped = { ...answer, kind: 'differential', layout: 'numerator', result: map, expanded: map } as const
  return { ...formed, answer: { ...mapped, change: d, assumptions } }
}

/** The matrix between stacked columns. */
function stacked(work: Work, answer: Answer): Formed {
  const { kind, expanded } = answer
  const direct =
    kind === 'gradient'
      ? transpose(vectorizedOf(expanded))
      : kind === 'differential'
        ? undefined
        : kind === 'derivative'
          ? vectorizedOf(expanded)
          : expanded
  if (direct !== undefined) return asStacked(work, answer, direct, { adjoints: [], steps: [] })
  const { map, d, formed } = mapOf(work, answer)
  const found = stackedCoefficient(map, d)
  if (found === undefined) throw noForm('Kronecker form')
  return asStacked(work, answer, found, formed)
}

function asStacked(work: Work, answer: Answer, matrix: Expr, formed: Omit<Formed, 'answer'>): Formed {
  const { answer: value, steps } = work.simplifier.simplified(matrix)
  const { change: _, ...rest } = answer
  const inForm = { ...rest, kind: 'kronecker', layout: 'numerator', result: value, expanded: value } as const
  return { ...formed, answer: laidOut(work, inForm), steps: [...formed.steps, ...steps] }
}

function noForm(what: string): NotDifferentiableError {
  return new NotDifferentiableError('no-such-form', `no ${what} of this derivative is known`, {
    hint: 'ask for the linear map or the index form',
  })
}

// --------------------------------------------------------------------------------------------------------- layout

/** The answer in the layout that is asked for: some kinds are transposed for it. */
function laidOut(work: Work, answer: Answer): Answer {
  const { question, kind, result, expanded } = answer
  const wanted = question.layout
  if (wanted === undefined || kind === 'differential' || kind === 'entry') return answer
  const isMixed = question.second !== undefined && question.second !== question.wrt
  if (kind === 'hessian' && !isMixed) return wanted === 'gradient' ? answer : { ...answer, layout: wanted }
  const sameWay =
    kind === 'gradient' ? wanted !== 'numerator' : wanted === 'numerator' || wanted === 'gradient'
  if (sameWay) return { ...answer, layout: kind === 'gradient' ? wanted : answer.layout }
  if (isScalar(expanded.shape)) return { ...answer, layout: wanted }
  const turn = (node: Expr) => work.simplifier.simplified(turnedOver(node)).answer
  return { ...answer, layout: wanted, turned: true, result: turn(result), expanded: turn(expanded) }
}

/** The transpose, which goes into every factor of a Kronecker product and into what such products stand in. */
function turnedOver(node: Expr): Expr {
  if (isCall(node, kronecker)) return kroneckerOf(...node.args.map(transpose))
  if (isCall(node, commutation)) return commutationOf(dimOf(node.args[1]!), dimOf(node.args[0]!))
  if (node.kind !== 'call' || !node.args.some(isStacked)) return transpose(node)
  if (node.op === matrixProduct) return multiply(...node.args.map(turnedOver).reverse())
  return node.op === addition ? add(...node.args.map(turnedOver)) : transpose(node)
}

/** Whether something is made of Kronecker products, one or two steps down. */
function isStacked(node: Expr): boolean {
  const isOne = (part: Expr) => isCall(part, kronecker) || isCall(part, commutation)
  return isOne(node) || (node.kind === 'call' && node.op !== kronecker && node.args.some(isOne))
}
