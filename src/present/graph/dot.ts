import { printable } from '../escape.js'
import type { Prose } from '../maths.js'
import { textPen } from '../text-pen.js'
import type { Picture } from './picture.js'
import { spoken } from './words.js'

/** A computational graph in the language of Graphviz, which places it. */
export function toDot(picture: Picture): string {
  const pen = textPen(picture.problem.notation)
  const say = (prose: Prose) =>
    prose.map(part => (typeof part === 'string' ? part : spoken(pen.maths(part)))).join('')
  const output = picture.nodes.find(({ kind }) => kind === 'output')!
  const edges = [...picture.edges, { ...picture.result, from: output.id, to: 'end' }]
  const lines = [
    'digraph {',
    `  label=${quoted(say(picture.title))}; rankdir=LR; node [shape=box, style=rounded]; edge [dir=both, arrowtail=vee];`,
    ...picture.nodes.map(({ id, kind, label, notes }) => {
      const text = [say([label]), ...notes.map(say)].join('\n')
      const look =
        kind === 'input' ? ', style=filled, fillcolor="#f4f4f4"' : kind === 'output' ? ', penwidth=2' : ''
      return `  ${id} [label=${quoted(text)}${look}];`
    }),
    '  end [label="", shape=none, width=0, height=0];',
    ...edges.map(({ from, to, forward, backward }) => {
      const texts = [forward && say([forward]), backward && `← ${say([backward])}`].filter(Boolean)
      return `  ${from} -> ${to} [label=${quoted(texts.join('\n'))}];`
    }),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

function quoted(words: string): string {
  const lines = words.split('\n').map(line => printable(line).replace(/["\\]/g, sign => `\\${sign}`))
  return `"${lines.join('\\n')}"`
}
