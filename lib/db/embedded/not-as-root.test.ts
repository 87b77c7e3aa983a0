import {
  chmodSync,
  chownSync,
  lstatSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { clusterFiles } from './cluster.ts'
import { endLease, startEmbedded, stopEmbeddedIfUnused } from './embedded.ts'
import { identityFor, identityOf } from './not-as-root.ts'
import { readPostmaster } from './postmaster.ts'
import { stopServer } from './server.ts'

const PATIENCE_MS = 60_000
const NOBODY = 65534

let parent: string
let folder: string

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'taskward-root-'))
  folder = path.join(parent, 'postgres')
})

afterEach(async () => {
  vi.restoreAllMocks()
  await endLease(folder)
  await stopServer(folder)
  await rm(parent, { recursive: true, force: true })
})

const start = () => startEmbedded({ folder, settings: { fsync: 'off' } })
const stop = () => stopEmbeddedIfUnused({ folder })
/** Of the real, effective, saved and file system user of the server, as the machine sees them from outside. */
function usersOfServer(): string | undefined {
  const pid = readPostmaster(clusterFiles(folder).data)?.pid
  return /^Uid:\s+(.+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
}
const asUser = (uid: number) => Array(4).fill(uid).join('\t')
const owners = (from: string) =>
  new Set(
    readdirSync(from, { recursive: true, encoding: 'utf8' }).map(
      (entry) => lstatSync(path.join(from, entry)).uid,
    ),
  )

test('runs the server as the current user if that is not root', () => {
  vi.spyOn(process, 'getuid').mockReturnValue(1000)
  expect(identityFor(folder, '/bin/true')).toEqual({ prefix: [], ids: {}, owner: null })
  expect(identityOf(clusterFiles(folder))).toEqual({ prefix: [], ids: {}, owner: null })
})

if (process.getuid?.() === 0 && process.platform === 'linux') {
  test(
    'runs the server as the user `nobody` if root starts it, with access to its data and to no password',
    async () => {
      chmodSync(parent, 0o711)
      const url = await start()
      expect(usersOfServer()).toBe(asUser(NOBODY))
      const { data, log, password, administratorPassword, port } = clusterFiles(folder)
      expect([...owners(data), lstatSync(data).uid, lstatSync(log).uid]).toEqual([NOBODY, NOBODY, NOBODY])
      for (const file of [folder, password, administratorPassword, port]) expect(lstatSync(file).uid).toBe(0)
      expect(readdirSync(folder).sort()).toEqual([
        'administrator-password',
        'cluster',
        'password',
        'port',
        'server.log',
      ])
      await stop()
      expect(readPostmaster(data)).toBeNull()
      expect(await start()).toBe(url)
    },
    PATIENCE_MS,
  )

  test(
    'runs the server in a user namespace while `nobody` cannot reach the folder',
    async () => {
      const url = await start()
      expect(usersOfServer()).toBe(asUser(0))
      const { data, log } = clusterFiles(folder)
      // While it runs, its files stay its own.
      chmodSync(parent, 0o711)
      expect(await start()).toBe(url)
      await stop()
      expect(lstatSync(data).uid).toBe(0)

      // As a crash half-way would leave it; and a link that leads out is not followed.
      chownSync(path.join(data, 'base'), NOBODY, NOBODY)
      const outside = path.join(parent, 'outside')
      writeFileSync(outside, '')
      symlinkSync(outside, path.join(data, 'link'))
      expect(await start()).toBe(url)
      expect(usersOfServer()).toBe(asUser(NOBODY))
      expect([...owners(data), lstatSync(log).uid]).toEqual([NOBODY, NOBODY])
      expect(lstatSync(outside).uid).toBe(0)
      await stop()

      chmodSync(parent, 0o700)
      expect(await start()).toBe(url)
      expect(usersOfServer()).toBe(asUser(0))
      expect([...owners(data), lstatSync(log).uid]).toEqual([0, 0])
      expect(lstatSync(folder).mode & 0o777).toBe(0o700)
    },
    PATIENCE_MS,
  )
}
