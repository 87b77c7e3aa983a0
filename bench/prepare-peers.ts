import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildFingerprint } from '../scripts/setup/fingerprint.ts'
import { installPackages } from '../scripts/setup/install.mjs'
import { root, tools } from '../scripts/setup/root.ts'
import { runNext, runTool } from '../scripts/setup/run-tool.ts'
import { PEERS_FOLDER } from './contenders/peer.ts'

const folder = join(root, 'bench')
const stamp = join(PEERS_FOLDER, '.next', 'taskward-fingerprint')

/** Installs the benchmark's own packages and builds the peers, unless both are current. Throws one line. */
export async function preparePeers(): Promise<void> {
  await installPackages(folder)
  const fingerprint = fingerprintOfPeers()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return
  rmSync(stamp, { force: true })
  console.log('Building the peers …')
  const types = await runTool([tools.tsc, '--project', join(folder, 'tsconfig.json')])
  // The libraries read their secret while Next.js collects the routes.
  const secret = 'for the build alone, no server starts with this'
  const build = await runNext('production', ['build', PEERS_FOLDER], {
    AUTH_SECRET: secret,
    BETTER_AUTH_SECRET: secret,
    JWT_SECRET: secret,
  })
  if (types !== 0 || build !== 0) throw new Error('The build of the peers failed (see above).')
  writeFileSync(stamp, fingerprint)
}

function fingerprintOfPeers(): string {
  const hash = createHash('sha256')
  for (const file of [join(folder, 'package-lock.json'), join(root, 'package-lock.json')]) {
    hash.update(readFileSync(file))
  }
  for (const part of [PEERS_FOLDER, join(folder, 'floors')]) hash.update(buildFingerprint(part))
  return hash.digest('hex')
}
