import { MATH_ENVIRONMENTS } from '../../document/environments.js'
import type { BigOperator, Font, Mark, ProductOperator, RelationOperator } from '../syntax.js'

/*
 * What each control word of LaTeX is to the reader. A word in none of these tables is an opaque name: an unknown
 * command costs the reader nothing but its meaning.
 */

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Operator names of LaTeX itself; they apply without brackets whether or not an operation of that name exists. */
export const LATEX_FUNCTIONS: ReadonlySet<string> = new Set(
  words(`arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf ker lg ln log max
    min Pr sec sin sinh sup tan tanh`),
)

export const BIG_OPERATORS: ReadonlyMap<string, BigOperator> = new Map<string, BigOperator>([
  ['sum', 'sum'],
  ['prod', 'prod'],
  ['int', 'int'],
  ['smallint', 'int'],
  ['iint', 'iint'],
  ['oint', 'oint'],
  ['lim', 'lim'],
  ['limsup', 'lim'],
  ['liminf', 'lim'],
  ['bigcup', 'bigcup'],
  ['bigcap', 'bigcap'],
  ['bigoplus', 'bigoplus'],
  ['bigodot', 'bigodot'],
  ['bigotimes', 'bigotimes'],
])

export const TIMES: ReadonlyMap<string, ProductOperator> = new Map<string, ProductOperator>([
  ['cdot', 'cdot'],
  ['times', 'times'],
  ['ast', '*'],
  ['div', 'div'],
  ['cdotp', 'cdot'],
  ['centerdot', 'cdot'],
])

export const CIRCLED: ReadonlyMap<string, ProductOperator> = new Map<string, ProductOperator>([
  ['odot', 'odot'],
  ['circ', 'circ'],
  ['otimes', 'otimes'],
  ['oslash', 'oslash'],
  ['oplus', 'oplus'],
  ['ominus', 'ominus'],
  ['star', 'star'],
  ['bullet', 'bullet'],
  ['cup', 'cup'],
  ['cap', 'cap'],
  ['setminus', 'setminus'],
  ['wedge', 'wedge'],
  ['land', 'wedge'],
  ['vee', 'vee'],
  ['lor', 'vee'],
])

export const RELATIONS: ReadonlyMap<string, RelationOperator> = new Map<string, RelationOperator>([
  ['lt', '<'],
  ['gt', '>'],
  ['le', '<='],
  ['leq', '<='],
  ['leqslant', '<='],
  ['ge', '>='],
  ['geq', '>='],
  ['geqslant', '>='],
  ['ll', '<'],
  ['gg', '>'],
  ['prec', '<'],
  ['succ', '>'],
  ['preceq', '<='],
  ['succeq', '>='],
  ['ne', '!='],
  ['neq', '!='],
  ['approx', 'approx'],
  ['simeq', 'approx'],
  ['cong', 'approx'],
  ['approxeq', 'approx'],
  ['equiv', 'equiv'],
  ['triangleq', ':='],
  ['coloneqq', ':='],
  ['coloneq', ':='],
  ['doteq', ':='],
  ['eqqcolon', '='],
  ['sim', 'sim'],
  ['propto', 'propto'],
  ['in', 'in'],
  ['ni', 'in'],
  ['notin', 'notin'],
  ['subset', 'subset'],
  ['subseteq', 'subset'],
  ['supset', 'subset'],
  ['to', 'to'],
  ['rightarrow', 'to'],
  ['longrightarrow', 'to'],
  ['leadsto', 'to'],
  ['rightsquigarrow', 'to'],
  ['mapsto', 'mapsto'],
  ['longmapsto', 'mapsto'],
  ['gets', 'gets'],
  ['leftarrow', 'gets'],
  ['longleftarrow', 'gets'],
  ['Leftarrow', 'gets'],
  ['Rightarrow', 'implies'],
  ['implies', 'implies'],
  ['Longrightarrow', 'implies'],
  ['therefore', 'implies'],
  ['iff', 'iff'],
  ['Leftrightarrow', 'iff'],
  ['leftrightarrow', 'iff'],
  ['Longleftrightarrow', 'iff'],
  ['perp', 'perp'],
  ['colon', ':'],
])

