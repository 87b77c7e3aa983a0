import { nodeEnv } from '#lib/env/node.ts'

/** Where the source code of this instance is; null if the operator names no place. */
export function sourceUrl(): string | null {
  return nodeEnv().sourceUrl
}
