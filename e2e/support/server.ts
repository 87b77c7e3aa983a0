import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '#lib/testing/free-port.ts'
import { spawnBoundNode } from '../../scripts/setup/bound-child.mjs'
import { nextStart } from '../../scripts/setup/next-start.ts'
import { root } from '../../scripts/setup/root.ts'
import { blankSettings } from '../../scripts/setup/settings.ts'

const START_MS = 60_000
const INTERVAL_MS = 50

/** An environment variable, because Playwright's workers inherit these from the global set-up. */
const SHARED = 'TASKWARD_E2E_SETTINGS'

export type RunningServer = {
  /** The origin, without a slash at its end. */
  url: string
  pid: number
  /** What the server has printed so far. */
  output: () => string
  /** Stops the server with SIGTERM, as a service manager does, and waits for its exit. */
  stop: () => Promise<void>
}

/** Sets what every server of this run starts with. */
export function shareSettings(settings: Record<string, string>): void {
  process.env[SHARED] = JSON.stringify(settings)
}

/**
 * Starts the production server on a free port and waits until it is healthy. It has the run's database and secrets,
 * the default rate limits, and no setting of the developer's environment.
 *
 * @param settings further variables, or other values; with `WEB_CONCURRENCY`, several processes; `HOSTNAME` is the one address to listen on, instead of 127.0.0.1
 */
export function startServer(settings: Record<string, string> = {}): Promise<RunningServer> {
  return start(settings, root, (health) => health.ok)
}

/**
 * Starts the production server like `startServer`, but from any folder, and waits for any response only: its
 * database may be unavailable.
 */
export function startServerUnchecked(
  settings: Record<string, string> = {},
  folder: string = root,
): Promise<RunningServer> {
  return start(settings, folder, () => true)
}

async function start(
  settings: Record<string, string>,
  folder: string,
  isReady: (health: Response) => boolean,
): Promise<RunningServer> {
  const port = settings.PORT ?? String(await freePort())
  const hostname = settings.HOSTNAME ?? '127.0.0.1'
  const url = `http://${settings.HOSTNAME ?? 'localhost'}:${port}`
  const shared: Record<string, string> = JSON.parse(process.env[SHARED] ?? '{}')
  const own = { APP_URL: url, PORT: port, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  const processes = Number(settings.WEB_CONCURRENCY ?? 1)
  const child = spawnBoundNode(nextStart({ port, hostname, processes }), {
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
  const report = (code: number | null, signal: string | null) => {
    if (signal !== 'SIGKILL') console.error(`The server ended (${code ?? signal}). It printed:\n${output}`)
  }
  child.once('exit', report)
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const stop = async () => {
    child.off('exit', report)
    if (hasEnded()) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }

  const deadline = Date.now() + START_MS
  while (!(await fetch(`http://${hostname}:${port}/api/health`).then(isReady, () => false))) {
    if (hasEnded() || Date.now() > deadline) {
      await stop()
      throw new Error(`The server does not become ready. It printed:\n${output}`)
    }
    await sleep(INTERVAL_MS)
  }
  return { url, pid: child.pid ?? 0, output: () => output, stop }
}
