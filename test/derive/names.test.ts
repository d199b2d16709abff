import { describe, expect, it } from 'vitest'
import { work } from '../../src/derive/derive.js'
import { readProblem } from '../../src/parse/problem.js'

const namesIn = (text: string) => {
  const { adjoints, staged } = work(readProblem(text, { kind: 'latex' }))
  return {
    adjoints: adjoints.map(({ symbol }) => symbol.name),
    staged: [...staged.values()].map(({ name }) => name),
  }
}

describe('names that are introduced', () => {
  it('are those of the units whose pre-activations they belong to', () => {
    const text = String.raw`r = g(x w) \\ s = g(r v) \\ y = g(s u) \\ \nabla_{w, v, u} y`
    expect(namesIn(text)).toEqual({
      adjoints: ['delta_y', 'delta_s', 'delta_r'],
      staged: ['z_r', 'z_s', 'z_y'],
    })
  })

  it('keep clear of letters that the author uses', () => {
    const text = String.raw`z = g(x \delta) \\ s = g(z v) \\ y = g(s u) \\ \nabla_{\delta, v, u} y`
    expect(namesIn(text)).toEqual({
      adjoints: ['eta_y', 'eta_s', 'eta_z'],
      staged: ['u_z', 'u_s', 'u_y'].map(name => name.replace('u_', 'q_')),
    })
  })

  it('are not introduced where nothing is used twice', () => {
    expect(namesIn(String.raw`\frac{\partial}{\partial x} \sin(x^2)`)).toEqual({ adjoints: [], staged: [] })
  })
})
