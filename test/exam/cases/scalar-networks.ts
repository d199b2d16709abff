import { ask, group, SELF, tex } from '../question.js'

const unit = { w1: '', b1: '', w2: '', b2: '', x: '', y: '' }
const chain = {
  latex: [
    'z_1 = w_1 x + b_1',
    tex`a_1 = \sigma(z_1)`,
    'z_2 = w_2 a_1 + b_2',
    tex`L = \frac12 (z_2 - y)^2`,
    'L',
  ],
  plain: ['z1 = w1*x + b1', 'a1 = sigmoid(z1)', 'z2 = w2*a1 + b2', 'L = 1/2*(z2 - y)^2', 'L'],
}

export const scalarNetworks = group('scalar networks', [
  ...['w1', 'b1', 'w2', 'b2', 'x', 'y'].map(by =>
    ask(unit, {
      ...chain,
      by,
      is: ({ w1, b1, w2, b2, x, y }) =>
        w2.times(w1.times(x).plus(b1).sigmoid()).plus(b2).minus(y).square.times(0.5),
    }),
  ),
  ask(unit, {
    ...chain,
    by: 'z1',
    self: ({ w1, b1, x }) => w1.times(x).plus(b1),
    is: ({ w2, b2, y, [SELF]: z }) => w2.times(z.sigmoid()).plus(b2).minus(y).square.times(0.5),
  }),
  ask(
    { w11: '', w12: '', w21: '', w22: '', v1: '', v2: '', x1: '', x2: '', t: '' },
    {
      latex: [
        tex`h_1 = \tanh(w_{11} x_1 + w_{12} x_2)`,
        tex`h_2 = \tanh(w_{21} x_1 + w_{22} x_2)`,
        'o = v_1 h_1 + v_2 h_2',
        tex`E = \tfrac{1}{2} (o - t)^2`,
        'E',
      ],
      plain: [
        'h1 = tanh(w11*x1 + w12*x2)',
        'h2 = tanh(w21*x1 + w22*x2)',
        'o = v1*h1 + v2*h2',
        'E = 1/2*(o - t)^2',
        'E',
      ],
      by: 'w12',
      is: ({ w11, w12, w21, w22, v1, v2, x1, x2, t }) =>
        v1
          .times(w11.times(x1).plus(w12.times(x2)).tanh())
          .plus(v2.times(w21.times(x1).plus(w22.times(x2)).tanh()))
          .minus(t)
          .square.times(0.5),
    },
  ),
  ask(
    { w11: '', w12: '', w21: '', w22: '', v1: '', v2: '', x1: '', x2: '', t: '' },
    {
      latex: [
        tex`h_1 = \tanh(w_{11} x_1 + w_{12} x_2)`,
        tex`h_2 = \tanh(w_{21} x_1 + w_{22} x_2)`,
        'o = v_1 h_1 + v_2 h_2',
        tex`E = \tfrac{1}{2} (o - t)^2`,
        'E',
      ],
      plain: [
        'h1 = tanh(w11*x1 + w12*x2)',
        'h2 = tanh(w21*x1 + w22*x2)',
        'o = v1*h1 + v2*h2',
        'E = 1/2*(o - t)^2',
        'E',
      ],
      by: 'x2',
      is: ({ w11, w12, w21, w22, v1, v2, x1, x2, t }) =>
        v1
          .times(w11.times(x1).plus(w12.times(x2)).tanh())
          .plus(v2.times(w21.times(x1).plus(w22.times(x2)).tanh()))
          .minus(t)
          .square.times(0.5),
    },
  ),
  ask(
    { w: '', u: '', h0: '', x1: '', x2: '', y: '' },
    {
      latex: [tex`h_1 = \tanh(w h_0 + u x_1)`, tex`h_2 = \tanh(w h_1 + u x_2)`, tex`(h_2 - y)^2`],
      plain: ['h1 = tanh(w*h0 + u*x1)', 'h2 = tanh(w*h1 + u*x2)', '(h2 - y)^2'],
      by: 'w',
      is: ({ w, u, h0, x1, x2, y }) =>
        w
          .times(w.times(h0).plus(u.times(x1)).tanh())
          .plus(u.times(x2))
          .tanh()
          .minus(y).square,
    },
  ),
  ask(
    { w: '', x: '', b: '', y: 'bit' },
    {
      latex: [
        'z = wx + b',
        tex`\hat y = \sigma(z)`,
        tex`-\left[y \ln \hat y + (1 - y) \ln(1 - \hat y)\right]`,
      ],
      plain: ['z = w*x + b', 'yhat = sigmoid(z)', '-(y*log(yhat) + (1 - y)*log(1 - yhat))'],
      by: 'w',
      is: ({ w, x, b, y }) => {
        const p = w.times(x).plus(b).sigmoid()
        return y.times(p.log()).plus(y.negative.plus(1).times(p.negative.plus(1).log())).negative
      },
    },
  ),
  ask(
    { x: '', w1: '', w2: '', w3: '' },
    {
      latex: [tex`a = \mathrm{ReLU}(w_1 x)`, tex`b = \mathrm{ReLU}(w_2 a)`, 'y = w_3 b + a', 'y^2'],
      plain: ['a = relu(w1*x)', 'b = relu(w2*a)', 'y = w3*b + a', 'y^2'],
      by: 'w1',
      is: ({ x, w1, w2, w3 }) => {
        const a = w1.times(x).relu()
        return w3.times(w2.times(a).relu()).plus(a).square
      },
    },
  ),
  ask(
    { alpha: '', x: '', y: '' },
    {
      latex: [tex`f = \alpha x^2`, tex`g = \sin f`, 'h = f g', tex`h - y`],
      plain: ['f = alpha*x^2', 'g = sin(f)', 'h = f*g', 'h - y'],
      by: 'alpha',
      is: ({ alpha, x, y }) => {
        const f = alpha.times(x.square)
        return f.times(f.sin()).minus(y)
      },
    },
  ),
])
