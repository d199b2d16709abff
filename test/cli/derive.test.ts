import katex from 'katex'
import { expect, test } from 'vitest'
import { run } from './harness.js'

const LAYER = `W in R^(m x n)
x in R^n
b, y in R^m
z = W*x + b
a = sigmoid(z)
L = 1/2*norm2(a - y)^2
`

const text = (source: string, ...args: string[]) =>
  run(['derive', '-', '--to', 'text', ...args], { input: source })

test('without a question the last scalar is differentiated by all it depends on', async () => {
  const { code, out, err } = await text(LAYER, '--no-verify')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out.match(/^ {2}dL\/d\w+ /gm)).toEqual(['  dL/dW ', '  dL/dx ', '  dL/db ', '  dL/dy '])
})

test('--of and --wrt choose, --order asks for the Hessian', async () => {
  const first = await text(LAYER, '--no-verify', '--of', 'z', '--wrt', 'x,b')
  expect(first.out.match(/^ {2}dz\/d\w+ /gm)).toEqual(['  dz/dx ', '  dz/db '])
  const second = await text("x in R^n\nf = x'*x", '--no-verify', '--order', '2')
  expect(second.out).toContain("d2f/dxdx' = 2*eye(n)")
  const formula = await text(LAYER, '--no-verify', '--of', 'sum(z) + 1', '--wrt', 'b')
  expect(formula.out).toContain('f = sum(z) + 1')
  expect(formula.out).toContain('df/db = ones(m)')
})

test('every passage of a document that asks is answered under its heading', async () => {
  const source = [
    '# Sum\n$f = (x + y) z$, find $\\frac{\\partial f}{\\partial x}$',
    '# Chain of $e^{u}$\n$u = a^2$, $f = e^{u}$, find $\\frac{\\partial f}{\\partial a}$',
  ].join('\n\n')
  const io = { files: { 'notes.md': source } }
  const { out, code } = await run(['derive', 'notes.md', '--to', 'text', '--no-verify'], io)
  expect(code).toBe(0)
  expect(out).toContain('Sum\n===\n\nGiven\n  f = (x + y)*z')
  expect(out).toContain('df/da = 2*f*a')
  const latex = await run(['derive', 'notes.md', '--to', 'latex', '--no-verify'], io)
  expect(latex.out.match(/% needs/g)).toHaveLength(1)
  expect(latex.out).toContain('\\subsection*{Chain of $e^{u}$}')
  const json = await run(['derive', 'notes.md', '--to', 'json', '--no-verify'], io)
  const titles = JSON.parse(json.out).passages.map((passage: { title: string }) => passage.title)
  expect(titles).toEqual(['Sum', 'Chain of $e^{u}$'])
  const wished = await run(
    ['derive', 'notes.md', '--of', 'u', '--wrt', 'a', '--no-verify', '--to', 'text'],
    io,
  )
  expect(wished.out).toContain('du/da = 2*a')
})

test('sections that share their names are answered each under its heading, with what it rests on', async () => {
  const source = [
    '# Scores\n$X \\in \\mathbb{R}^{n \\times d}$, $w \\in \\mathbb{R}^d$, $z = X w$, $f = \\lVert z \\rVert^2$',
    'Find $\\frac{\\partial f}{\\partial w}$.\n# Penalty\n$g = w^\\top w$, find $\\frac{\\partial g}{\\partial w}$.',
  ].join('\n')
  const { out } = await run(['derive', 'a.md', '--to', 'text', '--no-verify'], { files: { 'a.md': source } })
  const [scores, penalty] = out.split('Penalty\n=======\n')
  expect(scores).toContain("df/dw = X'*delta_z = 2*X'*z")
  expect(scores).not.toContain('g = ')
  expect(penalty).toContain('dg/dw = 2*w')
  expect(penalty).not.toContain('X')
})

test('names with commas and LaTeX names are found', async () => {
  const source = 'y = s_0*W_{s_0,y} + s_1*W_{s_1,y} + theta'
  const { out } = await text(source, '--no-verify', '--wrt', 'W_{s_0,y}, \\theta')
  expect(out.match(/^ {2}dy\/d\S+/gm)).toEqual(['  dy/dW_{s_0,y}', '  dy/dtheta'])
})

