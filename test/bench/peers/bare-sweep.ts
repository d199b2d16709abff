/**
 * The least that any reverse mode must do, as a measure for the others: formulas in a graph where equal nodes are
 * one node, and one sweep that writes the derivatives into the same graph. No shapes, no steps, no laws, no
 * simplification, nothing printed.
 */

type Formula = number | string | readonly Formula[]
interface Problem {
  readonly definitions: readonly (readonly [name: string, formula: Formula])[]
  readonly output: string
  readonly wrt: readonly string[]
}
interface Workload {
  readonly problems: readonly Problem[]
  readonly values: Readonly<Record<string, number>>
  readonly unknown?: Readonly<Record<string, string>>
}
interface Answer {
  readonly graph: Graph
  readonly node: number
}

const CONSTANT = 0
const SYMBOL = 1
const FIRST = 2
const OPERATIONS = 'add sub mul div pow neg exp log sqrt sin cos tan atan tanh sigmoid'.split(' ')
const code = new Map(OPERATIONS.map((name, k) => [name, FIRST + k]))
const [ADD, SUB, MUL, DIV, POW, NEG, EXP, LOG, SQRT, SIN, COS, TAN, ATAN, TANH, SIGMOID] = [
  2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
] as const
/** Codes from here on are unknown functions, each followed by its derivative. */
const UNKNOWN = FIRST + OPERATIONS.length

/** Nodes are numbers in the order of making, so arguments come before what uses them. */
class Graph {
  size = 0
  operation = new Int32Array(1024)
  left = new Int32Array(1024)
  right = new Int32Array(1024)
  table = new Int32Array(4096).fill(-1)
  readonly leaves: (number | string)[] = []
  readonly symbols = new Map<number | string, number>()
  readonly functions = new Map<string, number>()

  node(operation: number, left: number, right = -1): number {
    const table = this.table
    const mask = table.length - 1
    let hash = Math.imul(Math.imul(operation, 31) + left, 0x9e3779b1) + right
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
    for (let slot = (hash ^ (hash >>> 13)) & mask; ; slot = (slot + 1) & mask) {
      const found = table[slot]!
      if (found >= 0) {
        const same = this.left[found] === left && this.right[found] === right
        if (same && this.operation[found] === operation) return found
        continue
      }
      if (this.size === this.operation.length) {
        this.grow()
        return this.node(operation, left, right)
      }
      table[slot] = this.size
      this.operation[this.size] = operation
      this.left[this.size] = left
      this.right[this.size] = right
      return this.size++
    }
  }

  grow(): void {
    const twice = (old: Int32Array) => {
      const array = new Int32Array(2 * old.length)
      array.set(old)
      return array
    }
    const { size, operation, left, right } = this
    this.operation = twice(operation)
    this.left = twice(left)
    this.right = twice(right)
    this.table = new Int32Array(2 * this.table.length).fill(-1)
    this.size = 0
    for (let k = 0; k < size; k++) this.node(operation[k]!, left[k]!, right[k]!)
  }

  leaf(value: number | string): number {
    let found = this.symbols.get(value)
    if (found === undefined) {
      found = this.node(typeof value === 'number' ? CONSTANT : SYMBOL, this.leaves.length)
      this.leaves.push(value)
      this.symbols.set(value, found)
    }
    return found
  }

  call(name: string): number {
    const known = this.functions.get(name) ?? UNKNOWN + 2 * this.functions.size
    this.functions.set(name, known)
    return known
  }
}

const build = (graph: Graph, { definitions }: Problem): Map<string, number> => {
  const names = new Map<string, number>()
  const walk = (formula: Formula): number => {
    if (typeof formula === 'number') return graph.leaf(formula)
    if (typeof formula === 'string') return names.get(formula) ?? graph.leaf(formula)
    const operation = formula[0] as string
    if (operation === 'call') return graph.node(graph.call(formula[1] as string), walk(formula[2]!))
    let result = walk(formula[1]!)
    const kind = code.get(operation)!
    if (formula.length === 2) return kind === ADD || kind === MUL ? result : graph.node(kind, result)
    for (let k = 2; k < formula.length; k++) result = graph.node(kind, result, walk(formula[k]!))
    return result
  }
  for (const [name, formula] of definitions) names.set(name, walk(formula))
  return names
}

