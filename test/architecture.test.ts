import { expect, test } from 'vitest'
import { imports, lineOf, sources } from './architecture-sources.js'

const FLOORS: readonly string[][] = [
  ['base'],
  ['tensor', 'autograd'],
  ['expr'],
  ['ops', 'document'],
  ['parse', 'calculus', 'simplify', 'prove', 'evaluate', 'print', 'catalogue'],
  ['derive', 'check'],
  ['present'],
  ['index.ts', 'graph.ts'],
  ['cli'],
]
const DOORS = new Map([
  ['nearley', 'src/parse/nearley.ts'],
  ['@dagrejs/dagre', 'src/present/graph/layout.ts'],
  ['mathjs', 'src/tensor/mathjs.ts'],
  ['@jax-js/jax', 'src/autograd/jax.ts'],
  ['fraction.js', 'src/base/rational.ts'],
])
const FORBIDDEN: readonly { what: string; pattern: RegExp; except?: string }[] = [
  { what: 'the type any', pattern: /(?:[:<|&,=]|\bas|\bextends)\s*(?:readonly\s+)?any\b/g },
  { what: 'a default export', pattern: /\bexport\s+default\b|\bas\s+default\b/g },
  { what: 'an enum', pattern: /\benum\s+\w+\s*\{/g },
  { what: 'a clock or a locale', pattern: /\bDate\b|\blocaleCompare\b|\btoLocale\w+|\bIntl\b/g },
  { what: 'unseeded chance', pattern: /\bMath\.random\b|\bcrypto\./g },
  { what: 'code made from text', pattern: /\beval\b|\bnew\s+Function\b/g },
  { what: 'a module variable', pattern: /^(?:export\s+)?(?:let|var)\b/gm, except: 'src/expr/intern.ts' },
  {
    what: 'module state',
    pattern:
      /^(?:export\s+)?const\s+\w+(?:: (?:Weak)?(?:Map|Set)\b[^=]*)?\s*=\s*new (?:Weak)?(?:Map|Set)\b[^(\n]*\(\)/gm,
    except: 'src/expr/intern.ts',
  },
  { what: 'input or output', pattern: /\bconsole\.|\bprocess\./g, except: 'src/cli/' },
]

const partOf = (file: string) => file.split('/')[1] ?? ''
const floorOf = (file: string) => FLOORS.findIndex(names => names.includes(partOf(file)))
const show = ({ place, name }: (typeof imports)[number]) => `${place} imports ${name}`

test('every floor has its house', () => {
  const inhabited = new Set(sources.map(({ file }) => partOf(file)))
  expect(FLOORS.flat().filter(name => !inhabited.has(name))).toEqual([])
  expect([...DOORS.values()].filter(door => !sources.some(({ file }) => file === door))).toEqual([])
})

test('imports go down the floors, and siblings on a floor do not know each other', () => {
  const homeless = sources.filter(({ file }) => floorOf(file) < 0)
  const inside = imports.filter(({ file, target }) => target !== '' && partOf(file) !== partOf(target))
  const wrong = inside.filter(({ file, target }) => floorOf(target) < 0 || floorOf(target) >= floorOf(file))
  expect([...homeless.map(({ file }) => `${file}:1 is on no floor`), ...wrong.map(show)]).toEqual([])
})

test('each package has one door, and only the edges know Node', () => {
  const wrong = imports.filter(({ file, name, target }) => {
    if (target !== '') return false
    return name.startsWith('node:') ? !file.startsWith('src/cli/') : DOORS.get(name) !== file
  })
  expect(wrong.map(show)).toEqual([])
})

test('no file loads itself through others', () => {
  let open = imports.filter(({ target, loaded }) => target !== '' && loaded)
  for (let before = -1; before !== open.length; ) {
    before = open.length
    const [starts, ends] = [new Set(open.map(edge => edge.file)), new Set(open.map(edge => edge.target))]
    open = open.filter(({ file, target }) => starts.has(target) && ends.has(file))
  }
  expect(open.map(({ place, target }) => `${place} is on a cycle through ${target}`)).toEqual([])
})

test('index.ts only exports what stands elsewhere', () => {
  const index = sources.find(({ file }) => file === 'src/index.ts')?.code ?? ''
  const reExport = /export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s*from\s*'\s*'/g
  const rest = index.replace(reExport, part => part.replace(/\S/g, ' '))
  const found = [...rest.matchAll(/\S.*/g)]
  expect(found.map(part => `src/index.ts:${lineOf(rest, part.index)} has ${part[0]}`)).toEqual([])
})

test('nothing forbidden stands in src', () => {
  const found = sources.flatMap(({ file, code }) =>
    FORBIDDEN.filter(({ except }) => except === undefined || !file.startsWith(except)).flatMap(
      ({ pattern, what }) =>
        [...code.matchAll(pattern)].map(
          part => `${file}:${lineOf(code, part.index)} has ${what}: ${part[0]}`,
        ),
    ),
  )
  expect(found).toEqual([])
})

test('no file is too long to read', () => {
  const long = sources.filter(({ text }) => text.split('\n').length > 401)
  expect(long.map(({ file }) => `${file}:401 is past 400 lines`)).toEqual([])
})
