// npm run standalone: makes a folder with the server and the command-line tools, which runs without npm and the sources.

import { cpSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildStandalone } from './setup/build.ts'
import { bundleCommands } from './setup/bundle-commands.ts'
import { fail } from './setup/fail.ts'
import { root } from './setup/root.ts'

const folder = join(root, '.next', 'standalone')

process.chdir(root)
if (!(await buildStandalone())) fail('The build failed (see above).')
cpSync(join(root, '.next', 'static'), join(folder, '.next', 'static'), { recursive: true })
renameSync(join(folder, 'server.js'), join(folder, 'next-server.js'))
removeSources()
await bundleCommands(folder)
console.log(
  `\nThe folder is ready: ${folder}\nCopy it to where it is to run, and start it there: node server.js\n`,
)

/** Next.js copies packages with their types and tests, and workers with their sources. */
function removeSources(): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (/\.tsx?$|\.test\.\w+$/.test(name)) rmSync(join(folder, name), { force: true })
  }
}
