import { createHash } from 'node:crypto'
import { nodeEnv } from '#lib/env/node.ts'
import { LIMITS, type Limit, type LimitName } from './limits.ts'

/** One counter: a limit applied to whom it counts, for example `login.pair` of an address and an account. */
export type Bucket = { name: LimitName; key: string; limit: Limit }

/** Names a bucket. The parts are hashed: what people typed does not stand in the counters' table. */
export function makeBucket(name: LimitName, ...parts: string[]): Bucket {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
  return { name, key: `${name}:${digest}`, limit: nodeEnv().rateLimits[name] ?? LIMITS[name] }
}
