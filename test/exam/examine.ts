import type { Nested } from '../../src/base/tensor.js'
import { work } from '../../src/derive/derive.js'
import { evaluateAt, evaluateMapAt } from '../../src/evaluate/bindings.js'
import { symbol } from '../../src/expr/intern.js'
import type { Sym } from '../../src/expr/node.js'
import type { Notation } from '../../src/expr/notation.js'
import type { Declaration, Definition, Problem } from '../../src/expr/problem.js'
import { SCALAR } from '../../src/expr/shape.js'
import type { ProblemRequest } from '../../src/parse/options.js'
import { problemOf, readExpression } from '../../src/parse/problem.js'
import { withChange } from '../../src/present/latex-pen.js'
import { latexSymbol } from '../../src/print/latex-names.js'
import type { Tensors } from '../../src/tensor/tensor.js'
import { run } from '../cli/harness.js'
import type { Question } from './question.js'
import { type Dialect, dialectsOf, requestOf } from './request.js'

/** An answer of the batch interface. */
export interface Answer {
  readonly latex?: string
  readonly plain?: string
  readonly shape?: readonly number[]
  readonly value?: Nested
  readonly check?: { readonly status: string }
  readonly error?: { readonly message: string }
}

export interface Examined {
  readonly request: object
  readonly answer: Answer
  /** How long the request took, in milliseconds. */
  readonly took: number
}

export type Results = ReadonlyMap<string, ReadonlyMap<Dialect, Examined>>

export const DIALECTS = ['latex', 'plain'] as const satisfies readonly Dialect[]

/** Puts every question to one batch, in both dialects. */
export async function examine(questions: readonly Question[]): Promise<Results> {
  const asked = questions.flatMap(question =>
    dialectsOf(question).map(dialect => ({ question, dialect, request: requestOf(question, dialect) })),
  )
  const times: number[] = []
  let last = 0
  const input = asked.map(({ request }) => JSON.stringify(request)).join('\n')
  const { out } = await run(['batch'], {
    input,
    printed: () => {
      const now = performance.now()
      times.push(now - last)
      last = now
    },
  })
  const answers = out
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Answer)
  const results = new Map<string, Map<Dialect, Examined>>()
  asked.forEach(({ question, dialect, request }, k) => {
    const both = results.get(question.id) ?? new Map<Dialect, Examined>()
    results.set(question.id, both.set(dialect, { request, answer: answers[k]!, took: times[k]! }))
  })
  return results
}

/** The entries of both printed forms of an answer, read as a formula over the quantities of the request. */
export function readingsOf({ request, answer }: Examined, tensors: Tensors): readonly (readonly number[])[] {
  const problem = problemOf(request as ProblemRequest)
  const [worked] = work(problem, { stage: false }).answers
  const { result, change, question } = worked!
  const notation = withChange(problem.notation, change, question.wrt)
  const aliases = aliasesOf(problem)
  const definitions = [...problem.definitions, ...aliases]
  const stand = change && symbol('Upsilon', change.shape)
  const declarations = [...namesOf({ ...problem, definitions }), ...(stand ? [stand] : [])]
  return DIALECTS.map(dialect => {
    const text = withStand(answer[dialect]!, dialect, change, notation)
    const node = readExpression(text, {
      dialect,
      declarations,
      notation: problem.notation,
      shape: result.shape,
    })
    const value = stand
      ? evaluateMapAt(tensors, node, stand, problem, { definitions })
      : evaluateAt(tensors, node, problem, { definitions })
    return Array.from(value.data)
  })
}

/** The right side of a differential, with a letter of its own for the change of the variable. */
function withStand(text: string, dialect: Dialect, change: Sym | undefined, notation: Notation): string {
  if (change === undefined) return text
  const [, right] = text.split(/ = (.*)/s)
  if (dialect === 'latex') return right!.replaceAll(latexSymbol(change, notation), '\\Upsilon ')
  return right!.replace(/\bd[A-Za-z]\w*\b(?!\()/g, 'Upsilon')
}

/** Whether an answer is a formula of whole arrays: no linear map where a matrix would do, no entries and no sums over them. */
export function isInMatrixNotation({ plain = '', shape = [] }: Answer): boolean {
  const isMap = /^d2?\(/.test(plain)
  return !(isMap && shape.length < 3) && !/\b(?:sum|prod)\(\w+=|\w\[/.test(plain)
}

function namesOf({ declarations, definitions, sizes }: Problem): readonly (Declaration | Sym)[] {
  const letters = [...sizes.keys()].map(name => symbol(name, SCALAR, 'dimension'))
  return [...declarations, ...definitions.map(definition => definition.symbol), ...letters]
}

/** `W1` of a plain text is `W_1` in LaTeX, where it is read back under that name. */
function aliasesOf({ declarations, definitions, notation }: Problem): readonly Definition[] {
  if (notation.dialect !== 'plain') return []
  return [...declarations, ...definitions].flatMap(({ symbol: known }) => {
    const [, letters, digits] = /^([A-Za-z]+)(\d+)$/.exec(known.name) ?? []
    return digits === undefined
      ? []
      : [
          {
            symbol: symbol(
              digits.length === 1 ? `${letters}_${digits}` : `${letters}_{${digits}}`,
              known.shape,
            ),
            body: known,
          },
        ]
  })
}
