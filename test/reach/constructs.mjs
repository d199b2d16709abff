/**
 * What an equation is made of, by what is written: figures are told and samples are drawn for each of these. An
 * equation has as many of them as it has.
 */
const DERIVATIVE =
  /\\partial|\\nabla|\\[a-z]*d[v]\b|\\frac\s*\{\s*(?:d|\\mathrm\s*\{?d|\\text\s*\{d\})|'|\\prime|\\dot\b|\bd[a-zA-Z]\b/

export const CONSTRUCTS = [
  ['a derivative of any kind', DERIVATIVE],
  ['rows of an environment', /\\begin\s*\{(?:align|eqnarray|split|gather|flalign|multline)/],
  ['environment cases', /\\begin\s*\{cases|\\left\s*\\\{\s*\\begin/],
  ['a matrix written out', /\\begin\s*\{[bpvBV]?(?:matrix|array|smallmatrix)\}|\\mqty/],
  ['bare row breaks', /^(?!.*\\begin)[\s\S]*\\\\/],
  ['transpose with T', /\^\s*\{?\s*T\b/],
  ['transpose with a sign', /\\top\b|\\intercal|\\mathsf\s*\{?\s*T|\\mathrm\s*\{?\s*T/],
  ['transpose behind a label', /\^\s*\{\s*[([][^}]*[)\]]\s*(?:T|\\top|\\intercal)/],
  ['a centred dot', /\\cdot\b/],
  ['a Hadamard sign', /\\odot|\\circ\b/],
  ['a cross or circled times', /\\times|\\otimes/],
  ['a star as operator', /(?<!\^)(?<!\^\{)\*|\\ast\b/],
  ['a slash', /\//],
  ['partial fraction', /\\frac\s*\{\s*\\partial/],
  ['derivative operator without operand above', /\\frac\s*\{\s*(?:\\partial|d|\\mathrm\{d\})\s*\}/],
  ['derivative with a slash', /\\partial[^=+]{1,30}\/\s*\\partial/],
  ['second derivative', /\\partial\s*\^\s*\{?2|\\nabla\s*\^\s*\{?2|''|d\s*\^\s*\{?2/],
  ['nabla with a subscript', /\\nabla\s*_/],
  ['nabla without a subscript', /\\nabla(?!\s*[_^])/],
  ['ordinary derivative fraction', /\\frac\s*\{\s*d(?![a-z]{2})/],
  ['upright differential', /\\mathrm\s*\{\s*d\s*\}|\\text\s*\{\s*d\s*\}|\\mathrm\{d\}/],
  ['a prime on a function', /'\s*\(|\\prime[^a-z]*\(/],
  ['a prime on a name', /[a-zA-Z}]'(?!\s*\()/],
  ['delta as a symbol', /\\delta\b/],
  ['a name d and a letter', /\bd[A-Z]\b|\\?dout/],
  ['evaluation bar', /\|\s*_|\\vert\s*_|\\right\s*\|\s*_/],
  ['trace, diag or vec', /tr\b|trace|diag|\bvec\(/],
  ['bold', /\\(?:mathbf|boldsymbol|bm|pmb|bold)\b/],
  ['calligraphic', /\\math(?:cal|scr|frak)/],
  ['blackboard', /\\mathbb|\\R\b/],
  ['hat, tilde or bar', /\\(?:wide)?(?:hat|tilde)|\\bar\b|\\overline/],
  ['arrow vectors', /\\vec\b/],
  ['upright words', /\\(?:mathrm|operatorname|text|mbox|textrm|mathsf|texttt)/],
  ['label in parentheses', /\^\s*\{\s*\(/],
  ['label in brackets', /\^\s*\{\s*\[/],
  ['label without brackets', /\^\s*\{?\s*(?:l|L|\\ell)\b/],
  ['numeric power', /\^\s*\{?\s*[2-9]/],
  ['inverse', /\^\s*\{\s*-\s*1/],
  ['a star above', /\^\s*\{?\s*(?:\*|\\ast|\\star)/],
  ['power of e', /(?<![a-zA-Z\\])e\s*\}?\s*\^/],
  ['several indices', /_\s*\{[^}]*,|_\s*\{\s*[a-z]{2}\s*\}/],
  ['a word below', /_\s*\{?\s*\\(?:text|mathrm|mbox)|_\s*\{\s*[a-z]{3}/],
  ['index in square brackets', /[a-zA-Z]\[/],
  ['sum with limits', /\\sum\s*(?:\\limits)?\s*_\s*\{[^}]*\}\s*\^/],
  ['sum over an index only', /\\sum\s*(?:\\limits)?\s*_\s*(?:\{[^}]*\}|\w)(?!\s*\^)/],
  ['product over an index', /\\prod/],
  ['integral or limit', /\\int|\\lim\b/],
  ['below and above', /\\underset|\\overset|\\stackrel|\\substack/],
  ['norm', /\\\||\\[lr]?Vert|\|\|/],
  ['single bars', /(?<!\\)(?<!\|)\|(?!\|)|\\[lr]?vert|\\mid/],
  ['inner product', /\\langle/],
  ['logarithm', /\\log|\\ln/],
  ['exponential function', /\\exp/],
  ['sigma called', /\\sigma\s*(?:\\left)?\s*\(/],
  ['softmax, relu, tanh or sigmoid', /softmax|relu|tanh|sigmoid/i],
  ['maximum, minimum or the place of one', /\\?(?:arg)?(?:max|min)\b/],
  ['indicator', /\\mathbb\s*\{?\s*1|1\s*\\\{|\\mathbb\{I\}|\\mathbf\s*\{\s*1/],
  ['root', /\\sqrt/],
  ['call of a letter', /(?<!\\)\b[a-zA-Z]\s*(?:_\w|_\{[^}]*\})?\s*\(/],
  ['expectation', /\\mathbb\s*\{?\s*E|\bE\s*[[_]|\\E\b/],
  ['probability or distribution', /[pPq]\s*(?:_[^(]{1,12})?\(|\\sim/],
  ['ellipsis', /\\[lcvd]?dots|\.\.\./],
  ['words', /\\text\s*\{[^}]* [^}]*\}|\bif\b|otherwise|where/],
  ['brace below or above, box or colour', /\\underbrace|\\overbrace|\\boxed|\\color|\\textcolor/],
  ['tag, label or number', /\\tag|\\label|~~\s*\(\d/],
  ['macros of the document', null],
  ['chained relations', /=[\s\S]*=/],
  ['a row that begins with a relation', /(?:^|\\\\)\s*&?\s*&?\s*=/],
  ['definition sign', /:=|\\triangleq|\\equiv|\\coloneqq/],
  ['update', /\\leftarrow|\\gets/],
  ['membership', /\\in\b/],
  ['arrows', /\\to\b|\\rightarrow|\\mapsto|\\Rightarrow|\\implies/],
  ['inequality', /\\l?le[q\b]|\\ge|\\leq|<|>/],
  ['no relation', /^(?!.*(?:=|\\in\b|\\le|\\ge|\\sim|\\approx|\\to|<|>|\\leftarrow|\\propto|\\equiv))/],
  ['numbers with decimals', /\d\.\d/],
]

/** The names of the constructs of one equation. */
export function constructsOf({ tex, macros }) {
  return CONSTRUCTS.filter(([, pattern]) =>
    pattern === null ? Object.keys(macros ?? {}).length > 0 : pattern.test(tex),
  ).map(([name]) => name)
}

export function hasDerivative({ tex }) {
  return DERIVATIVE.test(tex)
}
