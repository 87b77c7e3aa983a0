import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** A build also reads the settings next to these folders. */
const FOLDERS = ['app', 'components', 'lib', 'prisma', 'public']
const SETTINGS = /^[^/]+\.(ts|mts|js|mjs|cjs|json)$/
/** Tests, and what tools make from the schema and the pages. */
const IRRELEVANT = /\.test\.ts$|^next-env\.d\.ts$|^lib\/(testing|db\/generated)\//

/** A hash of everything that a build below `folder` depends on: the sources, Node and the platform. */
export function buildFingerprint(folder: string): string {
  const machine = [process.version, process.platform, process.arch].join()
  return createHash('sha256').update(machine).update(sourceFingerprint(folder)).digest('hex')
}

/** The same for the same sources on every machine (decision 0033). Digits only: ad blockers block addresses that contain "ad". */
export function buildId(folder: string): string {
  return createHash('sha256').update(sourceFingerprint(folder)).digest().readBigUInt64BE().toString()
}

function sourceFingerprint(folder: string): string {
  const hash = createHash('sha256')
  for (const [name, value] of Object.entries(process.env).sort()) {
    if (/^NEXT_(PUBLIC_|SERVER_ACTIONS_ENCRYPTION_KEY$)/.test(name)) hash.update(`\0${name}=${value}`)
  }
  for (const file of sourceFiles(folder)) {
    hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)))
  }
  return hash.digest('hex')
}

/** In one order everywhere, with slashes. Without `globSync`, which Node 20 does not have. */
function sourceFiles(folder: string): string[] {
  const settings = readdirSync(folder).filter((name) => SETTINGS.test(name))
  const sources = FOLDERS.flatMap((name) => filesBelow(join(folder, name)))
  return [...settings, ...sources.map((file) => relative(folder, file).split(sep).join('/'))]
    .filter((file) => !IRRELEVANT.test(file))
    .sort()
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
