import { createHash } from 'node:crypto'
import { nodeEnv } from '#lib/env/node.ts'
import { LIMITS, type Limit, type LimitName } from './limits.ts'

export type Bucket = { name: LimitName; key: string; limit: Limit }

/** @param parts whom the limit counts. They are hashed, so that the table contains nothing that a user typed */
export function makeBucket(name: LimitName, ...parts: string[]): Bucket {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
  return { name, key: `${name}:${digest}`, limit: nodeEnv().rateLimits[name] ?? LIMITS[name] }
}
