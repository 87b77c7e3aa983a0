import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.ts'

const PROGRAM = '/usr/sbin/pgbouncer'
const START_MS = 10_000

export function hasPgBouncer(): boolean {
  return existsSync(PROGRAM)
}

export type Pooler = {
  url: string
  /** Of its console. */
  consoleUrl: string
  stop: () => Promise<void>
}

type Settings = { serverConnections: number; mode?: 'transaction' | 'statement' }

/** Starts Debian's PgBouncer in front of the database of `url`. Root starts it as `nobody`. */
export async function startPgBouncer(
  url: string,
  { serverConnections, mode = 'transaction' }: Settings,
): Promise<Pooler> {
  const { hostname, port, username, password, pathname } = new URL(url)
  const folder = await mkdtemp(path.join(tmpdir(), 'taskward-pgbouncer-'))
  const own = await freePort()
  const config = path.join(folder, 'pgbouncer.ini')
  await writeFile(
    config,
    `[databases]
pooled = host=${hostname} port=${port} dbname=${pathname.slice(1)} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
admin_users = anyone
pool_mode = ${mode}
default_pool_size = ${serverConnections}
`,
  )
  await chmod(folder, 0o755)
  const user = process.getuid?.() === 0 ? ['--user', 'nobody'] : []
  const child = spawn(PROGRAM, ['--quiet', ...user, config], { stdio: 'ignore' })
  const deadline = Date.now() + START_MS
  while (!(await isListening(own))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('PgBouncer does not start.')
    await sleep(20)
  }
  return {
    url: `postgresql://anyone@127.0.0.1:${own}/pooled`,
    consoleUrl: `postgresql://anyone@127.0.0.1:${own}/pgbouncer`,
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return once(socket, 'connect')
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy())
}