/** Commands whose base is a relation with something printed over it. */
export const ARROWS_WITH_TEXT: ReadonlyMap<string, RelationOperator> = new Map<string, RelationOperator>([
  ['xrightarrow', 'to'],
  ['xleftarrow', 'gets'],
  ['xRightarrow', 'implies'],
  ['xlongequal', '='],
])

export const DOTS: ReadonlySet<string> = new Set(
  words('dots ldots cdots vdots ddots dotsc dotsb dotsm dotso hdots iddots'),
)

export const FRACTIONS: ReadonlySet<string> = new Set(
  words('frac dfrac tfrac cfrac nicefrac sfrac binom dbinom tbinom'),
)

export const ACCENTS: ReadonlyMap<string, Mark> = new Map<string, Mark>([
  ['hat', 'hat'],
  ['widehat', 'hat'],
  ['tilde', 'tilde'],
  ['widetilde', 'tilde'],
  ['bar', 'bar'],
  ['overline', 'bar'],
  ['vec', 'vec'],
  ['overrightarrow', 'vec'],
  ['dot', 'dot'],
  ['ddot', 'ddot'],
  ['underline', 'underline'],
  ['underbar', 'underline'],
  ['check', 'check'],
  ['breve', 'breve'],
  ['acute', 'acute'],
  ['grave', 'grave'],
  ['mathring', 'mathring'],
])

export const FONTS: ReadonlyMap<string, Font> = new Map<string, Font>([
  ['mathbf', 'bold'],
  ['bold', 'bold'],
  ['boldsymbol', 'bold'],
  ['bm', 'bold'],
  ['pmb', 'bold'],
  ['vb', 'bold'],
  ['mathrm', 'roman'],
  ['mathup', 'roman'],
  ['mathsf', 'sans'],
  ['mathtt', 'typewriter'],
  ['mathit', 'italic'],
  ['mathnormal', 'italic'],
  ['mathcal', 'calligraphic'],
  ['mathscr', 'script'],
  ['mathfrak', 'fraktur'],
  ['mathbb', 'blackboard'],
  ['Bbb', 'blackboard'],
  ['mathds', 'blackboard'],
  ['mathbbm', 'blackboard'],
  ['bbold', 'blackboard'],
])

/** Old switches that hold to the end of the group. */
export const FONT_SWITCHES: ReadonlyMap<string, Font> = new Map<string, Font>([
  ['bf', 'bold'],
  ['bfseries', 'bold'],
  ['rm', 'roman'],
  ['sf', 'sans'],
  ['tt', 'typewriter'],
  ['it', 'italic'],
  ['cal', 'calligraphic'],
])

/** Commands whose argument is words. */
export const TEXTS: ReadonlySet<string> = new Set(
  words(
    'text textrm textnormal textbf textit textsf texttt textup textsl mbox hbox emph intertext shortintertext texttip',
  ),
)

/** Commands that take one argument and mean it. */
export const TRANSPARENT: ReadonlySet<string> = new Set(
  words(`boxed fbox cancel bcancel xcancel mathstrut smash mathord mathbin mathrel mathop mathopen mathclose mathinner
    ensuremath bbox phase vcenter htmlClass displaylines`),
)

/** Commands that take one argument and print nothing of it. */
export const DROPPED_ARGUMENT: ReadonlySet<string> = new Set(
  words(
    'hspace hspace* vspace vspace* mspace vphantom hphantom phantom kern mkern hskip vskip require notag* arraystretch renewenvironment rule htmlId',
  ),
)

/** Commands whose argument is written beside the mathematics, by what it is. */
export const NOTED: ReadonlyMap<string, 'label' | 'tag' | 'reference'> = new Map([
  ['label', 'label'],
  ['tag', 'tag'],
  ['tag*', 'tag'],
  ['ref', 'reference'],
  ['eqref', 'reference'],
  ['cite', 'reference'],
  ['footnote', 'reference'],
] as const)