test('--let declares what the file does not', async () => {
  const { out } = await text(
    'L = norm2(W*x)^2',
    '--no-verify',
    '--wrt',
    'W',
    '--let',
    'W: 3 x 2',
    '--let',
    'x: 2',
  )
  expect(out).toContain('W: 3 x 2')
  expect(out).not.toContain('inferred')
})

test('every result is checked unless that is refused', async () => {
  const checked = await text(LAYER, '--wrt', 'W,b')
  expect(checked.out.replace(/\s+/g, ' ')).toContain('Both derivatives agree with automatic differentiation')
  const unchecked = await text(LAYER, '--wrt', 'W,b', '--no-verify')
  expect(unchecked.out).toContain('Not checked numerically.')
})

test('the format is the one asked for, that of the file written to, or that of the device', async () => {
  const source = { files: { 'a.txt': 'f = x^2' } }
  const of = async (args: string[], interactive = false) =>
    await run(['derive', 'a.txt', '--no-verify', ...args], { ...source, output: { interactive } })
  expect((await of([])).out).toContain('\\begin{align*}')
  expect((await of([], true)).out).toContain('df/dx = 2*x')
  expect((await of(['--to', 'markdown'])).out).toContain('\\begin{aligned}')
  expect(JSON.parse((await of(['--to', 'json'])).out).schemaVersion).toBe(1)
  const written = await of(['-o', 'b.md'])
  expect(written.out).toBe('')
  expect(written.files.get('b.md')).toContain('\\begin{aligned}')
  expect((await of(['-o', 'b.json', '--to', 'text'])).files.get('b.json')).toContain('df/dx = 2*x')
})

test('titles are bold on a terminal with colours, and in no file', async () => {
  const world = { input: 'f = x^2', output: { interactive: true, colored: true } }
  const bold = `${String.fromCharCode(27)}[1m`
  expect((await run(['derive', '-', '--no-verify'], world)).out).toContain(`${bold}Result`)
  const { files } = await run(['derive', '-', '--no-verify', '-o', 'a.txt'], world)
  expect(files.get('a.txt')).not.toContain(bold)
})

test('the numbers of a file are put in', async () => {
  const { out } = await text("q = W*x\nf = q'*q\nW = [0.1, 0.5; -0.3, 0.8]\nx = [0.2; 0.4]")
  expect(out).toContain('W = [0.1, 0.5; -0.3, 0.8]')
  expect(out).toContain('f       = 0.116')
  expect(out).toContain('df/dW   = [0.088, 0.176; 0.104, 0.208]')
  expect(out).toContain('df/dx   = [-0.112; 0.636]')
})

test('Markdown is read for its mathematics, and what is written is mathematics that KaTeX accepts', async () => {
  const note = `# A note\n\nLet $x \\in \\mathbb{R}^n$ and $A \\in \\mathbb{R}^{n \\times n}$, costs $5.\n\n$$\nf = x^\\top A x\n$$\n`
  const { out, code } = await run(['derive', 'note.md', '--wrt', 'x', '--to', 'markdown', '--no-verify'], {
    files: { 'note.md': note },
  })
  expect(code).toBe(0)
  expect(out).toContain('\\boxed{(A + A^\\top)x}')
  for (const [, formula] of out.matchAll(/\$\$\n([\s\S]*?)\n\$\$/g)) {
    expect(() => katex.renderToString(formula!, { displayMode: true, strict: 'error' })).not.toThrow()
  }
})

test('an unbalanced bracket is shown where it is opened', async () => {
  expect(await text('z = W*x + b\na = relu(z\n')).toEqual({
    code: 1,
    out: '',
    err: `<stdin>:2:9 - error unbalanced: the ( opened here is never closed

  2 | a = relu(z
    |         ^

  hint: add the missing )
`,
    files: new Map(),
  })
})

