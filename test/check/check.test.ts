import { expect, test } from 'vitest'
import { check, marks } from './lines.js'

const quadratic = {
  decls: ['x \\in \\mathbb{R}^n', 'A \\in \\mathbb{R}^{n \\times n}'],
  defs: ['f = x^\\top A x'],
}

test('a right chain is right and a wrong end of it is wrong', () => {
  const lines = ['\\nabla_x f = A x + A^\\top x = (A + A^\\top) x', '\\nabla_x f = A x + A^\\top x = 2 A x']
  expect(marks({ ...quadratic, lines })).toBe('+-')
})

test('a line that begins with a relation is judged against the head of the chain above', () => {
  const lines = ['\\nabla_x f = 2 A x', '= A x + A x', '= A x + A^\\top x']
  const found = check({ ...quadratic, lines })
  expect(found.map(({ status }) => okStatus(status))).toEqual(['agrees-if', 'follows-wrong', 'right'])
})

const okStatus = (status: string) => (status === 'proved' || status === 'agrees' ? 'right' : status)

test('a symbol that a line introduces stands for the first formula behind it', () => {
  const network = {
    decls: ['W \\in \\mathbb{R}^{m \\times n}', 'x \\in \\mathbb{R}^n', 'y \\in \\mathbb{R}^m'],
    defs: ['z = W x', 'a = \\tanh(z)', 'L = \\frac{1}{2} \\| a - y \\|^2'],
  }
  const lines = [
    '\\delta = \\frac{\\partial L}{\\partial z} = a - y',
    '\\frac{\\partial L}{\\partial W} = \\delta x^\\top',
    '\\delta = (a - y) \\odot (1 - a \\odot a)',
  ]
  expect(marks({ ...network, lines })).toBe('-++')
})

test('a bracket behind an array is a factor where it can be one', () => {
  const lines = [
    'g = \\frac{\\partial L}{\\partial y} = (y - t)',
    '\\frac{\\partial L}{\\partial W} = g (x)^\\top',
  ]
  const given = {
    decls: ['W \\in \\mathbb{R}^{m \\times n}', 'x \\in \\mathbb{R}^n', 't \\in \\mathbb{R}^m'],
    defs: ['y = W x', 'L = \\frac12 \\|y - t\\|^2'],
  }
  expect(marks({ ...given, lines })).toBe('++')
})

test('what nobody defined makes a line unknown and not wrong', () => {
  const [line] = check({ ...quadratic, lines: ['\\nabla_x f = \\Psi x'] })
  expect(line).toMatchObject({ ok: null, status: 'unknown' })
  expect(line!.message).toContain('Psi')
})

test('a formula whose parts cannot be multiplied is a mismatch of shapes, with the place', () => {
  const lines = ['\\nabla_x f = x A']
  const [line] = check({ ...quadratic, lines })
  expect(line).toMatchObject({ ok: false, status: 'shape-mismatch' })
  expect(lines[0]!.slice(line!.span!.from, line!.span!.to)).toBe('x A')
})

test('a row for a gradient is a matter of layout', () => {
  const [line] = check({ ...quadratic, lines: ['\\frac{\\partial f}{\\partial x} = x^\\top (A + A^\\top)'] })
  expect(line).toMatchObject({ ok: true, status: 'convention' })
  expect(line!.message).toContain('layout')
})

test('changes are those of what varies', () => {
  const given = {
    decls: ['X \\in \\mathbb{R}^{n \\times n}', 'A \\in \\mathbb{R}^{n \\times n}'],
    defs: ['f = \\operatorname{tr}(A X)'],
  }
  const lines = [
    '\\mathrm{d}f = \\operatorname{tr}(A\\,\\mathrm{d}X)',
    '\\mathrm{d}f = \\operatorname{tr}(A^\\top\\,\\mathrm{d}X)',
  ]
  expect(marks({ ...given, wrt: 'X', lines })).toBe('+-')
  const both = ['\\mathrm{d}f = \\operatorname{tr}(A\\,\\mathrm{d}X) + \\operatorname{tr}(\\mathrm{d}A\\, X)']
  expect(marks({ ...given, lines: both })).toBe('+')
})

test('entries, free indices and sums are read like the arrays they belong to', () => {
  const lines = [
    '\\frac{\\partial f}{\\partial x_k} = \\sum_{j} A_{kj} x_j + \\sum_{i} x_i A_{ik}',
    '\\frac{\\partial^2 f}{\\partial x_i \\partial x_j} = A_{ij} + A_{ji}',
    '\\frac{\\partial^2 f}{\\partial x_i \\partial x_j} = 2 A_{ij}',
    '\\frac{\\partial f}{\\partial A_{ij}} = x_i x_j',
  ]
  expect(marks({ ...quadratic, lines })).toBe('++-+')
})
