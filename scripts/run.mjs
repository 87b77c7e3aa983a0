// The entrance of the npm scripts: node scripts/run.mjs <command> [arguments]. Installs what is missing, and runs
// scripts/<command>.ts on the pinned Node. Plain JavaScript, because the machine's Node (20.19 or newer) runs it first.

import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { runBoundNode } from './setup/bound-child.mjs'
import { endWithNpm } from './setup/end-with-npm.mjs'
import { hasInstalled } from './setup/install.mjs'

const folder = dirname(fileURLToPath(import.meta.url))
const [command = '', ...args] = process.argv.slice(2)
const file = join(folder, `${command}.ts`)
const node = pinnedNode()

endWithNpm()
// An installation replaces the executable that may be running this very process.
if (process.execPath === node && !hasInstalled) {
  process.argv = [node, file, ...args]
  await import(pathToFileURL(file).href)
} else {
  process.exit(await runBoundNode([file, ...args], { cwd: process.cwd(), node }))
}

/** The executable among the packages, or the running one on a platform for which the package has none. */
function pinnedNode() {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node'
  const pinned = join(dirname(folder), 'node_modules', 'node', 'bin', executable)
  return existsSync(pinned) ? realpathSync(pinned) : process.execPath
}
