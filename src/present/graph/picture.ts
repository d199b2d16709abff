import { type Circuit, type Flow, type Gate, overNames } from '../../derive/circuit.js'
import { symbol } from '../../expr/intern.js'
import type { Expr, Sym } from '../../expr/node.js'
import type { Problem } from '../../expr/problem.js'
import { dependsOn, remake } from '../../expr/walk.js'
import { addition, hadamardProduct, isCall, matrixProduct, multiplication } from '../../ops/core.js'
import { expression, type Maths, type Prose } from '../maths.js'

/** A node of the drawing: a quantity that goes in, or a gate with what comes out of it. */
export interface PictureNode {
  readonly id: string
  readonly kind: 'input' | 'gate' | 'output'
  /** What stands in it: a name, or what the gate does. */
  readonly label: Maths
  /** What stands below it: its name, and its local derivatives. */
  readonly notes: readonly Prose[]
}

/** A wire: what flows along it, and what flows back. */
export interface PictureEdge {
  readonly from: string
  readonly to: string
  readonly forward: Maths | undefined
  readonly backward: Maths | undefined
}

/** A computational graph ready to be drawn in any format. */
export interface Picture {
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly PictureEdge[]
  /** The value and the derivative at the end. */
  readonly result: { readonly forward: Maths; readonly backward: Maths }
  readonly title: Prose
  /** The same in words, for those who do not see it. */
  readonly description: Prose
  readonly problem: Problem
}

/** What a gate is applied to, in its label. */
export const HOLE = '·'
/** Formulas with more parts than this do not fit on a wire. */
const LARGEST_LABEL = 7

/** Draws a circuit; numbers are written on the wires where they are known, formulas where they are short. */
export function pictureOf(circuit: Circuit, flow: Flow | undefined, problem: Problem): Picture {
  const { output, inputs, gates, gradients } = circuit
  const forwardOf = (of: Sym): Maths | undefined => {
    if (flow === undefined) return expression(overNames(circuit, of))
    return { kind: 'numbers', value: flow.forward.get(of)! }
  }
  const backwardOf = (of: Sym): Maths | undefined => {
    const gradient = gradients.get(of)
    if (gradient === undefined) return undefined
    if (flow === undefined) return short(overNames(circuit, gradient))
    return { kind: 'numbers', value: flow.backward.get(of)! }
  }
  const ids = new Map<Sym, string>(
    [...inputs, ...gates.map(gate => gate.symbol)].map((each, k) => [each, `n${k}`]),
  )
  const nodes: PictureNode[] = inputs.map(each => ({
    id: ids.get(each)!,
    kind: 'input',
    label: expression(each),
    notes: [],
  }))
  const edges: PictureEdge[] = []
  for (const gate of gates) {
    const id = ids.get(gate.symbol)!
    const kind = gate.symbol === output ? 'output' : 'gate'
    nodes.push({ id, kind, label: labelOf(gate), notes: notesOf(circuit, flow, gate) })
    for (const input of gate.inputs) {
      edges.push({
        from: ids.get(input)!,
        to: id,
        forward: shortLabel(forwardOf(input)),
        backward: backwardOf(input),
      })
    }
  }
  const whole = forwardOf(output) ?? expression(output)
  const names: Prose = inputs.flatMap(
    (each, k): Prose => (k === 0 ? [expression(each)] : [', ', expression(each)]),
  )
  const flows = gates.flatMap((gate): Prose => {
    const back = backwardOf(gate.symbol)
    const value = forwardOf(gate.symbol)
    const made: Prose = [expression(gate.named ? gate.symbol : overNames(circuit, gate.symbol))]
    return [
      ' ',
      ...made,
      ...(flow !== undefined && value !== undefined ? [' = ', value] : []),
      ...(back === undefined ? [] : [', gradient ', back]),
      ';',
    ]
  })
  return {
    nodes,
    edges,
    result: { forward: whole, backward: expression(ONE) },
    title: ['Computational graph of ', expression(output)],
    description: ['From ', ...names, ' to ', expression(output), ':', ...flows.slice(0, -1), '.'],
    problem,
  }
}

const ONE = symbol('1')

/** What a gate does to what comes in: `exp(·)`, `1/·`, `· − ·`, or the sign between several inputs. */
function labelOf({ symbol: made, body, inputs }: Gate): Maths {
  const sign = body.kind === 'call' && inputs.length > 1 && body.args.every(arg => arg.kind === 'sym')
  if (sign) {
    if (isCall(body, addition)) return { kind: 'sign', sign: '+' }
    if (isCall(body, multiplication) || isCall(body, matrixProduct)) return { kind: 'sign', sign: '×' }
    if (isCall(body, hadamardProduct)) return { kind: 'sign', sign: '⊙' }
  }
  if (body.kind !== 'call') return expression(body)
  if (body.op.binds) return expression(made)
  const taken = new Set<Expr>(inputs)
  const hole = (arg: Expr) => (dependsOn(arg, taken) ? symbol(HOLE, arg.shape) : arg)
  const label = remake(body, body.args.map(hole))
  return label.treeSize > LARGEST_LABEL ? expression(made) : expression(label)
}

function notesOf(circuit: Circuit, flow: Flow | undefined, gate: Gate): readonly Prose[] {
  const notes: Prose[] = gate.named ? [[expression(gate.symbol)]] : []
  for (const [input, value] of gate.local) {
    const number = flow?.local.get(gate)?.get(input)
    const shown: Maths | undefined =
      number === undefined ? short(overNames(circuit, value)) : { kind: 'numbers', value: number }
    if (shown === undefined) continue
    const only = gate.inputs.length === 1
    const by = only ? symbol(HOLE, input.shape) : overNames(circuit, input)
    // What a sum passes on to a part without a name is seen on the wire.
    if (by.kind === 'sym') notes.push([{ kind: 'partial', wrt: by }, ' = ', shown])
  }
  return notes
}

function short(node: Expr): Maths | undefined {
  return node.treeSize <= LARGEST_LABEL ? expression(node) : undefined
}

function shortLabel(maths: Maths | undefined): Maths | undefined {
  return maths?.kind === 'expression' ? short(maths.node) : maths
}
