import { MathError, NameError } from '../base/errors.js'
import type { Sym } from '../expr/node.js'
import type { Problem } from '../expr/problem.js'
import { declarationsOf } from '../parse/let-text.js'
import type { Picture } from '../present/graph/picture.js'
import { choice } from './args.js'
import type { Given } from './command.js'
import { exitCodeOf, formatProblem, type Source } from './diagnostics.js'
import { readText, sourceName } from './input.js'
import { EXIT, type Io } from './io.js'
import { deliver } from './output.js'
import { askedPassages } from './passages.js'

const FORMATS = ['svg', 'tikz', 'dot'] as const
type Format = (typeof FORMATS)[number]

const ENDINGS: ReadonlyMap<string, Format> = new Map([
  ['svg', 'svg'],
  ['tex', 'tikz'],
  ['tikz', 'tikz'],
  ['dot', 'dot'],
  ['gv', 'dot'],
])

/** `backprose graph`: draws the computational graph of a function, with its numbers where the file gives them. */
export async function runGraph(given: Given, io: Io): Promise<number> {
  const one = (name: string) => given.values.get(name)?.[0]
  const file = given.files[0]!
  const output = one('output')
  const ending = /\.([A-Za-z]+)$/.exec(output ?? '')?.[1]?.toLowerCase() ?? ''
  const format = choice('to', one('to'), FORMATS) ?? ENDINGS.get(ending) ?? 'svg'
  const syntax = choice('syntax', one('syntax'), ['latex', 'plain', 'auto']) ?? 'auto'
  const detail = choice('detail', one('detail'), ['operations', 'definitions'])
  const text = await readText(io, file)
  const source: Source = { name: sourceName(file), text }
  try {
    const declarations = (given.values.get('let') ?? []).flatMap(declarationsOf)
    const [first] = await askedPassages(text, file, syntax, declarations, { of: one('of') })
    const { problem } = first!
    const { graphOf } = await import('../present/graph/drawing.js')
    const tensors =
      problem.values.size === 0 ? undefined : await (await import('../tensor/load.js')).loadTensors()
    await deliver(io, output, await drawn(graphOf(problem, outputOf(problem), { detail, tensors }), format))
    return EXIT.fine
  } catch (error) {
    if (!(error instanceof MathError)) throw error
    io.warn(formatProblem(error, source, io.error.colored))
    return exitCodeOf(error)
  }
}

function outputOf({ questions, definitions }: Problem): Sym {
  const of = questions[0]?.of
  const named = definitions.find(({ symbol, body }) => symbol === of || body === of)
  if (named !== undefined) return named.symbol
  throw new NameError('no-name', 'the function that is drawn needs a name', { hint: 'define it: f = …' })
}

async function drawn(picture: Picture, format: Format): Promise<string> {
  switch (format) {
    case 'svg':
      return (await import('../present/graph/svg.js')).toSvg(picture)
    case 'tikz':
      return (await import('../present/graph/tikz.js')).toTikz(picture)
    case 'dot':
      return (await import('../present/graph/dot.js')).toDot(picture)
  }
}
