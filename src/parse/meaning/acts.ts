import { type Place, plan, type Step } from '../elaborate/resolve.js'
import type { ScriptAction } from '../elaborate/scripts.js'
import { type Form, form, leaf } from './form.js'

const SIGNS: ReadonlyMap<string, string> = new Map([
  ['±', '+-'],
  ['∓', '-+'],
])

export function signed(sign: string, operand: Form): Form {
  if (sign === '+') return operand
  return form(SIGNS.get(sign) ?? sign, operand)
}

/** `a, \dots b` and `2 \dots, n`: dots beside an item are an item of their own. */
function dotted(part: Form): readonly Form[] {
  const { head, args } = part
  if (head !== '*' || args.length !== 2) return [part]
  return args.some(arg => arg.head === '...') ? args : [part]
}

/** Parts with what stands between them, where that is no comma. */
export function separated(parts: readonly Form[], separators: readonly string[]): readonly Form[] {
  return parts.flatMap((part, i) => {
    const before = i === 0 ? ',' : (separators[i - 1] ?? ',')
    return before === ',' ? dotted(part) : [leaf(before), part]
  })
}

/** Applies transposes, inverses and powers from the inside out. */
export function actOn(value: Form, actions: readonly ScriptAction[], place: Place): Step<Form> {
  const [first, ...rest] = actions
  if (first === undefined) return value
  if (first.kind === 'transpose') return actOn(form('T', value), rest, place)
  if (first.kind === 'inverse') return actOn(form('^', value, form('-', leaf('1'))), rest, place)
  return plan<Form>([first.exponent], place, ([exponent]) =>
    actOn(form(first.entrywise ? '.^' : '^', value, exponent!), rest, place),
  )
}

/** Of `u, i \\in S` and `x, y \\sim p` the last says it of all. */
export function sharing(parts: readonly Form[]): readonly Form[] {
  const last = parts[parts.length - 1]
  const before = parts.slice(0, -1)
  if (before.length === 0 || (last?.head !== 'in' && last?.head !== 'sim') || last.args.length !== 2)
    return parts
  if (!before.every(({ args }) => args.length === 0)) return parts
  return [form(last.head, form('list', ...before, last.args[0]!), last.args[1]!)]
}
