import { join } from 'node:path'
import { tools } from './root.ts'

/**
 * After eight idle seconds V8 collects garbage for the least memory, and compiled code is lost with it: the requests that
 * follow take 1.3 times the processor time. With this option it waits for ten minutes (docs/performance/profiles.md).
 * `NODE_OPTIONS` does not take it.
 */
const GIVE_MEMORY_BACK_LATER = '--gc-memory-reducer-start-delay-ms=600000'

/** Node reads next.config.ts. The compiler that Next.js loads for it by default would stay in memory: 24 MB. */
const READ_CONFIG_BY_NODE = '--experimental-next-config-strip-types'

type Place = {
  port: string
  hostname?: string
  /** Several run behind a primary process. */
  processes?: number
}

/** @returns arguments of Node that run the production server */
export function nextStart({ port, hostname, processes = 1 }: Place): string[] {
  const primary = processes > 1 ? [join(import.meta.dirname, 'cluster-primary.ts')] : []
  const where = ['--port', port, ...(hostname ? ['--hostname', hostname] : [])]
  return [GIVE_MEMORY_BACK_LATER, ...primary, tools.next, 'start', READ_CONFIG_BY_NODE, ...where]
}
