import { bare } from '../elaborate/names.js'
import type { Session } from '../elaborate/reader.js'
import { type Place, plan, type Step } from '../elaborate/resolve.js'
import type { GroupSyntax, Syntax } from '../syntax.js'
import { separated } from './acts.js'
import { type Form, form, leaf } from './form.js'

const ROUNDED: ReadonlyMap<string, string> = new Map([
  ['lfloor', 'floor'],
  ['lceil', 'ceil'],
  ['langle', 'inner'],
  ['{', 'set'],
])

/** Brackets that hold one formula only group it; those with a list in them, and braces, say what they are. */
export function planGroup(_session: Session, node: GroupSyntax, place: Place): Step<Form> {
  const { brackets, body } = node
  const head = ROUNDED.get(brackets.open) ?? ''
  if (body === null) return brackets.open === '' ? leaf('_') : form(head === '' ? 'list' : head)
  const inside = bare(body)
  const items: readonly Syntax[] = inside.kind === 'list' ? inside.items : [body]
  const separators = inside.kind === 'list' ? inside.separators : []
  return plan<Form>(items, place, parts => {
    const all = separated(parts, separators)
    if (head !== '') return form(head, ...all)
    if (inside.kind !== 'list') return parts[0]!
    if (brackets.open === '') return form('list', ...all)
    const open = brackets.open === '[' || brackets.open === '('
    if (open && brackets.close !== PARTNERS.get(brackets.open)) return form('interval', ...all)
    return form(brackets.open === '(' ? 'tuple' : 'list', ...all)
  })
}

const PARTNERS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
])
