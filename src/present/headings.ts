import { latexWords, markdownWords, printable } from './escape.js'

/**
 * A heading over the solution of one passage of a document, ending in an empty line; nothing without a title. Words
 * are escaped; mathematics of the title stays where it only uses signs that do nothing but show.
 */
export function headed(
  title: string | undefined,
  format: 'latex' | 'markdown' | 'text',
  emphasis: (words: string) => string = words => words,
): string {
  if (title === undefined || title === '') return ''
  switch (format) {
    case 'latex':
      return `\\subsection*{${typeset(title, latexWords)}}\n`
    case 'markdown':
      return `## ${typeset(title, markdownWords)}\n\n`
    case 'text': {
      const words = printable(title)
      return `${emphasis(words)}\n${'='.repeat(Math.min(words.length, 80))}\n\n`
    }
  }
}

function typeset(title: string, words: (text: string) => string): string {
  return title
    .split(/(\$[^$]+\$)/)
    .map((part, k) => (k % 2 === 1 && isHarmless(part) ? part : words(part.replaceAll('$', ''))))
    .join('')
}

const SHOWING =
  /\\(?:[a-z]?(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega)|[A-Z][a-z]+|[d-t]?frac|partial|nabla|cdot|times|odot|circ|otimes|top|sum|prod|log|exp|mathbf|mathbb|mathrm|boldsymbol|operatorname|text|left|right|lVert|rVert|lvert|rvert|sqrt|quad|ldots|dots|to|in|le|ge|ne|[|,;:!{}\\ ])(?![a-zA-Z])/g

/** Whether a formula has no command besides those that show a sign. */
function isHarmless(formula: string): boolean {
  return !formula.replace(SHOWING, '').includes('\\') && !/[<>\n]/.test(formula)
}