/** One sweep from the output to the leaves; gives the node of the derivative by every node, or -1. */
const sweep = (graph: Graph, output: number): Int32Array => {
  const adjoint = new Int32Array(graph.size + 2).fill(-1)
  const one = graph.leaf(1)
  const two = graph.leaf(2)
  const give = (to: number, part: number) => {
    const before = adjoint[to]!
    adjoint[to] = before < 0 ? part : graph.node(ADD, before, part)
  }
  adjoint[output] = one
  for (let y = output; y >= 0; y--) {
    const g = adjoint[y]!
    const operation = graph.operation[y]!
    if (g < 0 || operation < FIRST) continue
    const a = graph.left[y]!
    const b = graph.right[y]!
    if (operation === MUL) {
      give(a, graph.node(MUL, g, b))
      give(b, graph.node(MUL, g, a))
    } else if (operation === ADD) {
      give(a, g)
      give(b, g)
    } else if (operation === SUB) {
      give(a, g)
      give(b, graph.node(NEG, g))
    } else if (operation === DIV) {
      give(a, graph.node(DIV, g, b))
      give(b, graph.node(NEG, graph.node(DIV, graph.node(MUL, g, y), b)))
    } else if (operation === POW) {
      const lower = graph.node(POW, a, graph.node(SUB, b, one))
      give(a, graph.node(MUL, g, graph.node(MUL, b, lower)))
      if (graph.operation[b] === CONSTANT) continue
      give(b, graph.node(MUL, g, graph.node(MUL, y, graph.node(LOG, a))))
    } else give(a, graph.node(MUL, g, slope(graph, operation, a, y, one, two)))
  }
  return adjoint
}

/** The slope at `a` of a function of one argument with value `y`. */
const slope = (graph: Graph, operation: number, a: number, y: number, one: number, two: number): number => {
  if (operation === TANH) return graph.node(SUB, one, graph.node(MUL, y, y))
  if (operation === SIGMOID) return graph.node(MUL, y, graph.node(SUB, one, y))
  if (operation === EXP) return y
  if (operation === NEG) return graph.node(NEG, one)
  if (operation === LOG) return graph.node(DIV, one, a)
  if (operation === SQRT) return graph.node(DIV, one, graph.node(MUL, two, y))
  if (operation === SIN) return graph.node(COS, a)
  if (operation === COS) return graph.node(NEG, graph.node(SIN, a))
  if (operation === TAN) return graph.node(ADD, one, graph.node(MUL, y, y))
  if (operation === ATAN) return graph.node(DIV, one, graph.node(ADD, one, graph.node(MUL, a, a)))
  return graph.node(operation + 1, a)
}

interface Prepared {
  readonly graph: Graph
  readonly output: number
  readonly wrt: readonly number[]
}

/** The graphs of the formulas themselves, which are not timed: what is measured is the sweep. */
export const prepare = ({ problems }: Workload): Prepared[] =>
  problems.map(problem => {
    const graph = new Graph()
    const output = build(graph, problem).get(problem.output)!
    return { graph, output, wrt: problem.wrt.map(name => graph.leaf(name)) }
  })

export const derive = (problems: readonly Prepared[]): Answer[][] =>
  problems.map(({ graph, output, wrt }) => {
    const adjoint = sweep(graph, output)
    return wrt.map(leaf => ({ graph, node: adjoint[leaf]! }))
  })

const logistic = (x: number) => 1 / (1 + Math.exp(-x))
const NUMERIC: readonly ((a: number, b: number) => number)[] = [
  (a, b) => a + b,
  (a, b) => a - b,
  (a, b) => a * b,
  (a, b) => a / b,
  (a, b) => a ** b,
  a => -a,
  Math.exp,
  Math.log,
  Math.sqrt,
  Math.sin,
  Math.cos,
  Math.tan,
  Math.atan,
  Math.tanh,
  logistic,
]

export const evaluate = ({ graph, node }: Answer, { values, unknown }: Workload): number => {
  const result = new Float64Array(node + 1)
  const functions = [...graph.functions.keys()].map(name => unknown?.[name])
  for (let k = 0; k <= node; k++) {
    const [operation, left, right] = [graph.operation[k]!, graph.left[k]!, graph.right[k]!]
    const leaf = graph.leaves[left]!
    if (operation < FIRST) result[k] = typeof leaf === 'number' ? leaf : values[leaf]!
    else if (operation < UNKNOWN) result[k] = NUMERIC[operation - FIRST]!(result[left]!, result[right] ?? 0)
    else {
      const [kind, primed] = [functions[(operation - UNKNOWN) >> 1], (operation - UNKNOWN) % 2 === 1]
      const value = kind === 'tanh' ? Math.tanh(result[left]!) : logistic(result[left]!)
      result[k] = !primed ? value : kind === 'tanh' ? 1 - value * value : value * (1 - value)
    }
  }
  return result[node]!
}
