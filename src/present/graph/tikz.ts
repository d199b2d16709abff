import { latexWords } from '../escape.js'
import { latexPen } from '../latex-pen.js'
import type { Prose } from '../maths.js'
import type { Pen } from '../pen.js'
import { placed } from './layout.js'
import { HOLE, type Picture, type PictureNode } from './picture.js'

/** Units of the layout to a centimetre. */
const SCALE = 44

/**
 * A computational graph for LaTeX, with TikZ and nothing else: values above the wires, gradients below the dashed ones,
 * local derivatives under the gates.
 */
export function toTikz(picture: Picture): string {
  const { notation } = picture.problem
  const latexNames = new Map(notation.latexNames).set(HOLE, '\\cdot')
  const pen = latexPen({ ...notation, latexNames })
  const { nodes } = picture
  const output = nodes.find(({ kind }) => kind === 'output')!
  const edges = [...picture.edges, { ...picture.result, from: output.id, to: 'end' }]
  const boxes = nodes.map(({ id, notes }) => ({ id, box: { width: 62, height: 52 + 26 * notes.length } }))
  const place = placed(
    [...boxes, { id: 'end', box: { width: 1, height: 1 } }],
    edges.map(({ from, to }) => ({ from, to, label: { width: 64, height: 30 } })),
  )
  const at = (id: string) => {
    const { x, y } = place.nodes.get(id)!
    return `(${centimetres(x)}, ${centimetres(place.height - y)})`
  }
  const lines = [
    '% needs \\usepackage{tikz}',
    '\\begin{tikzpicture}[font=\\small, >=stealth,',
    '  input/.style={draw=gray, fill=gray!10, rounded corners=2pt, minimum size=6mm},',
    '  gate/.style={draw, rounded corners=3mm, minimum size=6mm, inner sep=3pt},',
    '  output/.style={gate, fill=yellow!15},',
    '  value/.style={midway, sloped, above=-1pt, font=\\scriptsize, text=forward},',
    '  gradient/.style={midway, sloped, below=-1pt, font=\\scriptsize, text=backward}]',
    '  \\definecolor{forward}{HTML}{0072B2}',
    '  \\definecolor{backward}{HTML}{C24A00}',
    ...nodes.map(node => `  ${drawn(node, at(node.id), pen)}`),
    `  \\coordinate (end) at ${at('end')};`,
    ...edges.flatMap(({ from, to, forward, backward }) => {
      const value = forward === undefined ? '' : ` node[value] {$${pen.maths(forward)}$}`
      const gradient = backward === undefined ? '' : ` node[gradient] {$\\leftarrow ${pen.maths(backward)}$}`
      return [
        `  \\draw[->, forward] ([yshift=0.6mm]${from}.east) --${value} ([yshift=0.6mm]${to}${to === 'end' ? '' : '.west'});`,
        `  \\draw[<-, backward, dashed] ([yshift=-0.6mm]${from}.east) --${gradient} ([yshift=-0.6mm]${to}${to === 'end' ? '' : '.west'});`,
      ]
    }),
    '\\end{tikzpicture}',
  ]
  return `${lines.join('\n')}\n`
}

function drawn({ id, kind, label, notes }: PictureNode, at: string, pen: Pen): string {
  const below = notes.map(note => typeset(note, pen)).join(' \\\\ ')
  const style =
    below === '' ? kind : `${kind}, label={[align=center, font=\\scriptsize, inner sep=1pt]below:{${below}}}`
  return `\\node[${style}] (${id}) at ${at} {$${pen.maths(label)}$};`
}

function typeset(prose: Prose, pen: Pen): string {
  return prose.map(part => (typeof part === 'string' ? latexWords(part) : `$${pen.maths(part)}$`)).join('')
}

function centimetres(units: number): string {
  return String(Math.round((units / SCALE) * 100) / 100)
}