test('a shape clash names both shapes at the smallest place', async () => {
  const { code, out, err } = await text('A in R^(3 x 4)\nB in R^(5 x 2)\nf = sum(A*B) + 1')
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toContain('<stdin>:3:9 - error shape-clash: cannot multiply 3×4 by 5×2')
  expect(err).toContain('  3 | f = sum(A*B) + 1\n    |         ^^^')
})

test('an unknown name lists the names there are', async () => {
  const { code, err } = await text('f = x^2', '--wrt', 'q')
  expect(code).toBe(1)
  expect(err).toContain('<stdin> - error unknown-name: there is no symbol q')
  expect(err).toContain('hint: the symbols are f, x')
})

test.each([
  [
    'a gradient of a vector by --order 2',
    'x in R^n\nA in R^(n x n)\nf = A*x',
    ['--order', '2', '--wrt', 'x'],
    'order-of-array',
  ],
  ['a definition through itself', 'x = y\ny = x', [], ''],
  ['nothing at all', '', [], 'nothing-to-differentiate'],
  ['white space and line ends only', '\r\n \t\r\n', [], 'nothing-to-differentiate'],
])('%s is a problem of the mathematics', async (_, source, args, error) => {
  const { code, out, err } = await text(source, '--no-verify', ...args)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toContain(`error ${error}`)
})

const HOSTILE: readonly (readonly [string, string | Uint8Array])[] = [
  ['binary data', Uint8Array.from({ length: 4096 }, (_, i) => (i * 167 + 13) % 256)],
  ['deep brackets', `f = ${'('.repeat(20_000)}x${')'.repeat(20_000)}`],
  ['deep braces', `f = ${'{'.repeat(20_000)}x${'}'.repeat(20_000)}`],
  ['deep fractions', `f = ${'\\frac{1}{'.repeat(5_000)}x${'}'.repeat(5_000)}`],
  ['a line of a megabyte', `f = ${'x + '.repeat(262_144)}x`],
  ['two megabytes', `f = x\n${'% comment\n'.repeat(210_000)}`],
  ['a macro without end', '\\newcommand{\\a}{\\a\\a} f = \\a'],
  ['control characters', 'f = x\u0000\u001b[31m + \u0007y'],
  ['lone surrogates', 'f = x\ud800 + y'],
  ['only brackets', '))))(((({{{{[[[['],
  ['unknown commands', '\\frobnicate{x} = \\undefined'],
]

test.each(HOSTILE)('%s end in an answer or an error, never in a crash', async (_, input) => {
  const { code, err } = await run(['derive', '-', '--no-verify', '--to', 'text'], { input })
  expect([0, 1, 2]).toContain(code)
  expect(err).not.toMatch(/internal|\bat \S+ \(|\.[jt]s:\d+|undefined is not/)
  expect(err.length).toBeLessThan(3000)
  if (code !== 0) expect(err).toMatch(/ - error [a-z-]+: /)
})

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  '%s is a name like any other',
  async name => {
    const { code, out, err } = await text(`f = ${name}^2`, '--wrt', name)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`df/d${name} = 2*${name}`)
  },
)

test('line ends of any system give the same result', async () => {
  const unix = await text(LAYER, '--no-verify')
  const windows = await text(LAYER.replaceAll('\n', '\r\n'), '--no-verify')
  expect(windows.out).toBe(unix.out)
})

test('the same file gives the same bytes', async () => {
  expect((await text(LAYER)).out).toBe((await text(LAYER)).out)
})

test('a deep network is worked out in time and without recursion', async () => {
  const layers = Array.from({ length: 1000 }, (_, k) => `h${k + 1} = tanh(w${k + 1}*h${k})`)
  const { code, err } = await text(['h0 = x', ...layers].join('\n'), '--no-verify', '--wrt', 'x')
  expect({ code, err }).toEqual({ code: 0, err: '' })
})

test('a derivative that could not be checked is warned about, and the program still ends well', async () => {
  const { code, out, err } = await run(['derive', '-', '--to', 'text'], {
    input: "x in R^10000000\nf = x'*x\n",
  })
  expect(code).toBe(0)
  expect(out).toContain('2*x')
  expect(err).toContain('warning undecided: the derivative by x could not be checked: ')
})
