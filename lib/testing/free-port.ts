import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the ports from which the system gives outgoing connections theirs (`ip_local_port_range`). */
const FIRST = 20_000
const PER_WORKER = 1_500
const WORKERS = 8

const { TEST_PARALLEL_INDEX, VITEST_POOL_ID } = process.env
/** Workers of a run have ports of their own: a port is taken only when the server that it is for has started. */
const first = FIRST + (Number(TEST_PARALLEL_INDEX ?? VITEST_POOL_ID ?? WORKERS - 1) % WORKERS) * PER_WORKER
/** Random, because another run may use the ports from the first one on. */
let used = randomInt(PER_WORKER)

/** A port of 127.0.0.1 that no program listens on, and that no other test of this run gets. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PER_WORKER; tries++) {
    used++
    const port = first + (used % PER_WORKER)
    if (await isFree(port)) return port
  }
  throw new Error('All ports for tests are in use.')
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer()
  try {
    await once(probe.listen({ port, host: '127.0.0.1', exclusive: true }), 'listening')
    return true
  } catch {
    return false
  } finally {
    probe.close()
  }
}
