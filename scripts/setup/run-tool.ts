import { runBoundNode } from './bound-child.mjs'
import type { Mode } from './environment.ts'
import { root, tools } from './root.ts'

/** Runs a JavaScript program in this terminal, with `variables` added to the environment. @returns its exit code */
export function runTool(args: string[], variables: Record<string, string> = {}): Promise<number> {
  return runBoundNode(args, { cwd: root, env: { ...process.env, ...variables } })
}

/** Telemetry is off: to turn it on is the administrator's decision. */
export function runNext(mode: Mode, args: string[], variables: Record<string, string> = {}): Promise<number> {
  return runTool([tools.next, ...args], { ...variables, NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: '1' })
}
