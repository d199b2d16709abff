import { expect, test } from 'vitest'
import { check } from '../../src/index.js'

test('a derivation is checked as a text or as a request', async () => {
  const text = "x : n\nA : n x n\nf = x'*A*x\ndf/dx = 2*A*x"
  const [line] = await check(text)
  expect(line).toMatchObject({ ok: false, status: 'agrees-if', repair: { plain: "(A + A')*x" } })
  const decls = [
    { name: 'x', shape: ['n'] },
    { name: 'A', shape: ['n', 'n'] },
  ]
  const request = { syntax: 'plain', decls, defs: ["f = x'*A*x"], lines: ["df/dx = (A + A')*x"] } as const
  expect(await check(request)).toMatchObject([{ ok: true, status: 'proved' }])
})

test('what is left when the time is over is unknown, and what is given has to be readable', async () => {
  const request = { syntax: 'plain', defs: ['f = s^2'], lines: ['df/ds = 2*s'] } as const
  expect(await check(request, { milliseconds: -1 })).toMatchObject([{ ok: null, status: 'unknown' }])
  await expect(check(request, { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
  await expect(check({ ...request, defs: ['f = (s^2'] })).rejects.toThrow()
})
