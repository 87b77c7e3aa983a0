import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The rooms that a build looks into, and the settings beside them; a log file in the project's folder is neither. */
const SOURCES = ['{app,components,lib,prisma,public}/**', '*.{ts,mts,js,mjs,cjs,json}']
const IRRELEVANT = ['lib/testing', '**/*.test.ts', 'next-env.d.ts']

/** A hash of everything that a build below `folder` depends on: sources, settings, the lock file, Node and the platform. */
export function buildFingerprint(folder: string): string {
  const hash = createHash('sha256').update([process.version, process.platform, process.arch].join())
  for (const [name, value] of Object.entries(process.env).sort()) {
    if (/^NEXT_(PUBLIC_|SERVER_ACTIONS_ENCRYPTION_KEY$)/.test(name)) hash.update(`\0${name}=${value}`)
  }
  const files = globSync(SOURCES, { cwd: folder, exclude: IRRELEVANT, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.sort()) {
    hash.update(`\0${file.slice(folder.length)}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}
