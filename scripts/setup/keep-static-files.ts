import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { HOUR_MS } from '../../lib/time.ts'

/** A tab with an older page may load files for this long. */
const KEPT_HOURS = 24
/** About twenty builds, for a developer who builds all day. */
const MOST_KEPT = 500

/** Next.js empties its folder at each build, and leaves its cache alone. */
const archiveOf = (nextFolder: string) => join(nextFolder, 'cache', 'taskward-static')
const servedOf = (nextFolder: string) => join(nextFolder, 'static')

/** Call before a build. The time of a copy is the time at which its file became outdated. */
export function archiveStaticFiles(nextFolder: string, now: Date): void {
  const [served, archive] = [servedOf(nextFolder), archiveOf(nextFolder)]
  for (const file of filesIn(served)) {
    const copy = join(archive, file)
    if (existsSync(copy)) continue
    copyFile(join(served, file), copy)
    utimesSync(copy, now, now)
  }
}

/** Call after a build, for open pages. Names contain a hash of the content, so no file changes. */
export function restoreStaticFiles(nextFolder: string, now: Date): void {
  const [served, archive] = [servedOf(nextFolder), archiveOf(nextFolder)]
  const oldest = now.getTime() - KEPT_HOURS * HOUR_MS
  const agedFiles = filesIn(archive)
    .map((file) => ({ file, since: statSync(join(archive, file)).mtimeMs }))
    .sort((a, b) => b.since - a.since)
  for (const [i, { file, since }] of agedFiles.entries()) {
    const isCurrent = existsSync(join(served, file))
    if (isCurrent || since < oldest || i >= MOST_KEPT) rmSync(join(archive, file))
    else copyFile(join(archive, file), join(served, file))
  }
}

function copyFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}
