import { setTimeout as sleep } from 'node:timers/promises'
import type { Variables } from './environment.ts'

const INTERVAL_MS = 100

export async function announce(port: string, variables: Variables): Promise<void> {
  while (!(await isHealthy(port))) await sleep(INTERVAL_MS, undefined, { ref: false })
  console.log(`\n${announcement(port, variables)} (Ctrl-C ends it)\n`)
}

/** The visitors' address, and the server's own if that is another one. */
export function announcement(port: string, { APP_URL }: Variables): string {
  const local = `http://localhost:${port}`
  const origin = APP_URL && URL.canParse(APP_URL) ? new URL(APP_URL).origin : local
  return `Taskward is ready: ${origin}${origin === local ? '' : `, behind it ${local}`}`
}

async function isHealthy(port: string): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/api/health`)).ok
  } catch {
    return false
  }
}
