import { type Rational, rationalText } from '../base/rational.js'
import type { Call, Expr, Num, Sym, SymRole } from './node.js'
import type { Op } from './op.js'
import { type Dim, isScalar, SCALAR, type Shape, sameShape } from './shape.js'

/*
 * Interning without leaks. A call is remembered by the youngest of its arguments, in a private field that freezing
 * does not reach; a leaf is remembered by a table of weak references. So a formula keeps its parts alive, a leaf
 * keeps what was built on it alive, and when nobody holds any node of a problem the whole of it can be collected.
 * This file is the only one with module state; the state is a cache and a counter, and nothing printed depends on it.
 */
let created = 0

/** Scatters a number over 32 bits. */
function mixed(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x45d9f3b)
  return Math.imul(once ^ (once >>> 15), 0x2c1b3c6d) ^ (once >>> 13)
}

abstract class Node {
  readonly shape: Shape
  readonly id: number
  readonly treeSize: number
  readonly depth: number
  readonly binders: number
  readonly beneath: number
  readonly sketch: number
  /** Calls whose youngest argument this is: one, a list while short, then a table keyed by the other arguments. */
  #uses: CallNode | CallNode[] | Map<string, CallNode> | undefined

  constructor(
    shape: Shape,
    treeSize: number,
    depth: number,
    binders: number,
    beneath: number,
    sketch = mixed(created),
  ) {
    this.shape = shape
    this.id = created++
    this.treeSize = treeSize
    this.depth = depth
    this.binders = binders
    this.beneath = beneath
    this.sketch = sketch
  }

  static find(owner: Node, op: Op, args: readonly Expr[], shape: Shape): CallNode | undefined {
    const uses = owner.#uses
    if (uses === undefined) return undefined
    if (uses instanceof CallNode) return isCallOf(uses, op, args, shape) ? uses : undefined
    if (!Array.isArray(uses)) return uses.get(keyOf(op, args, shape))
    for (let i = uses.length - 1; i >= 0; i--) {
      const use = uses[i]!
      if (isCallOf(use, op, args, shape)) return use
    }
    return undefined
  }

  static remember(owner: Node, node: CallNode): void {
    const uses = owner.#uses
    if (uses === undefined) owner.#uses = node
    else if (uses instanceof CallNode) owner.#uses = [uses, node]
    else if (!Array.isArray(uses)) uses.set(keyOf(node.op, node.args, node.shape), node)
    else if (uses.length < 12) uses.push(node)
    else owner.#uses = new Map([...uses, node].map(use => [keyOf(use.op, use.args, use.shape), use]))
  }
}

function isCallOf(node: CallNode, op: Op, args: readonly Expr[], shape: Shape): boolean {
  return node.op === op && sameArgs(node.args, args) && sameShape(node.shape, shape)
}

