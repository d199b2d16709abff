/**
 * What a formula says, with every choice made and nothing computed: a name, a number or a word, or a head with its
 * parts. Unlike an expression it has no shapes and no operations, so that everything an author writes has one:
 * probabilities, expectations, sets and updates too.
 */
export interface Form {
  readonly head: string
  readonly args: readonly Form[]
}

const NONE: readonly Form[] = Object.freeze([])

/** A name, a number, or a sign that stands for itself. */
export function leaf(text: string): Form {
  return Object.freeze({ head: text, args: NONE })
}

export function form(head: string, ...args: readonly Form[]): Form {
  return Object.freeze({ head, args: Object.freeze(args) })
}

/** Words, which may hold spaces. */
export function wordsForm(text: string): Form {
  return leaf(JSON.stringify(text))
}

/** One line for a form, `(= z (+ (* W x) b))`: names and numbers bare, parts in brackets behind their head. */
export function formText(root: Form): string {
  let text = ''
  const open: (Form | string)[] = [root]
  for (;;) {
    const next = open.pop()
    if (next === undefined) return text
    if (typeof next === 'string') text += next
    else if (next.args.length === 0 && !HOLDS_NOTHING.has(next.head)) text += next.head
    else {
      text += `(${next.head}`
      open.push(')')
      for (let i = next.args.length - 1; i >= 0; i--) open.push(next.args[i]!, ' ')
    }
  }
}

/** Heads that are written in brackets even when they hold nothing: the empty set, the empty list. */
const HOLDS_NOTHING: ReadonlySet<string> = new Set(['set', 'list', 'tuple', 'call', 'matrix'])
