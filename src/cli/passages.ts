import type { Asked } from '../derive/ask.js'
import { kindOfFile } from '../document/find.js'
import type { Problem } from '../expr/problem.js'
import type { DeclarationObject } from '../parse/options.js'

export interface AskedPassage {
  readonly title: string | undefined
  readonly problem: Problem
}

/** The passages of a file that ask for something, or one that what is asked can be found in. */
export async function askedPassages(
  text: string,
  file: string,
  syntax: 'latex' | 'plain' | 'auto',
  declarations: readonly (string | DeclarationObject)[],
  asked: Asked,
): Promise<readonly AskedPassage[]> {
  const kind = kindOfFile(file)
  const [{ readProblem }, { readPassages }, { ask, askPassages }] = await Promise.all([
    import('../parse/problem.js'),
    import('../parse/passages.js'),
    import('../derive/ask.js'),
  ])
  if (kind === undefined) {
    return [{ title: undefined, problem: ask(readProblem(text, { dialect: syntax, declarations }), asked) }]
  }
  return askPassages(readPassages(text, { dialect: syntax, kind, declarations }), asked)
}