function sameArgs(a: readonly Expr[], b: readonly Expr[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

function keyOf(op: Op, args: readonly Expr[], shape: Shape): string {
  let key = `${op.id}|${shape.rows}|${shape.columns}`
  for (const arg of args) key += `,${arg.id}`
  return key
}

class NumNode extends Node implements Num {
  readonly kind = 'num'
  readonly value: Rational
  constructor(value: Rational, shape: Shape) {
    super(shape, 1, 0, 0, 0)
    this.value = value
    Object.freeze(this)
  }
}

class SymNode extends Node implements Sym {
  readonly kind = 'sym'
  readonly name: string
  readonly role: SymRole
  constructor(name: string, shape: Shape, role: SymRole) {
    super(shape, 1, 0, 0, 0)
    this.name = name
    this.role = role
    Object.freeze(this)
  }
}

class CallNode extends Node implements Call {
  readonly kind = 'call'
  readonly op: Op
  readonly args: readonly Expr[]
  constructor(op: Op, args: readonly Expr[], shape: Shape) {
    let treeSize = 1
    let depth = 0
    let binders = 0
    let beneath = 0
    let sketch = op.id
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!
      treeSize += arg.treeSize
      if (arg.depth > depth) depth = arg.depth
      if (arg.binders > binders) binders = arg.binders
      sketch = (sketch + arg.sketch) | 0
      if (arg.kind === 'call') beneath |= arg.beneath | arg.op.bit
    }
    super(shape, treeSize, depth + 1, op.binds ? binders + 1 : binders, beneath, mixed(sketch))
    this.op = op
    this.args = Object.isFrozen(args) ? args : Object.freeze(args.slice())
    Object.freeze(this)
  }
}

/** Weak references by key. Those whose targets are gone are swept out when the table has doubled since the last time. */
class WeakTable<T extends object> {
  readonly #entries = new Map<string, WeakRef<T>>()
  #sweepAt = 1024

  get(key: string): T | undefined {
    return this.#entries.get(key)?.deref()
  }

  set(key: string, value: T): void {
    this.#entries.set(key, new WeakRef(value))
    if (this.#entries.size < this.#sweepAt) return
    for (const [known, reference] of this.#entries) {
      if (reference.deref() === undefined) this.#entries.delete(known)
    }
    this.#sweepAt = Math.max(1024, 2 * this.#entries.size)
  }
}

const leaves = new WeakTable<NumNode | SymNode>()

function leaf<T extends NumNode | SymNode>(key: string, make: () => T): T {
  const known = leaves.get(key)
  if (known !== undefined) return known as T
  const node = make()
  leaves.set(key, node)
  return node
}

/** Small whole numbers are met in every formula; they are held for good. */
const wholes: (NumNode | undefined)[] = []

/** The node of an exact number; with a shape, the array filled with it. */
export function number(value: Rational, shape: Shape = SCALAR): Num {
  if (shape === SCALAR && value.d === 1n && value.n < 64n) {
    const at = Number(value.n) * 2 + (value.s < 0n ? 1 : 0)
    const known = wholes[at]
    if (known !== undefined) return known
    const made = leaf(`n${rationalText(value)}`, () => new NumNode(value, SCALAR))
    wholes[at] = made
    return made
  }
  const key = shape === SCALAR ? `n${rationalText(value)}` : `n${rationalText(value)}|${dimKey(shape)}`
  return leaf(key, () => new NumNode(value, shape))
}

/** Scalar variables by name: most of the symbols of a large problem, for which no longer key has to be made. */
const scalars = new WeakTable<SymNode>()

/** The node of a name with a shape; the same name with another shape or role is another node. */
export function symbol(name: string, shape: Shape = SCALAR, role: SymRole = 'variable'): Sym {
  if (role === 'variable' && isScalar(shape)) {
    const known = scalars.get(name)
    if (known !== undefined) return known
    const made = new SymNode(name, SCALAR, role)
    scalars.set(name, made)
    return made
  }
  return leaf(`s${role[0]}${dimKey(shape)}|${name}`, () => new SymNode(name, shape, role))
}

/** Whether a symbol is the index of a binder, named by its height: `#1`. No author can write such a name. */
export function isBound({ name, role }: Sym): boolean {
  return role === 'index' && name.startsWith('#')
}

/** Sizes as one piece of a key: numbers apart from names that look like them, and names of any spelling apart. */
function dimKey({ rows, columns }: Shape): string {
  return `${sideKey(rows)},${sideKey(columns)}`
}

function sideKey(side: Dim): string {
  return typeof side === 'number' ? `#${side}` : `${side.length}:${side}`
}

/**
 * The node of an operation applied to arguments, exactly as given: the constructors of the operations decide what is
 * the same formula. The shape is computed by the operation, which raises `ShapeError` when the arguments do not fit.
 */
export function call(op: Op, args: readonly Expr[], given?: Shape): Call {
  const shape = given ?? op.shape(args)
  if (args.length === 0) return constant(op, shape)
  let youngest = args[0]!
  for (let i = 1; i < args.length; i++) if (args[i]!.id > youngest.id) youngest = args[i]!
  const owner = youngest as Expr & Node
  const known = Node.find(owner, op, args, shape)
  if (known !== undefined) return known
  const node = new CallNode(op, args, shape)
  Node.remember(owner, node)
  return node
}

const constants = new WeakMap<Op, CallNode>()

/** A call without arguments, such as π, is remembered by its operation. */
function constant(op: Op, shape: Shape): Call {
  const known = constants.get(op)
  if (known !== undefined) return known
  const node = new CallNode(op, [], shape)
  constants.set(op, node)
  return node
}

/** A number for a new operation; operations are compared by identity, the number only speeds up tables. */
export function nextOpId(): number {
  return created++
}

const operations = new WeakTable<Op>()

/** The operation of a key, made once while anyone holds it: for functions whose names come from the author. */
export function operation(key: string, make: () => Op): Op {
  const known = operations.get(key)
  if (known !== undefined) return known
  const op = make()
  operations.set(key, op)
  return op
}
