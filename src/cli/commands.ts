import type { CommandRow } from './command.js'

const graph: CommandRow = {
  name: 'graph',
  usage: 'backprose graph FILE|- [options]',
  summary: 'draw the computational graph of a function',
  about: [
    'Values stand above the wires and gradients below them, local derivatives under the gates; numbers, where the file',
    'gives them to its symbols. More than 30 operations are drawn by definitions, more definitions layer by layer.',
  ],
  files: [1, 1],
  options: [
    { name: 'of', value: 'L', summary: 'the function; the last scalar that is defined if absent' },
    { name: 'to', value: 'FORMAT', summary: 'svg, tikz or dot (default svg)' },
    { name: 'detail', value: 'DETAIL', summary: 'operations or definitions (default: what can be read)' },
    { name: 'let', value: "'W: m x n'", repeated: true, summary: 'declare a symbol, as in derive' },
    { name: 'syntax', value: 'SYNTAX', summary: 'latex, plain or auto (default auto)' },
    { name: 'output', short: 'o', value: 'FILE', summary: 'write to a file; its ending decides the format' },
  ],
  examples: [{ command: 'backprose graph gates.md -o gates.svg', about: 'a picture for a page' }],
  load: async () => (await import('./graph.js')).runGraph,
}

const derive: CommandRow = {
  name: 'derive',
  usage: 'backprose derive FILE|- [options]',
  summary: 'work out the derivatives that a file asks for',
  about: [
    'FILE holds equations in LaTeX or plain text, with declarations where they are needed; - reads standard input.',
    'Without a question in it, the last scalar that is defined is differentiated by everything it depends on.',
    'Every result is compared with automatic differentiation before it is printed.',
  ],
  files: [1, 1],
  options: [
    { name: 'of', value: 'L', summary: 'what is differentiated: a defined name or an expression' },
    { name: 'wrt', value: 'W,b', repeated: true, summary: 'by which symbols, or entries: W[p,q]' },
    { name: 'order', value: '1|2', summary: 'first or second derivatives (default 1)' },
    { name: 'second', value: 'y', summary: 'the second variable of a mixed second derivative' },
    { name: 'form', value: 'FORM', summary: 'map, index or kronecker: how a derivative is written' },
    { name: 'layout', value: 'LAYOUT', summary: 'gradient, numerator or denominator' },
    {
      name: 'let',
      value: "'W: m x n'",
      repeated: true,
      summary: 'declare a symbol, as it could stand in the file',
    },
    {
      name: 'to',
      value: 'FORMAT',
      summary: 'latex, markdown, text or json (default: text on a terminal, else latex)',
    },
    { name: 'syntax', value: 'SYNTAX', summary: 'latex, plain or auto (default auto)' },
    { name: 'keep', summary: 'write results with the names of the backward pass only' },
    { name: 'expand', summary: 'write results without the names of the backward pass' },
    { name: 'no-verify', summary: 'do not compare with automatic differentiation' },
    { name: 'output', short: 'o', value: 'FILE', summary: 'write to a file; its ending decides the format' },
  ],
  examples: [
    { command: 'backprose derive network.tex', about: 'all gradients of the last scalar' },
    {
      command: 'backprose derive network.tex --of L --wrt W,b --to markdown',
      about: 'two of them, for a note',
    },
    {
      command: "echo \"f = x'*A*x\" | backprose derive - --let 'A: n x n' --let 'x: n' --wrt x",
      about: 'one formula',
    },
  ],
  load: async () => (await import('./derive.js')).runDerive,
}

const check: CommandRow = {
  name: 'check',
  usage: 'backprose check FILE|- [options]',
  summary: 'judge the lines of a derivation written by hand',
  about: [
    'What FILE declares and defines by formulas is given; every other equation is a line: a chain, a row that goes on',
    'with the one above it, a definition by a derivative, a differential. Each is proved, compared at points, or refuted',
    'with a counterexample and, where one is found, a mend. Of a document with prose the blocks that are marked by a',
    'comment are checked: % backprose: check',
  ],
  files: [1, 1],
  options: [
    { name: 'all', summary: 'in a document with prose, check every block, marked or not' },
    { name: 'right', summary: 'show right lines too, and how they are known to be right' },
    { name: 'strict', summary: 'fail unless every line is proved' },
    { name: 'to', value: 'FORMAT', summary: 'text or json (default text)' },
    { name: 'let', value: "'W: m x n'", repeated: true, summary: 'declare a symbol, as in derive' },
    { name: 'syntax', value: 'SYNTAX', summary: 'latex, plain or auto (default auto)' },
  ],
  examples: [{ command: 'backprose check homework.tex', about: 'the wrong lines, each with its place' }],
  load: async () => (await import('./check.js')).runCheck,
}

const read: CommandRow = {
  name: 'read',
  usage: 'backprose read FILE|- [options]',
  summary: 'say what is read in a file: names, shapes, definitions, requests, and what is not understood',
  about: [
    'FILE is Markdown, MDX, TeX, a Jupyter notebook, reStructuredText, or equations and nothing else.',
    'Each choice between several readings is listed with its reason. A comment in a formula overrides it:',
    '% backprose: let W: m x n, L: scalar, f: function, k: index, a: labels, z: powers',
  ],
  files: [1, 1],
  options: [
    { name: 'to', value: 'FORMAT', summary: 'text or json (default text)' },
    { name: 'let', value: "'W: m x n'", repeated: true, summary: 'declare a symbol beside the file' },
    { name: 'syntax', value: 'SYNTAX', summary: 'latex, plain or auto (default auto)' },
  ],
  examples: [
    { command: 'backprose read notes.md', about: 'what a reader finds in a page' },
    { command: 'backprose read notes.ipynb --to json', about: 'the same with every place, for machines' },
  ],
  load: async () => (await import('./read.js')).runRead,
}

const batch: CommandRow = {
  name: 'batch',
  usage: 'backprose batch',
  summary: 'answer requests in JSON, one per line, from standard input',
  about: [
    'Each line of standard input is a request, each line of standard output its answer, in the same order.',
    'A request that cannot be answered has an error in its answer and does not end the batch.',
  ],
  files: [0, 0],
  options: [{ name: 'no-verify', summary: 'do not compare with automatic differentiation' }],
  examples: [{ command: 'backprose batch < requests.jsonl > answers.jsonl', about: 'a file of requests' }],
  load: async () => (await import('./batch.js')).runBatch,
}

export const commands: readonly CommandRow[] = Object.freeze([derive, check, read, graph, batch])