/** Commands that print nothing and take nothing. */
export const DROPPED: ReadonlySet<string> = new Set(
  words(`, ; : ! > / @ nonumber notag displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits hfill hfil
    thinspace medspace thickspace negthinspace enspace negmedspace negthickspace nobreak allowbreak noindent centering
    hline par small footnotesize scriptsize tiny large Large LARGE huge Huge normalsize mathsurround
    protect relax null strut newpage flushleft allowdisplaybreaks qed hdashline toprule midrule bottomrule
    ( ) [ ] limits`).concat([' ', '\n', '\t']),
)

export const SIZES: ReadonlySet<string> = new Set(
  words('big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm qty'),
)

export const GAPS: ReadonlySet<string> = new Set(words('quad qquad enskip'))

/** Marks that stand in a script or by themselves. */
export const MARKS: ReadonlySet<string> = new Set(words('top intercal bot dagger ddagger sharp flat'))

/** Brackets by control word: the character or name used in `Brackets`, and the side. `bar` pairs by position. */
export const DELIMITERS: ReadonlyMap<string, readonly [text: string, side: 'open' | 'close' | 'bar']> =
  new Map([
    ['{', ['{', 'open']],
    ['}', ['}', 'close']],
    ['lbrace', ['{', 'open']],
    ['rbrace', ['}', 'close']],
    ['lparen', ['(', 'open']],
    ['rparen', [')', 'close']],
    ['lbrack', ['[', 'open']],
    ['rbrack', [']', 'close']],
    ['langle', ['langle', 'open']],
    ['rangle', ['rangle', 'close']],
    ['lfloor', ['lfloor', 'open']],
    ['rfloor', ['rfloor', 'close']],
    ['lceil', ['lceil', 'open']],
    ['rceil', ['rceil', 'close']],
    ['lvert', ['|', 'open']],
    ['rvert', ['|', 'close']],
    ['lVert', ['||', 'open']],
    ['rVert', ['||', 'close']],
    ['vert', ['|', 'bar']],
    ['Vert', ['||', 'bar']],
    ['|', ['||', 'bar']],
  ] as const)

/** Which closing bracket answers an opening one. */
export const PARTNER: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['langle', 'rangle'],
  ['lfloor', 'rfloor'],
  ['lceil', 'rceil'],
  ['|', '|'],
  ['||', '||'],
])

/** Environments that lay out rows of equations. */
export const ROW_ENVIRONMENTS: ReadonlySet<string> = new Set([
  ...MATH_ENVIRONMENTS,
  'subequations',
  'center',
  'document',
])

/** Environments that are one value: their brackets, or `cases`. */
export const MATRIX_ENVIRONMENTS: ReadonlyMap<string, readonly [open: string, close: string]> = new Map([
  ['matrix', ['', '']],
  ['smallmatrix', ['', '']],
  ['array', ['', '']],
  ['subarray', ['', '']],
  ['pmatrix', ['(', ')']],
  ['bmatrix', ['[', ']']],
  ['Bmatrix', ['{', '}']],
  ['vmatrix', ['|', '|']],
  ['Vmatrix', ['||', '||']],
  ['bsmallmatrix', ['[', ']']],
  ['psmallmatrix', ['(', ')']],
] as const)

export const CASES_ENVIRONMENTS: ReadonlySet<string> = new Set(words('cases dcases rcases numcases'))

/** Environments with a column argument to skip. */
export const COLUMN_ARGUMENT: ReadonlySet<string> = new Set(
  words('array subarray alignat alignedat IEEEeqnarray'),
)

/** Aliases that many sites define in a template, so that documents arrive without them. */
export const ALIASES: ReadonlyMap<string, string> = new Map([
  ['part', '\\partial'],
  ['R', '\\mathbb{R}'],
  ['N', '\\mathbb{N}'],
  ['E', '\\mathbb{E}'],
  ['Tr', '\\operatorname{tr}'],
  ['tr', '\\operatorname{tr}'],
  ['diag', '\\operatorname{diag}'],
  ['vect', '\\vec{#1}'],
  ['trans', '^{\\top}'],
  ['T', '^{\\top}'],
  ['set', '\\left\\{#1\\right\\}'],
  ['abs', '\\left|#1\\right|'],
  ['norm', '\\left\\|#1\\right\\|'],
  ['dd', '\\mathrm{d}'],
  ['dif', '\\mathrm{d}'],
  ['diff', '\\mathrm{d}'],
])
