import type { Server } from 'node:net'

/** The system may allow fewer (Linux: `net.core.somaxconn`, 4,096 by default). */
const BACKLOG = 4096

type Handle = { listen?: (backlog: number) => number }

/**
 * Lets more connections wait for the server. Node lets 511, and the system drops others: their clients try again only
 * after one second, then after two and four more.
 *
 * The handle is undocumented; `listen` takes a backlog, but Next.js passes none.
 */
export function widenBacklog(server: Server): void {
  const { _handle: handle } = server as Server & { _handle?: Handle | null }
  handle?.listen?.(BACKLOG)
}
