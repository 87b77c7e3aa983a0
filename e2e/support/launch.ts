import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { spawnBoundNode } from '../../scripts/bound-child.mjs'
import { root, tools } from '../../scripts/root.ts'
import { blankSettings } from '../../scripts/settings.ts'
import { settings as shared } from './run.ts'
import type { RunningServer } from './server.ts'

const PATIENCE_MS = 20_000

/**
 * Starts the production server like `startServer`, but from any folder, and as soon as it answers at all: that its
 * database is away is no reason to wait.
 */
export async function launch(
  settings: Record<string, string> = {},
  folder: string = root,
): Promise<RunningServer> {
  const port = String(await freePort())
  const url = `http://localhost:${port}`
  const own = { APP_URL: url, PORT: port, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  const child = spawnBoundNode([tools.next, 'start', '--port', port, '--hostname', '127.0.0.1'], {
    cwd: folder,
    env: { ...process.env, ...blankSettings(), ...shared, ...own, ...settings },
    output: 'pipe',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const stop = async () => {
    if (hasEnded()) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  const deadline = Date.now() + PATIENCE_MS
  while (!(await answers(url))) {
    if (hasEnded() || Date.now() > deadline) {
      await stop()
      throw new Error(`The server does not answer. It printed:\n${output}`)
    }
    await sleep(50)
  }
  return { url, output: () => output, stop }
}

function answers(url: string): Promise<boolean> {
  return fetch(`${url}/api/health`).then(
    () => true,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return address.port
}
