import type { RightDerivation } from './kinds.js'

const raw = String.raw

/** One and several numbers. */
export const CALCULUS: readonly RightDerivation[] = [
  {
    id: 'product',
    decls: [raw`x \in \mathbb{R}`],
    defs: [raw`f(x) = x^2 e^{x}`],
    lines: [raw`f'(x) = 2x e^{x} + x^2 e^{x}`, raw`= x (x + 2) e^{x}`],
  },
  {
    id: 'chain',
    decls: [raw`x \in \mathbb{R}`],
    defs: [raw`f(x) = \sin(x^2 + 1)`],
    lines: [raw`f'(x) = \cos(x^2 + 1) \cdot 2x`, raw`= 2x \cos(x^2 + 1)`],
  },
  {
    id: 'quotient',
    decls: [raw`x \in \mathbb{R}`],
    defs: [raw`f(x) = \frac{x}{1 + x^2}`],
    lines: [
      raw`f'(x) = \frac{1 \cdot (1 + x^2) - x \cdot 2x}{(1 + x^2)^2}`,
      raw`= \frac{1 - x^2}{(1 + x^2)^2}`,
    ],
  },
  {
    id: 'logarithm',
    decls: [raw`x \in \mathbb{R}`],
    defs: [raw`f(x) = \log(1 + e^{x})`],
    lines: [raw`f'(x) = \frac{e^{x}}{1 + e^{x}}`, raw`= \frac{1}{1 + e^{-x}}`, raw`= \sigma(x)`],
  },
  {
    id: 'sigmoid',
    decls: [raw`z \in \mathbb{R}`],
    defs: [raw`\sigma(z) = \frac{1}{1 + e^{-z}}`],
    lines: [
      raw`\sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2}`,
      raw`= \frac{1}{1 + e^{-z}} \cdot \frac{e^{-z}}{1 + e^{-z}}`,
      raw`= \sigma(z) (1 - \sigma(z))`,
    ],
  },
  {
    id: 'second-sigmoid',
    decls: [raw`z \in \mathbb{R}`],
    defs: [raw`s = \sigma(z)`],
    lines: [raw`\frac{ds}{dz} = s (1 - s)`, raw`\frac{d^2 s}{dz^2} = s (1 - s) (1 - 2 s)`],
  },
  {
    id: 'tanh',
    decls: [raw`z \in \mathbb{R}`],
    defs: [raw`a = \tanh(z)`],
    lines: [
      raw`a = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}`,
      raw`\frac{da}{dz} = \frac{(e^{z} + e^{-z})^2 - (e^{z} - e^{-z})^2}{(e^{z} + e^{-z})^2} = 1 - \tanh^2(z)`,
      raw`= 1 - a^2`,
    ],
  },
  {
    id: 'partials',
    decls: [raw`x \in \mathbb{R}`, raw`y \in \mathbb{R}`],
    defs: [raw`f = x^3 y - \frac{x}{y}`],
    lines: [
      raw`\frac{\partial f}{\partial x} = 3 x^2 y - \frac{1}{y}`,
      raw`\frac{\partial f}{\partial y} = x^3 + \frac{x}{y^2}`,
      raw`\frac{\partial^2 f}{\partial x \partial y} = 3 x^2 + \frac{1}{y^2}`,
    ],
  },
  {
    id: 'root',
    decls: [raw`x \in \mathbb{R}`],
    defs: [raw`f(x) = \sqrt{1 + x^2}`],
    lines: [
      raw`f'(x) = \frac{1}{2} (1 + x^2)^{-1/2} \cdot 2x`,
      raw`= \frac{x}{\sqrt{1 + x^2}}`,
      raw`= \frac{x}{f(x)}`,
    ],
  },
  {
    id: 'general-power',
    decls: [raw`x \in \mathbb{R}_{>0}`],
    defs: [raw`f(x) = x^x`],
    lines: [raw`f'(x) = x^x (\ln x + 1)`],
  },
  {
    id: 'chain-of-numbers',
    decls: [raw`x \in \mathbb{R}`, raw`w \in \mathbb{R}`, raw`b \in \mathbb{R}`, raw`t \in \mathbb{R}`],
    defs: [raw`z = w x + b`, raw`y = \sigma(z)`, raw`E = \frac{1}{2} (t - y)^2`],
    lines: [
      raw`\frac{\partial E}{\partial y} = -(t - y) = y - t`,
      raw`\frac{\partial y}{\partial z} = y (1 - y)`,
      raw`\frac{\partial z}{\partial w} = x`,
      raw`\frac{\partial E}{\partial w} = \frac{\partial E}{\partial y} \frac{\partial y}{\partial z} \frac{\partial z}{\partial w} = (y - t) y (1 - y) x`,
      raw`\frac{\partial E}{\partial b} = (y - t) y (1 - y)`,
    ],
  },
  {
    id: 'plain-chain',
    syntax: 'plain',
    decls: [{ name: 'x', shape: [] }],
    defs: ['f = exp(-x^2/2)'],
    lines: ['df/dx = -x*exp(-x^2/2)', '= -x*f'],
  },
  {
    id: 'hyperbola',
    decls: [raw`x \in \mathbb{R}`],
    defs: [raw`f(x) = \ln \cosh x`],
    lines: [raw`f'(x) = \frac{\sinh x}{\cosh x}`, raw`= \tanh x`, raw`f''(x) = 1 - \tanh^2 x`],
  },
]
