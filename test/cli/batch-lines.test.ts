import { expect, test } from 'vitest'
import { answers, derive, plain } from './batch-requests.js'
import { run } from './harness.js'

test('whatever stands in a line, the batch goes on', async () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  const found = await answers(
    [
      `{"id":${nested(5000)}}`,
      `{"id":${nested(100_000)},"task":"derive"}`,
      `{"id":1,"task":${nested(5000)}}`,
      `{"id":2,"task":"derive","decls":${nested(5000)},"expr":"x","wrt":"x"}`,
      '{"id":{"toJSON":1},"task":"derive","expr":1}',
      derive('last', { decls: [plain('x')], expr: 'x^2', wrt: 'x' }),
    ],
    ['--no-verify'],
  )
  expect(found.map(({ id }) => id)).toEqual([null, null, 1, 2, { toJSON: 1 }, 'last'])
  for (const k of [0, 1, 2, 3]) expect(found[k].error.code).toBe('too-deep')
  expect(found[5].plain).toBe('2*x')
})

test('hostile requests end in an error, not in a crash', async () => {
  const deep = `${'('.repeat(5000)}x${')'.repeat(5000)}`
  const found = await answers(
    [
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      derive('deep', { decls: [plain('x')], expr: deep, wrt: 'x' }),
      derive('long', { decls: [plain('x')], expr: `${'x + '.repeat(300_000)}x`, wrt: 'x' }),
      derive('proto', { decls: [plain('__proto__')], expr: '__proto__', wrt: '__proto__' }),
      derive('constructor', {
        decls: [plain('constructor')],
        expr: 'constructor^2',
        wrt: 'constructor',
        bindings: { constructor: 3 },
      }),
      derive('empty', { decls: [''], defs: [''], expr: '', wrt: '' }),
      derive('newline', { decls: [plain('x')], expr: 'x\n+\u0000x', wrt: 'x' }),
    ],
    ['--no-verify'],
  )
  expect(found.length).toBe(7)
  for (const { error } of found) expect(error?.code).not.toBe('internal')
  expect(found[4]).toMatchObject({ value: 6, shape: [] })
})

test('a request that arrives in pieces is one request, whatever ends its line', async () => {
  const line = JSON.stringify(derive('é', { decls: [plain('x', 'n')], expr: "x'*x", wrt: 'x' }))
  const bytes = new TextEncoder().encode(`${line}\r\n${line}`)
  const pieces = Array.from({ length: bytes.length }, (_, i) => bytes.subarray(i, i + 1))
  const { out } = await run(['batch', '--no-verify'], { input: pieces })
  const ids = out
    .trimEnd()
    .split('\n')
    .map(found => JSON.parse(found).id)
  expect(ids).toEqual(['é', 'é'])
})

test('bytes that are no text spoil their own line only', async () => {
  const good = new TextEncoder().encode(
    `\n${JSON.stringify(derive('x', { decls: [plain('x')], expr: 'x^2', wrt: 'x' }))}\n`,
  )
  const input = new Uint8Array([0xff, 0xfe, 0x00, ...good])
  const { out, code } = await run(['batch', '--no-verify'], { input })
  const [first, second] = out
    .trimEnd()
    .split('\n')
    .map(found => JSON.parse(found))
  expect(first.error.code).toBe('not-json')
  expect(second).toMatchObject({ id: 'x', plain: '2*x' })
  expect(code).toBe(0)
})
