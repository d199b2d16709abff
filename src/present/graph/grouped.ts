import type { Prose } from '../maths.js'
import type { Picture, PictureEdge, PictureNode } from './picture.js'

/** More nodes than this cannot be read on a page. */
export const MOST_NODES = 30
const NAMES = 3

/**
 * The same computation layer by layer: what is as many steps away from the inputs is drawn as one node, with the first
 * names in it and how many there are. A picture that is small enough stays as it is.
 */
export function grouped(picture: Picture): Picture {
  if (picture.nodes.length <= MOST_NODES) return picture
  const depth = depthsOf(picture)
  const layers = new Map<string, PictureNode[]>()
  const groupOf = (node: PictureNode) => `${node.kind === 'input' ? 'i' : 'g'}${depth.get(node.id)!}`
  for (const node of picture.nodes) {
    const group = layers.get(groupOf(node))
    if (group) group.push(node)
    else layers.set(groupOf(node), [node])
  }
  const group = new Map(picture.nodes.map(node => [node.id, groupOf(node)]))
  const edges = new Map<string, PictureEdge>()
  for (const { from, to } of picture.edges) {
    const ends = { from: group.get(from)!, to: group.get(to)! }
    edges.set(`${ends.from} ${ends.to}`, { ...ends, forward: undefined, backward: undefined })
  }
  return {
    ...picture,
    nodes: [...layers].map(([id, members]) => ({
      ...members[members.length - 1]!,
      id,
      notes: listed(members),
    })),
    edges: [...edges.values()],
  }
}

/** How many steps after the inputs a gate computes; an input stands just before the first gate that takes it. */
function depthsOf({ nodes, edges }: Picture): ReadonlyMap<string, number> {
  const into = new Map<string, string[]>(nodes.map(({ id }) => [id, []]))
  for (const { from, to } of edges) into.get(to)!.push(from)
  const depth = new Map<string, number>()
  for (const { id, kind } of nodes) {
    if (kind === 'input') continue
    depth.set(id, 1 + Math.max(0, ...into.get(id)!.map(from => depth.get(from) ?? 0)))
  }
  const inputs = new Set(nodes.filter(({ kind }) => kind === 'input').map(({ id }) => id))
  for (const { from, to } of edges) {
    if (!inputs.has(from)) continue
    depth.set(from, Math.min(depth.get(to)! - 1, depth.get(from) ?? Number.POSITIVE_INFINITY))
  }
  return depth
}

function listed(members: readonly PictureNode[]): readonly Prose[] {
  if (members.length === 1) return members[0]!.notes
  const names = members.slice(0, NAMES).flatMap(({ label, notes }, k): Prose => {
    const name = notes[0]?.length === 1 ? notes[0][0]! : label
    return k === 0 ? [name] : [', ', name]
  })
  return [members.length > NAMES ? [...names, `, … (${members.length})`] : names]
}
