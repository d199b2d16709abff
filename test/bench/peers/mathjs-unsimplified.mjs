import { adapter } from './mathjs.mjs'

export const { derive, evaluate } = adapter(false)
