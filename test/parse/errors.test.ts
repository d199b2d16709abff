import { describe, expect, it } from 'vitest'
import { MathError } from '../../src/base/errors.js'
import type { Dialect } from '../../src/parse/lexer/vocabulary.js'
import { read } from './reading.js'

/** In each source the expected span stands between « and »; « alone at the end is the end of the text. */
const cases: Record<
  Dialect,
  readonly (readonly [source: string, code: string, message: string, hint: string])[]
> = {
  latex: [
    ['«{» a + b', 'unbalanced', 'the { opened here is never closed', 'add the missing }'],
    ['\\sigma«(»w^T x + b', 'unbalanced', 'the ( opened here is never closed', 'add the missing )'],
    [
      'a + b«)»',
      'unbalanced',
      'nothing is open that ) could close',
      'remove it, or open the bracket before it',
    ],
    ['\\frac{«(»a}{b}', 'unbalanced', 'the ( opened here is closed by }', 'expected ) before the }'],
    ['«\\left»( a', 'unbalanced', 'the \\left( opened here is never closed', 'add the missing \\right'],
    [
      '«\\begin»{align} a',
      'unbalanced',
      'the environment align opened here is never closed',
      'add the missing \\end{align}',
    ],
    [
      '«\\begin»{align} a \\end{split}',
      'unbalanced',
      'the environment align opened here is closed by \\end{split}',
      'expected \\end{align} before the \\end{split}',
    ],
    [
      '«\\begin»{tikzpicture} a',
      'unknown-environment',
      'unknown environment tikzpicture',
      'known are align, aligned, equation, gather, split, cases, array and the matrices',
    ],
    ['|a| + «|»b', 'unbalanced', 'the | opened here is never closed', 'add the missing |'],
    ['x«^»', 'missing-argument', 'expected a superscript, found the end', 'give it in braces'],
    ['{x«_»}', 'missing-argument', 'expected a subscript, found }', 'give it in braces'],
    ['«\\frac»{a}', 'missing-argument', 'expected an argument of \\frac, found the end', 'give it in braces'],
    [
      '«\\sqrt{}»',
      'missing-argument',
      'expected an expression in the braces of sqrt, found nothing',
      'fill the braces or remove the command',
    ],
    ['a + «*» b', 'syntax', 'expected an expression, found *', 'something is missing after +'],
    ['a «=»', 'syntax', 'expected an expression, found the end', 'something is missing after the sign ='],
    ['f(a, «)»', 'syntax', 'expected an expression, found )', 'something is missing after ,'],
    ['\\frac{a \\cdot«}»{b}', 'syntax', 'expected an expression, found }', 'something is missing after cdot'],
    [
      'a «\\left»',
      'missing-delimiter',
      'expected a bracket after \\left, found the end',
      'write \\left. for an invisible one',
    ],
    ['a @«', 'unexpected-character', 'unexpected character @', 'remove it'],
    ['«#1» + a', 'stray-parameter', '#1 stands outside a macro', ''],
    [
      '\\newcommand{\\a}{\\b}\\newcommand{\\b}{\\a} x + «\\a»',
      'macro-cycle',
      'the macro \\a is defined through itself',
      '',
    ],
    [
      '\\newcommand{\\f}[2]{#1#2} «\\f»{x}',
      'macro-argument',
      'the macro \\f is missing an argument',
      'give every argument in braces',
    ],
    [
      '\\newcommand{«f»}{x}',
      'macro-name',
      'expected the name of a macro after \\newcommand',
      'write \\newcommand{\\name}[arguments]{body}',
    ],
    [
      '\\newcommand{\\f}{(} a + «\\f» b',
      'unbalanced',
      'the ( opened here is never closed',
      'add the missing )',
    ],
    [
      '«\\frac{\\partial f}{\\partial}»',
      'derivative-variable',
      'expected a variable below the line',
      'write \\frac{\\partial f}{\\partial x}',
    ],
    [
      '\\begin{cases} & «x > 0» \\end{cases}',
      'syntax',
      'expected a value at the start of a case',
      'write value & condition \\\\',
    ],
    [
      'a = b \\\\ c = «)»',
      'unbalanced',
      'nothing is open that ) could close',
      'remove it, or open the bracket before it',
    ],
  ],
  plain: [
    ['y = «(»a + b', 'unbalanced', 'the ( opened here is never closed', 'add the missing )'],
    [
      'y = a«]»',
      'unbalanced',
      'nothing is open that ] could close',
      'remove it, or open the bracket before it',
    ],
    ['«(»a}', 'unbalanced', 'the ( opened here is closed by }', 'expected ) before the }'],
    ['2 «x»', 'syntax', 'expected an operator, found x', 'write * for a product'],
    ['(a)«(b)»', 'syntax', 'expected an operator, found (', 'write * for a product'],
    ['a + «*» b', 'syntax', 'expected an expression, found *', 'something is missing after +'],
    ['a +', 'syntax', 'expected an expression, found the end', 'something is missing after +'],
    ['a_«', 'missing-argument', 'expected a subscript, found the end', 'write x_1 or x_{i,j}'],
    [
      '«\\»alpha',
      'unexpected-character',
      'unexpected character \\',
      'this looks like LaTeX; read it with that dialect',
    ],
    ['x^«', 'missing-argument', 'expected an exponent, found the end', 'write x^2 or x^(n+1)'],
  ],
}

for (const dialect of ['latex', 'plain'] as const) {
  describe(`faults in ${dialect} text`, () => {
    it.each(cases[dialect])('%s', (annotated, code, message, hint) => {
      const from = annotated.indexOf('«')
      const to = annotated.includes('»') ? annotated.indexOf('»') - 1 : undefined
      const error = raisedBy(annotated.replace(/[«»]/g, ''), dialect)
      expect([error.code, error.message, error.hint ?? '']).toEqual([code, message, hint])
      if (to !== undefined) expect(error.span).toEqual({ from, to })
    })
  })
}

function raisedBy(source: string, dialect: Dialect): MathError {
  try {
    read(source, dialect)
  } catch (error) {
    if (error instanceof MathError) return error
    throw error
  }
  throw new Error(`nothing was raised by ${source}`)
}
