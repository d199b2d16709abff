/** Times as text: for the terminal, and as a page of Markdown. */
import { cpus } from 'node:os'

/** What was and was not timed, in one sentence. */
export const LEGEND =
  'Reading text is not timed for any tool whose derivative accepts an expression of its own (all but nerdamer-prime, ' +
  'whose functions turn every argument into text and read that again): a time is for all derivatives and whatever ' +
  'simplification the tool does.'

export const machine = () =>
  `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}`

export const duration = ms => {
  if (ms < 0.1) return `${(1000 * ms).toPrecision(2)} µs`
  if (ms < 1000) return `${Number(ms.toPrecision(3))} ms`
  return `${Number((ms / 1000).toPrecision(3))} s`
}
const factor = ratio => `${ratio >= 100 ? Math.round(ratio) : Number(ratio.toPrecision(2))}×`
const DECLINED = ['cannot', 'gave up', 'not tried', 'not available', 'failed']

const judgement = ({ verdict }) => {
  if (!verdict) return 'unchecked'
  const { right, wrong, missing, vanishing } = verdict
  const total = right + wrong + missing + vanishing
  if (wrong > 0) return `WRONG in ${wrong} of ${total}`
  if (missing > 0) return `INCOMPLETE in ${missing} of ${total}`
  return right === 0 && vanishing > 0 ? 'unchecked, too small for a double' : 'right'
}

/** One line for the terminal. */
export const describe = ({ title }, answer, ours) => {
  const declined = DECLINED.find(kind => answer[kind] !== undefined)
  const name = `  ${title.padEnd(24)}`
  if (answer.median === undefined) return `${name} ${declined}: ${answer[declined]}`
  const ratio = ours?.median ? factor(answer.median / ours.median) : ''
  const trouble = declined ? `, ${declined}: ${answer[declined]}` : ''
  return `${name} ${duration(answer.median).padStart(10)} ${ratio.padStart(8)}  ${judgement(answer)}${trouble}`
}

const cell = (answer, ours, own) => {
  const declined = DECLINED.find(kind => answer[kind] !== undefined)
  if (answer.median === undefined) return declined === 'not tried' ? '–' : declined
  const ratio = own || !ours?.median ? '' : ` (${factor(answer.median / ours.median)})`
  const verdict = judgement(answer)
  const marks = { right: '', WRONG: ' **wrong**', INCOMPLETE: ' **incomplete**' }
  return `${duration(answer.median)}${ratio}${marks[verdict.split(' ')[0]] ?? ' *'}`
}

const table = (head, lines) =>
  [head, head.map((_, k) => (k === 0 ? '---' : '---:')), ...lines]
    .map(line => `| ${line.join(' | ')} |`)
    .join('\n')

/** Why a peer has no time somewhere, each reason once, with the workloads. */
const reasons = (peers, rows) => {
  const lines = new Map()
  for (const { id, title } of peers) {
    for (const { title: workload, cells } of rows) {
      const answer = cells.get(id)
      const kind = DECLINED.find(name => answer[name] !== undefined)
      if (kind === undefined || kind === 'not tried') continue
      const reason = `- ${title} ${kind} (${answer[kind]}):`
      lines.set(reason, [...(lines.get(reason) ?? []), workload])
    }
  }
  return [...lines].map(([reason, workloads]) => `${reason} ${workloads.join('; ')}`).join('\n')
}

/** For the rows that grow: how many times as long as a bare reverse sweep, and how long for one name or definition. */
export const besideTheSweep = rows =>
  rows.flatMap(({ id, title, parts, cells }) => {
    const [ours, bare] = ['backprose', 'bare-sweep'].map(peer => cells.get(peer)?.median)
    if (!/\d$/.test(id) || !ours || !bare) return []
    return [{ title, ratio: factor(ours / bare), perName: `${duration(ours / parts)} for each` }]
  })

export const markdown = ({ peers, rows, starts, command, timeout }) => `# Benchmarks

Written by this command, which anyone can run; nothing here was typed by hand.

\`\`\`sh
${command}
\`\`\`

${machine()}. ${LEGEND}

Each tool has a process of its own for each workload and is stopped after ${timeout} s without an answer. A time is the median over half
a second of answers after a warm-up, or the first answer where that took five seconds; names are new in every run, so
that no tool answers from memory. In brackets: times as long as backprose.

- backprose gives every derivative simplified, with its steps recorded; the gradients of one function come from one pass.
- mathjs, nerdamer-prime, Algebrite and Compute Engine know no definitions, so theirs is the formula written out.
- SymPy and CasADi get their own objects, sharing what the definitions share. SymPy's \`diff\` and mathjs with
  \`simplify: false\` do not simplify; CasADi neither simplifies nor prints.
- The softmax network has 12 weights, which the others take one by one; backprose takes the two matrices, of any size.
- The bare sweep is not a tool: it is reverse mode over a graph that already stands, without shapes, steps or laws, and
  shows how much of the time is the derivative itself.

All derivatives (forty of them, where there are more) are compared at one point with dual numbers, and those with
central differences. **wrong** marks a time whose answer is not the derivative, **incomplete** one in which a derivative
is left undone; * one that could not be compared, since the derivative is smaller than any double. A dash stands where
the tool had no answer at a smaller size already.

${table(
  ['', ...peers.map(({ title }) => title)],
  rows.map(({ title, cells }) => [
    title,
    ...peers.map(({ id }) => cell(cells.get(id), cells.get('backprose'), id === 'backprose')),
  ]),
)}

${reasons(peers, rows)}

## Beside the bare sweep

${table(
  ['', 'times the bare sweep', 'for each weight or sigmoid'],
  besideTheSweep(rows).map(({ title, ratio, perName }) => [title, ratio, perName.replace(' for each', '')]),
)}

## Cold start

${table(
  ['', 'median', 'above bare Node'],
  starts.map(({ title, median, above, failed }) => [
    `\`${title}\``,
    failed ?? duration(median),
    above === undefined || failed ? '' : duration(above),
  ]),
)}
`
