// Compiles the grammars into src/parse/generated. `node grammar/build.mjs` writes the files; with `--check` it only
// compares and fails when one is out of date.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)
const nearley = require('nearley')
const compile = require('nearley/lib/compile.js')
const language = require('nearley/lib/nearley-language-bootstrapped.js')

const here = dirname(fileURLToPath(import.meta.url))

/** The dialects, each with its source and its compiled file. */
export const grammars = ['latex', 'plain'].map(name => ({
  name,
  source: join(here, `${name}.ne`),
  target: join(here, '..', 'src', 'parse', 'generated', `${name}.ts`),
}))

/** The TypeScript of one grammar, as it belongs into its compiled file. */
export function compileGrammar({ name, source }) {
  const parser = new nearley.Parser(nearley.Grammar.fromCompiled(language))
  parser.feed(readFileSync(source, 'utf8'))
  const { rules, body } = compile(parser.results[0], { args: [source], nojs: false })
  const lines = rules.map(rule => {
    const symbols = rule.symbols.map(symbolText).join(', ')
    return `  { name: '${rule.name}', symbols: [${symbols}], postprocess: ${rule.postprocess.trim()} },`
  })
  return `// Compiled from grammar/${name}.ne by grammar/build.mjs; do not edit.
import type { CompiledGrammar } from '../nearley.js'
${body.map(part => part.trim()).join('\n')}

export const ${name}Grammar: CompiledGrammar = {
  start: 'main',
  rules: [
${lines.map(line => `  ${line}`).join('\n')}
  ],
}
`
}

function symbolText(symbol) {
  if (typeof symbol === 'string') return `'${symbol}'`
  if (symbol.token !== undefined) return `{ type: '${symbol.token}' }`
  throw new Error(`the grammars use token classes only, found ${JSON.stringify(symbol)}`)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  let stale = 0
  for (const grammar of grammars) {
    const text = compileGrammar(grammar)
    if (!process.argv.includes('--check')) writeFileSync(grammar.target, text)
    else if (readFileSync(grammar.target, 'utf8') !== text) {
      stale++
      console.error(`${grammar.target} is out of date: run npm run grammar`)
    }
  }
  process.exitCode = stale > 0 ? 1 : 0
}
