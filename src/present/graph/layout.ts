import { Graph, layout } from '@dagrejs/dagre'

export interface Box {
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Where boxes stand (their centres), how wires run, and where their labels are. */
export interface Placed {
  readonly width: number
  readonly height: number
  readonly nodes: ReadonlyMap<string, Point>
  readonly wires: readonly { readonly path: readonly Point[]; readonly label: Point }[]
}

/** Places boxes in layers from left to right, with room for the labels of wires. The same input gives the same places. */
export function placed(
  nodes: readonly { readonly id: string; readonly box: Box }[],
  wires: readonly { readonly from: string; readonly to: string; readonly label: Box }[],
): Placed {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 28, ranksep: 34, edgesep: 18, marginx: 12, marginy: 12 })
  for (const { id, box } of nodes) graph.setNode(id, { ...box })
  for (const [k, { from, to, label }] of wires.entries()) {
    graph.setEdge(from, to, { ...label, labelpos: 'c' }, `w${k}`)
  }
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  const at = new Map<string, Point>()
  for (const { id } of nodes) {
    const { x, y } = graph.node(id) as Point
    at.set(id, { x, y })
  }
  const routes = wires.map(({ from, to }, k) => {
    const { points, x, y } = graph.edge(from, to, `w${k}`) as Point & { points: readonly Point[] }
    return { path: points, label: { x, y } }
  })
  return { width, height, nodes: at, wires: routes }
}
