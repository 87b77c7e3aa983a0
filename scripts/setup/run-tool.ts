import { runBoundNode } from './bound-child.mjs'
import type { Mode } from './environment.ts'
import { nextStart } from './next-start.ts'
import { root, tools } from './root.ts'
import { serverEnvironment } from './server-environment.ts'

/** Runs a JavaScript program in this terminal, with `variables` added to the environment. @returns its exit code */
export function runTool(args: string[], variables: Record<string, string> = {}): Promise<number> {
  return runBoundNode(args, { cwd: root, env: { ...process.env, ...variables } })
}

/** Telemetry is off: to turn it on is the administrator's decision. */
export function runNext(mode: Mode, args: string[], variables: Record<string, string> = {}): Promise<number> {
  return runInMode(mode, [tools.next, ...args], variables)
}

/** In one process, or in several behind a primary process. @returns its exit code */
export function runServer(port: string, processes: number): Promise<number> {
  const variables = { ...serverEnvironment(), PORT: port, WEB_CONCURRENCY: String(processes) }
  return runInMode('production', nextStart({ port, processes }), variables)
}

function runInMode(mode: Mode, args: string[], variables: Record<string, string>): Promise<number> {
  return runTool(args, { ...variables, NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: '1' })
}
