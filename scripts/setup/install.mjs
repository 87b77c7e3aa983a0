// Installs the packages and generates the database client, unless both are current. Plain JavaScript, because nothing is
// installed before. Progress goes to standard error: `npm run db:url` prints the URL alone.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawnBoundNode } from './bound-child.mjs'
import { withLock } from './lock.mjs'

const OLDEST_NODE = [20, 19]
const PROGRESS_EVERY_MS = 10_000

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const clientStamp = join(root, 'lib', 'db', 'generated', '.taskward-generated')

refuseOldNode()
refuseFolder()
const node = machineNode()
const lockFile = readFileSync(join(root, 'package-lock.json'))
const client = fingerprint(lockFile, readFileSync(join(root, 'prisma', 'schema.prisma')))

/** Whether this run changed the packages or the database client. */
export const hasInstalled = !hasPackages(root) || !isStamped(clientStamp, client)
if (hasInstalled) {
  await withLock(join(root, '.data', 'install.lock'), install, () =>
    console.error('Waiting for another installation of this folder to finish …'),
  )
}

async function install() {
  await installPackages(root, () =>
    run('Unpacking Node and PostgreSQL', npm('rebuild', ...packagesWithAllowedScripts())),
  )
  if (!isStamped(clientStamp, client)) {
    rmSync(clientStamp, { force: true })
    const prisma = join(root, 'node_modules', 'prisma', 'build', 'index.js')
    await run('Generating the database client', [prisma, 'generate'])
    writeFileSync(clientStamp, client)
  }
}

/** Installs what the lock file of a folder lists, unless it is installed. @param afterwards runs the scripts of packages */
export async function installPackages(/** @type {string} */ folder, afterwards = async () => {}) {
  if (hasPackages(folder)) return
  const { file, expected } = stampOf(folder)
  rmSync(file, { force: true })
  // npm 10 would run every install script, even one that needs an unreachable host. npm 11 runs only allowed ones.
  const program = npm('ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund')
  await run('Installing packages', program, folder)
  await afterwards()
  writeFileSync(file, expected)
}

function hasPackages(/** @type {string} */ folder) {
  const { file, expected } = stampOf(folder)
  return isStamped(file, expected)
}

function stampOf(/** @type {string} */ folder) {
  const lock = readFileSync(join(folder, 'package-lock.json'))
  return {
    file: join(folder, 'node_modules', '.taskward-installed'),
    expected: fingerprint(lock, process.platform, process.arch),
  }
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  console.error(
    `Taskward needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}.`,
  )
  process.exit(1)
}

/** Tailwind CSS reads `#` in a path as the start of a fragment. initdb quotes its own path with double quotes in a shell. */
function refuseFolder() {
  const [character] = /["#$`]/.exec(root) ?? []
  if (!character) return
  console.error(
    `Taskward cannot run in ${root}, because of the ${character} in its path: rename or move the folder.`,
  )
  process.exit(1)
}

/** Not the packages' Node, which is first on the path and vanishes when packages are replaced. */
function machineNode() {
  const packagesFolder = join(root, 'node_modules') + sep
  const executable = process.platform === 'win32' ? 'node.exe' : 'node'
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, executable))
  const candidates = [process.env.npm_node_execpath ?? '', process.execPath, ...onPath]
  const own = candidates.find((file) => existsSync(file) && !realpathSync(file).startsWith(packagesFolder))
  return own ?? process.execPath
}

function fingerprint(/** @type {(string | Buffer)[]} */ ...parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

function isStamped(/** @type {string} */ file, /** @type {string} */ expected) {
  return existsSync(file) && readFileSync(file, 'utf8') === expected
}

function packagesWithAllowedScripts() {
  /** @type {{ allowScripts: Record<string, boolean> }} */
  const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return Object.keys(allowScripts).filter(
    (name) => allowScripts[name] && existsSync(join(root, 'node_modules', name)),
  )
}

/** Prefers the npm that runs this script to Node's own, and that to one on the path. */
function npm(/** @type {string[]} */ ...args) {
  const file = join('node_modules', 'npm', 'bin', 'npm-cli.js')
  const candidates = [
    process.env.npm_execpath ?? '',
    join(dirname(dirname(node)), 'lib', file),
    join(dirname(node), file),
    ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'npm')),
  ]
  const program = candidates
    .filter((candidate) => existsSync(candidate))
    .map((candidate) => realpathSync(candidate))
    .find((candidate) => basename(candidate) === 'npm-cli.js')
  if (program) return [program, ...args]
  console.error(
    `Installing packages needs npm, which is neither next to Node (${node}) nor on the PATH: install it, and run this again.`,
  )
  process.exit(1)
}

/** Prints the program's output only if it fails. */
async function run(/** @type {string} */ title, /** @type {string[]} */ program, cwd = root) {
  const startedAt = Date.now()
  const elapsed = () => `${Math.round((Date.now() - startedAt) / 1_000)} s`
  console.error(`${title} …`)
  const ticker = setInterval(() => console.error(`  still working, ${elapsed()}`), PROGRESS_EVERY_MS)
  const { code, output } = await outcome(spawnBoundNode(program, { cwd, output: 'pipe', node }))
  clearInterval(ticker)
  if (code === 0) return console.error(`  done in ${elapsed()}`)
  console.error(output)
  console.error(`${title} failed (see above). Run the same command again to continue.`)
  process.exit(1)
}

/** @returns {Promise<{ code: number | null, output: string }>} */
function outcome(/** @type {import('node:child_process').ChildProcess} */ child) {
  return new Promise((resolve, reject) => {
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
