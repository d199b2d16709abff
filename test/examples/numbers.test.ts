import { beforeAll, describe, expect, it } from 'vitest'
import type { Nested } from '../../src/base/tensor.js'
import { work } from '../../src/derive/derive.js'
import { evaluate } from '../../src/derive/library.js'
import { loadEngines } from '../../src/derive/verified.js'
import type { Engines } from '../../src/evaluate/oracle.js'
import { readExample } from './read-example.js'

let engines: Engines
beforeAll(async () => {
  engines = await loadEngines()
})

/** The derivatives of an example by the names of their variables, evaluated at the numbers it gives or is given. */
async function derivatives(name: string, values: Readonly<Record<string, Nested>> = {}) {
  const solution = work(readExample(name))
  const found: Record<string, Nested> = {}
  for (const { question, result } of solution.answers) {
    found[question.wrt.name] = await evaluate(result, { within: solution, values, engines })
  }
  return found
}

function close(found: Nested | undefined, expected: Nested): void {
  if (typeof expected === 'number') expect(found).toBeCloseTo(expected, 9)
  else for (const [i, part] of expected.entries()) close((found as readonly Nested[])[i], part)
}

describe('the numbers of the examples', () => {
  it('give the ten weight derivatives of the scalar network', async () => {
    const found = await derivatives('scalar-network-numbers')
    const expected = {
      'W_{s_0,y}': 0.0852535805,
      'W_{s_1,y}': 0.1486238634,
      'W_{r_0,s_0}': -0.0145638686,
      'W_{r_0,s_1}': 0.0169971434,
      'W_{r_1,s_0}': 0.0400201091,
      'W_{r_1,s_1}': -0.0467065143,
      'W_{x_0,r_0}': -0.0145010293,
      'W_{x_0,r_1}': -0.0275413187,
      'W_{x_1,r_0}': -0.0290020586,
      'W_{x_1,r_1}': -0.0550826373,
    }
    for (const [name, value] of Object.entries(expected)) close(found[name], value)
  })

  it('give the gradients of the two gates', async () => {
    expect(await derivatives('gates')).toEqual({ q: -4, x: -4, y: -4, z: 3 })
  })

  it('give the gradients of the logistic circuit', async () => {
    const found = await derivatives('sigmoid-circuit')
    close(found.P, -0.534446645388523)
    close(found.Q, -0.534446645388523)
    close(found.M, -0.19661193324148188)
    close(found.x, 0.19661193324148188)
  })

  it('give the gradients of the squared norm', async () => {
    const found = await derivatives('squared-norm')
    close(found.q, [0.44, 0.52])
    close(found.W, [
      [0.088, 0.176],
      [0.104, 0.208],
    ])
    close(found.x, [-0.112, 0.636])
  })

  it('give the gradients of the network with layer superscripts', async () => {
    const found = await derivatives('layer-indices', {
      'a^{1}': [1, 2],
      'Theta^{1}': [
        [0.1, -0.2],
        [0.4, 0.3],
        [-0.5, 0.6],
      ],
      'Theta^{2}': [[0.7, -0.8, 0.9]],
    })
    close(found['a^{3}'], -0.4220380963)
    close(found['z^{3}'], -0.1029443519)
    close(found['Theta^{2}'], [[-0.0438087393, -0.0752583516, -0.0687861571]])
    close(found['z^{2}'], [-0.0176159217, 0.0161920704, -0.0205416792])
    close(found['Theta^{1}'], [
      [-0.0176159217, -0.0352318434],
      [0.0161920704, 0.0323841409],
      [-0.0205416792, -0.0410833585],
    ])
    close(found['a^{1}'], [0.0149860756, -0.0039442021])
  })
})
