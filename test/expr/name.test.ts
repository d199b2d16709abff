import { expect, test } from 'vitest'
import { isGreek, isStyle, latexName } from '../../src/expr/name.js'

test.each([
  ['x', 'x'],
  ['W1', 'W_{1}'],
  ['theta_1', '\\theta_1'],
  ['theta_{1}', '\\theta_{1}'],
  ['W_{x_0,r_0}', 'W_{x_0,r_0}'],
  ['hat{y}_i', '\\hat{y}_i'],
  ['bold{x}', '\\mathbf{x}'],
  ['cal{L}', '\\mathcal{L}'],
  ['hat{bold{y}}', '\\hat{\\mathbf{y}}'],
  ['a^{(2)}', 'a^{(2)}'],
  ['Theta^{1}', '\\Theta^{1}'],
  ["g'", "g'"],
  ['loss', '\\mathrm{loss}'],
  ['x_{out}', 'x_{\\mathrm{out}}'],
  ['delta_alpha', '\\delta_\\alpha'],
  ['hat', '\\mathrm{hat}'],
  ['constructor', '\\mathrm{constructor}'],
  ['', ''],
])("the name '%s' is written %s", (name, latex) => {
  expect(latexName(name)).toBe(latex)
})

test('letters after a control word are not swallowed by it', () => {
  expect(latexName('delta x')).toBe('\\delta x')
  expect(latexName('W_{alpha beta}')).toBe('W_{\\alpha \\beta}')
})

test('Greek letters and styles are known by their whole names', () => {
  expect(['theta', 'Sigma', 'ell'].every(isGreek)).toBe(true)
  expect(['thetas', 'constructor', '__proto__', ''].some(isGreek)).toBe(false)
  expect(['hat', 'bold'].every(isStyle)).toBe(true)
  expect(['toString', 'hats'].some(isStyle)).toBe(false)
})
