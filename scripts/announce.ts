import { setTimeout as sleep } from 'node:timers/promises'

const INTERVAL_MS = 100

/** Says where Taskward is, once it answers. */
export async function announce(port: string): Promise<void> {
  while (!(await isHealthy(port))) await sleep(INTERVAL_MS, undefined, { ref: false })
  console.log(`\nTaskward is ready: http://localhost:${port} (Ctrl-C ends it)\n`)
}

async function isHealthy(port: string): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/api/health`)).ok
  } catch {
    return false
  }
}
