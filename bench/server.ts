import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { spawnBoundNode } from '../scripts/setup/bound-child.mjs'

const START_MS = 60_000
const INTERVAL_MS = 50
const KEPT_OUTPUT = 4_000

type Program = {
  args: string[]
  cwd: string
  env: Record<string, string>
  origin: string
  /** Answers as soon as the server is ready. */
  readyPath: string
}

export type Server = { pid: number; stop: () => Promise<void> }

/** Starts a server on the Node that runs this program, and waits until it answers. */
export async function startServer({ args, cwd, env, origin, readyPath }: Program): Promise<Server> {
  const child = spawnBoundNode(args, { cwd, env: { ...process.env, ...env }, output: 'pipe' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-KEPT_OUTPUT)
    })
  }
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const stop = async () => {
    if (hasEnded()) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  const isReady = async () => (await fetch(new URL(readyPath, origin))).ok
  const deadline = Date.now() + START_MS
  while (!(await isReady().catch(() => false))) {
    if (hasEnded() || Date.now() > deadline) {
      await stop()
      throw new Error(`A contender does not start: ${args.join(' ')} in ${cwd}. It printed:\n${output}`)
    }
    await sleep(INTERVAL_MS)
  }
  return { pid: child.pid ?? 0, stop }
}
