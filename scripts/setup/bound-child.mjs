import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/** @typedef {{ cwd: string, output: 'inherit' | 'pipe', env?: NodeJS.ProcessEnv, node?: string }} Options */

const preload = new URL('./end-with-parent.mjs', import.meta.url).href

/** The program ends when this process ends, even by SIGKILL. */
export function spawnBoundNode(/** @type {string[]} */ args, /** @type {Options} */ options) {
  const { cwd, output, env = process.env, node = process.execPath } = options
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

/** @returns {Promise<number>} the exit code, 128 + n if signal n ended the program (the shell's convention) */
export async function runBoundNode(
  /** @type {string[]} */ args,
  /** @type {Omit<Options, 'output'>} */ options,
) {
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

/** Windows has no signals, and `kill` ends a child immediately: there the request goes through the pipe. */
export function askToEnd(
  /** @type {import('node:child_process').ChildProcess} */ child,
  /** @type {'SIGINT' | 'SIGTERM'} */ signal,
  /** @type {NodeJS.Platform} */ platform = process.platform,
) {
  if (platform === 'win32') child.stdin?.end(signal)
  else child.kill(signal)
}
