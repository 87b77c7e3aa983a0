import { constants } from 'node:os'
import { askToEnd, spawnBoundNode } from './bound-child.mjs'
import type { Mode } from './environment.ts'
import { root, tools } from './root.ts'

/**
 * Runs a JavaScript program in the foreground of this terminal, passing SIGINT and SIGTERM on to it.
 *
 * @param variables what it gets beside the environment of this process
 * @returns its exit code, by the shell's convention 128 + n when signal n ended it
 */
export async function runTool(args: string[], variables: Record<string, string> = {}): Promise<number> {
  const child = spawnBoundNode(args, { cwd: root, env: { ...process.env, ...variables }, output: 'inherit' })
  const interrupt = () => askToEnd(child, 'SIGINT')
  const terminate = () => askToEnd(child, 'SIGTERM')
  process.on('SIGINT', interrupt).on('SIGTERM', terminate)
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
  process.off('SIGINT', interrupt).off('SIGTERM', terminate)
  return exitCode
}

/** Runs a command of Next.js; without telemetry, which would be a decision for whoever runs this. */
export function runNext(mode: Mode, args: string[], variables: Record<string, string> = {}): Promise<number> {
  return runTool([tools.next, ...args], { ...variables, NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: '1' })
}
