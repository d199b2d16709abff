import { makeTensor, type Tensor } from '../../../src/base/tensor.js'
import { type Point, runAt } from '../../../src/evaluate/evaluate.js'
import { planOf } from '../../../src/evaluate/plan.js'
import { designPoints } from '../../../src/evaluate/points.js'
import { extentOf } from '../../../src/evaluate/run.js'
import { symbol } from '../../../src/expr/intern.js'
import type { Call, Expr, Sym } from '../../../src/expr/node.js'
import type { Definition } from '../../../src/expr/problem.js'
import { isScalar, sameShape } from '../../../src/expr/shape.js'
import { postorder, substitute } from '../../../src/expr/walk.js'
import { type Derivation, writtenDerivative, writtenDifferential } from '../../../src/parse/derivation.js'
import type { Tensors } from '../../../src/tensor/tensor.js'

/**
 * Whether a line is right, by differences of the functions themselves: nothing here differentiates, simplifies or
 * proves anything. One answer for each formula that is compared with the head of its chain; undefined where the
 * differences say nothing (a derivative inside a sum, a derivative of a derivative, sides of different shapes).
 */
export function byDifferences(derivation: Derivation, tensors: Tensors): readonly (boolean | undefined)[][] {
  const { problem, lines } = derivation
  const definitions: Definition[] = [...problem.definitions]
  return lines.map(({ statements }) =>
    statements.flatMap(statement => {
      if (statement.definition !== undefined) definitions.push(statement.definition)
      const head = statement.head?.value
      return statement.steps.map(({ formula }) =>
        head === undefined || formula.value === undefined || !sameShape(head.shape, formula.value.shape)
          ? undefined
          : agree(derivation, definitions, head, formula.value, tensors),
      )
    }),
  )
}

function agree(
  { problem }: Derivation,
  definitions: readonly Definition[],
  left: Expr,
  right: Expr,
  tensors: Tensors,
): boolean | undefined {
  const bodies = new Map<Expr, Expr>()
  const written: Call[] = []
  const opened = (node: Expr): Expr => {
    const own = definitions.findLast(({ symbol: name, body }) => name === node && isWritten(body))
    return own === undefined ? node : own.body
  }
  const plain = [left, right].map(side => {
    let now = side
    for (let round = 0; round < 8; round++) {
      const by = new Map<Expr, Expr>()
      for (const node of postorder([now])) {
        if (opened(node) !== node) by.set(node, opened(node))
      }
      if (by.size === 0) break
      now = substitute(now, by)
    }
    for (const node of postorder([now])) {
      if (node.kind !== 'call') continue
      if (node.op === writtenDifferential) return undefined
      if (node.op !== writtenDerivative || bodies.has(node)) continue
      written.push(node)
      bodies.set(node, symbol(`@${written.length}`, node.shape))
    }
    return substitute(now, bodies)
  })
  if (plain.includes(undefined)) return undefined
  if (written.some(node => node.args.length > 2 || isInside(node) || node.args.some(isWritten)))
    return undefined
  const given = definitions.filter(({ body }) => !isWritten(body))
  const outputs = [...written.map(node => node.args[0]!), ...given.map(({ symbol: name }) => name)]
  const design = designPoints(
    tensors,
    {
      outputs,
      others: [...(plain as Expr[]), ...written.map(node => node.args[1]!)],
      definitions: given,
      declarations: problem.declarations,
      facts: problem.facts,
    },
    { seed: 'differences', count: 12 },
  )
  const points = design.groups.flatMap(group => group.points).slice(0, 10)
  if (points.length === 0) return undefined
  return points.every(point => agreeAt(point, given, written, plain as Expr[], bodies, tensors))
}

function isWritten(node: Expr): boolean {
  return postorder([node]).some(
    each => each.kind === 'call' && (each.op === writtenDerivative || each.op === writtenDifferential),
  )
}

function isInside(node: Call): boolean {
  return postorder([node]).some(
    each => each.kind === 'sym' && each.role === 'index' && each.name.startsWith('#') && !binds(node, each),
  )
}

function binds(node: Expr, index: Expr): boolean {
  return postorder([node]).some(each => each.kind === 'call' && each.op.binds && each.args[0] === index)
}

function agreeAt(
  point: Point,
  definitions: readonly Definition[],
  written: readonly Call[],
  sides: readonly Expr[],
  bodies: ReadonlyMap<Expr, Expr>,
  tensors: Tensors,
): boolean {
  const values = new Map(point.values)
  for (const node of written) values.set(bodies.get(node) as Sym, slope(point, definitions, node, tensors))
  const [a, b] = runAt(
    tensors,
    planOf(sides, { definitions }),
    { ...point, values },
    { forgiving: true },
  ).values
  let [difference, size] = [0, 1e-3]
  for (let k = 0; k < a!.data.length; k++) {
    difference = Math.max(difference, Math.abs(a!.data[k]! - b!.data[k]!))
    size = Math.max(size, Math.abs(a!.data[k]!), Math.abs(b!.data[k]!))
  }
  return difference < 1e-5 * size
}

const STEP = 1e-4

/** A derivative by central differences, extrapolated once, in the shape that a line gives it. */
function slope(point: Point, definitions: readonly Definition[], node: Call, tensors: Tensors): Tensor {
  const [of, by] = node.args as readonly [Expr, Expr]
  let base = by
  while (base.kind === 'call') base = base.args[0]!
  const free = definitions.filter(({ symbol: name }) => name !== base)
  const own = runAt(tensors, planOf([base], { definitions }), point).values[0]!
  const plan = planOf([of], { definitions: free })
  const valueAt = (k: number, h: number): readonly number[] => {
    const data = Float64Array.from(own.data)
    data[k]! += h
    const values = new Map(point.values).set(base as Sym, makeTensor(own.rows, own.columns, data))
    return Array.from(runAt(tensors, plan, { ...point, values }).values[0]!.data)
  }
  const along = (k: number, h: number): readonly number[] => {
    const [up, down] = [valueAt(k, h), valueAt(k, -h)]
    return up.map((value, i) => (value - down[i]!) / (2 * h))
  }
  // What every entry of the function changes by, for each entry of the array it depends on.
  const columns = Array.from({ length: own.data.length }, (_, k): readonly number[] => {
    const [coarse, fine] = [along(k, 2 * STEP), along(k, STEP)]
    return fine.map((value, i) => (4 * value - coarse[i]!) / 3)
  })
  const { rows, columns: width } = extentOf(node.shape, point.sizes)
  const filled = (data: readonly number[]) => makeTensor(rows, width, Float64Array.from(data))
  if (by !== base) {
    const array = symbol('@array', base.shape)
    const pick = planOf([substitute(by, new Map([[base, array]]))])
    const picked = (data: readonly number[]) => {
      const values = new Map(point.values).set(
        array,
        makeTensor(own.rows, own.columns, Float64Array.from(data)),
      )
      return runAt(tensors, pick, { ...point, values }).values[0]!
    }
    if (isScalar(of.shape)) return picked(columns.map(column => column[0]!))
    return filled(columns[picked(columns.map((_, k) => k)).data[0]!]!)
  }
  if (isScalar(of.shape)) return filled(columns.map(column => column[0]!))
  if (isScalar(base.shape)) return filled(columns[0]!)
  const height = columns[0]!.length
  return filled(Array.from({ length: height }, (_, i) => columns.map(column => column[i]!)).flat())
}
