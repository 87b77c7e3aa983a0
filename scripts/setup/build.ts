import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildFingerprint } from './fingerprint.ts'
import { archiveStaticFiles, restoreStaticFiles } from './keep-static-files.ts'
import { withLock } from './lock.mjs'
import { root } from './root.ts'
import { runNext } from './run-tool.ts'

const nextFolder = join(root, '.next')
/** Written last, so that an interrupted build has none. A build by hand removes it with the rest of the folder. */
const stamp = join(nextFolder, 'taskward-fingerprint')

/** A second caller waits for the first. @returns whether there is a build that fits the sources */
export async function buildIfNeeded(): Promise<boolean> {
  return isUpToDate() || alone(async () => isUpToDate() || build())
}

/** Also makes `.next/standalone`, which `npm start` does not need. */
export async function buildStandalone(): Promise<boolean> {
  return alone(() => build({ TASKWARD_STANDALONE: '1' }))
}

function alone(work: () => Promise<boolean>): Promise<boolean> {
  return withLock(join(root, '.data', 'build.lock'), work, () =>
    console.log('Waiting for another build of this folder to finish …'),
  )
}

async function build(variables: Record<string, string> = {}): Promise<boolean> {
  console.log('Building the application (a minute or so; only after changes) …')
  // Taken first: if a file changes during the build, the next start builds again.
  const fingerprint = buildFingerprint(root)
  rmSync(stamp, { force: true })
  archiveStaticFiles(nextFolder, new Date())
  const code = await runNext('production', ['build'], variables)
  if (code !== 0) return false
  restoreStaticFiles(nextFolder, new Date())
  writeFileSync(stamp, fingerprint)
  return true
}

function isUpToDate(): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === buildFingerprint(root)
}
