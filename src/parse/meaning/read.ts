import { newSession } from '../elaborate/new-session.js'
import type { OpWords } from '../elaborate/reader.js'
import type { Dialect } from '../lexer/vocabulary.js'
import type { Statement } from '../read.js'
import type { Form } from './form.js'
import { statementForm } from './statements.js'
import { survey } from './survey.js'

/** What each statement of a document says, read with what the whole document declares, defines and shows. */
export function readForms(
  statements: readonly Statement[],
  options: { readonly dialect: Dialect; readonly words: OpWords },
): readonly Form[] {
  const session = newSession({ ...options, sizes: new Map() })
  survey(session, statements)
  return statements.map(statement => statementForm(session, statement))
}
