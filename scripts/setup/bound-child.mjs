import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const preload = new URL('./end-with-parent.mjs', import.meta.url).href

/**
 * Starts a JavaScript program that ends when this process ends, even by SIGKILL.
 *
 * @param {string[]} args the program's file and its arguments
 * @param {{ cwd: string, output: 'inherit' | 'pipe', env?: NodeJS.ProcessEnv, node?: string }} options
 *   `node` is the Node to run it, by default the one that runs now
 */
export function spawnBoundNode(args, { cwd, output, env = process.env, node = process.execPath }) {
  const child = spawn(node, ['--import', preload, ...args], {
    cwd,
    env: { ...env, TASKWARD_PARENT_PID: String(process.pid) },
    stdio: ['pipe', output, output],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  return child
}

/**
 * Runs a JavaScript program in the foreground of this terminal, passing SIGINT and SIGTERM on to it.
 *
 * @param {string[]} args the program's file and its arguments
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, node?: string }} options
 * @returns {Promise<number>} its exit code, by the shell's convention 128 + n when signal n ended it
 */
export async function runBoundNode(args, options) {
  const child = spawnBoundNode(args, { ...options, output: 'inherit' })
  const interrupt = () => askToEnd(child, 'SIGINT')
  const terminate = () => askToEnd(child, 'SIGTERM')
  process.on('SIGINT', interrupt).on('SIGTERM', terminate)
  const exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
  process.off('SIGINT', interrupt).off('SIGTERM', terminate)
  return exitCode
}

/**
 * Asks a child of `spawnBoundNode` to end, as SIGINT or SIGTERM do. Windows knows no signals, and `kill` ends the child at
 * once, so there the request goes through the pipe. Elsewhere a signal also reaches a program that is busy.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {'SIGINT' | 'SIGTERM'} signal
 * @param {NodeJS.Platform} platform
 */
export function askToEnd(child, signal, platform = process.platform) {
  if (platform === 'win32') child.stdin?.end(signal)
  else child.kill(signal)
}
