import { adapter } from './mathjs.mjs'

export const { prepare, derive, evaluate } = adapter(false)
