import { spawn } from 'node:child_process'

const preload = new URL('./end-with-parent.mjs', import.meta.url).href

/**
 * Starts a JavaScript program which ends when this process ends, however that ends.
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
