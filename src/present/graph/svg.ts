import { printable } from '../escape.js'
import type { Maths, Prose } from '../maths.js'
import type { Pen } from '../pen.js'
import { textPen } from '../text-pen.js'
import { type Box, type Point, placed } from './layout.js'
import type { Picture, PictureNode } from './picture.js'
import { type Stretch, spoken, stretchesOf } from './words.js'

const SIZE = 13
const SMALL = 11
/** Blue goes forward and vermilion back; both are told apart without colour too, by arrows and by dashes. */
const FORWARD = '#0072b2'
const BACKWARD = '#c24a00'
const INK = '#222222'

/**
 * A computational graph as a self-contained SVG: values above the wires, gradients below them, what a gate does in it and
 * its local derivatives under it, with a title and a description for screen readers. No script, no link, no font.
 */
export function toSvg(picture: Picture): string {
  const pen = textPen(picture.problem.notation)
  const say = (prose: Prose) =>
    prose.map(part => (typeof part === 'string' ? part : spoken(pen.maths(part)))).join('')
  const boxes = picture.nodes.map(node => ({ id: node.id, box: boxOf(node, pen) }))
  const result = {
    ...picture.result,
    from: picture.nodes.find(({ kind }) => kind === 'output')!.id,
    to: 'end',
  }
  const edges = [...picture.edges, result]
  const wires = edges.map(({ from, to, forward, backward }) => ({
    from,
    to,
    label: {
      width: Math.max(widthOf(forward, pen), widthOf(backward, pen), 8) + 16,
      height: 34,
    },
  }))
  const place = placed([...boxes, { id: 'end', box: { width: 1, height: 1 } }], wires)
  const shapes = new Map(
    picture.nodes.map(node => [node.id, { ...place.nodes.get(node.id)!, width: shapeWidth(node, pen) }]),
  )
  const width = Math.ceil(place.width)
  const height = Math.ceil(place.height)
  const title = say(picture.title)
  const description = say(picture.description)
  const id = `graph-${hashOf(description)}`
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-text" font-family="'DejaVu Sans', 'Segoe UI', Helvetica, Arial, sans-serif">`,
    `<title id="${id}-title">${escaped(title)}</title>`,
    `<desc id="${id}-text">${escaped(description)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...place.wires.map(({ path }, k) =>
      wire(ended(path, shapes.get(edges[k]!.from), shapes.get(edges[k]!.to))),
    ),
    ...place.wires.flatMap(({ label }, k) => {
      const { forward, backward } = edges[k]!
      return [
        ...(forward === undefined
          ? []
          : [text(stretchesOf(pen.maths(forward)), label.x, label.y - 7, SMALL, FORWARD, true)]),
        ...(backward === undefined
          ? []
          : [
              text(
                [{ text: '← ', level: 0 }, ...stretchesOf(pen.maths(backward))],
                label.x,
                label.y + 15,
                SMALL,
                BACKWARD,
                true,
              ),
            ]),
      ]
    }),
    ...picture.nodes.map((node, k) => drawn(node, place.nodes.get(node.id)!, boxes[k]!.box, pen)),
    '</svg>',
  ]
  return `${lines.join('\n')}\n`
}

function widthOf(maths: Maths | undefined, pen: Pen): number {
  return maths === undefined ? 0 : textWidth(stretchesOf(pen.maths(maths)), SMALL) + 12
}

/** About as wide as common sans-serif fonts set it. */
function textWidth(stretches: readonly Stretch[], size: number): number {
  return stretches.reduce(
    (sum, { text, level }) => sum + [...text].length * size * (level === 0 ? 0.6 : 0.45),
    0,
  )
}

const NODE_HEIGHT = 30
const NOTE_HEIGHT = 15

function boxOf(node: PictureNode, pen: Pen): Box {
  const label = textWidth(stretchesOf(pen.maths(node.label)), SIZE) + 20
  const notes = node.notes.map(note => textWidth(notesText(note, pen), SMALL))
  return {
    width: Math.max(NODE_HEIGHT, label, ...notes),
    // As much room above as below, so that wires meet the middle of the gate.
    height: NODE_HEIGHT + 2 * NOTE_HEIGHT * node.notes.length,
  }
}

function notesText(note: Prose, pen: Pen): readonly Stretch[] {
  return note.flatMap(part =>
    typeof part === 'string' ? [{ text: part, level: 0 as const }] : stretchesOf(pen.maths(part)),
  )
}

function drawn(node: PictureNode, { x, y }: Point, _: Box, pen: Pen): string {
  const label = stretchesOf(pen.maths(node.label))
  const width = shapeWidth(node, pen)
  const half = NODE_HEIGHT / 2
  const shape =
    node.kind === 'input'
      ? `<rect x="${at(x - width / 2)}" y="${at(y - half)}" width="${at(width)}" height="${NODE_HEIGHT}" rx="4" fill="#f4f4f4" stroke="#888888"/>`
      : `<rect x="${at(x - width / 2)}" y="${at(y - half)}" width="${at(width)}" height="${NODE_HEIGHT}" rx="${half}" fill="${node.kind === 'output' ? '#fff4d6' : '#ffffff'}" stroke="${INK}" stroke-width="1.3"/>`
  const notes = node.notes.map((note, k) =>
    text(notesText(note, pen), x, y + half + NOTE_HEIGHT * (k + 1) - 2, SMALL, '#444444', true),
  )
  return [shape, text(label, x, y + SIZE * 0.36, SIZE, INK, false), ...notes].join('\n')
}

function shapeWidth({ label }: PictureNode, pen: Pen): number {
  return Math.max(NODE_HEIGHT, textWidth(stretchesOf(pen.maths(label)), SIZE) + 16)
}

/** A path that begins and ends at the outlines of what it joins, and not at the room kept free around them. */
function ended(
  path: readonly Point[],
  from: (Point & { readonly width: number }) | undefined,
  to: (Point & { readonly width: number }) | undefined,
): readonly Point[] {
  const points = [...path]
  if (from !== undefined) points[0] = outline(from, points[1]!)
  if (to !== undefined) points[points.length - 1] = outline(to, points[points.length - 2]!)
  return points
}

/** Where the line from the middle of a pill towards a point leaves it. */
function outline(pill: Point & { readonly width: number }, towards: Point): Point {
  const dx = towards.x - pill.x
  const dy = towards.y - pill.y
  const scale = 1 / Math.hypot(dx / (pill.width / 2), dy / (NODE_HEIGHT / 2))
  return { x: pill.x + dx * scale, y: pill.y + dy * scale }
}

/** The line forward, and beside it the dashed one back. */
function wire(path: readonly Point[]): string {
  const line = (shift: number) =>
    path.map(({ x, y }, k) => `${k === 0 ? 'M' : 'L'}${at(x)} ${at(y + shift)}`).join(' ')
  const end = path[path.length - 1]!
  const start = path[0]!
  return [
    `<path d="${line(-2)}" fill="none" stroke="${FORWARD}" stroke-width="1.4"/>`,
    arrow(end.x, end.y - 2, 1, FORWARD),
    `<path d="${line(2)}" fill="none" stroke="${BACKWARD}" stroke-width="1.2" stroke-dasharray="5 3"/>`,
    arrow(start.x, start.y + 2, -1, BACKWARD),
  ].join('\n')
}

function arrow(x: number, y: number, way: 1 | -1, color: string): string {
  return `<path d="M${at(x)} ${at(y)} l${-7 * way} -3 v6 z" fill="${color}"/>`
}

function text(
  stretches: readonly Stretch[],
  x: number,
  y: number,
  size: number,
  color: string,
  halo: boolean,
): string {
  let dy = 0
  const spans = stretches.map(({ text: words, level }) => {
    const to = level === 0 ? 0 : level < 0 ? size * 0.28 : -size * 0.38
    const shift = to - dy
    dy = to
    const attributes = `${shift === 0 ? '' : ` dy="${at(shift)}"`}${level === 0 ? '' : ` font-size="${at(size * 0.75)}"`}`
    return `<tspan${attributes}>${escaped(words)}</tspan>`
  })
  const outline = halo ? ' stroke="#ffffff" stroke-width="3" paint-order="stroke"' : ''
  return `<text x="${at(x)}" y="${at(y)}" font-size="${size}" text-anchor="middle" fill="${color}"${outline} xml:space="preserve">${spans.join('')}</text>`
}

function at(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function escaped(words: string): string {
  return printable(words).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)
}

/** Tells the pictures of one page apart. */
function hashOf(words: string): string {
  let hash = 0x811c9dc5
  for (let k = 0; k < words.length; k++) hash = Math.imul(hash ^ words.charCodeAt(k), 0x01000193)
  return (hash >>> 0).toString(36)
}
