import { bypassProxy } from '#lib/env/bypass-proxy.ts'
import { originFoundByFirstProcess } from '#lib/env/cluster.ts'
import { setOwnOrigin } from '#lib/env/own-origin.ts'
import { openServers } from '#lib/http/before-next/intercept-requests.ts'
import { log } from '#lib/log.ts'
import { findOwnOrigin } from './find-own-origin.ts'

const PROBLEM =
  'HOSTNAME is an address at which the server cannot reach itself, so it renews no session: 15 minutes after a log-in ' +
  'pages answer 503. Let it listen on 0.0.0.0, 127.0.0.1 or another address of this machine, where no other program has the port.'

/** Sets the origin at which the gate calls this server (decision 0010), or logs an error if there is none. */
export async function learnOwnOrigin(): Promise<void> {
  // A connection from one process of a cluster arrives at another.
  const origin =
    originFoundByFirstProcess() ?? (await findOwnOrigin(openServers().find(({ listening }) => listening)))
  setOwnOrigin(origin)
  bypassProxy(origin)
  if (!origin) log().error({ setting: 'HOSTNAME', problem: PROBLEM })
}
