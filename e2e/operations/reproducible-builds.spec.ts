import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import config from '../../next.config.ts'
import { root } from '../../scripts/setup/root.ts'
import { call } from '../support/api.ts'
import { startServer } from '../support/server.ts'

// Instances that are built in different folders serve each other's pages (decision 0033). So nothing that a browser
// receives may depend on the folder or on chance.

const KEY = createHash('sha256').update('taskward server actions v1').digest('base64')

type Action = { filename: string; exportedName: string }

test('derives an action’s id from its file and name only', () => {
  const list = readFileSync(join(root, '.next/server/server-reference-manifest.json'), 'utf8')
  const actions = Object.entries((JSON.parse(list) as { node: Record<string, Action> }).node)
  expect(actions.length).toBeGreaterThan(10)
  for (const [id, { filename, exportedName }] of actions) {
    const hash = createHash('sha1').update(`${KEY}${filename}:${exportedName}`).digest('hex')
    expect(id.slice(2), filename).toBe(hash)
    expect(filename).toMatch(/^app\//)
  }
})

test('derives the build id from the sources and sends it in pages', async () => {
  const id = readFileSync(join(root, '.next/BUILD_ID'), 'utf8')
  expect(id).toBe(await config.generateBuildId?.())
  expect((await call('/login')).text).toContain(id)
})

test('no file for browsers contains the folder of the build', () => {
  const folder = join(root, '.next/static')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  expect(files.length).toBeGreaterThan(20)
  for (const { parentPath, name } of files) {
    expect(readFileSync(join(parentPath, name)).includes(root), name).toBe(false)
  }
})

test('serves the files of older builds that are not in its manifests', async () => {
  const path = '_next/static/chunks/of-an-older-build.js'
  const file = join(root, path.replace('_next', '.next'))
  writeFileSync(file, '// An older build.')
  try {
    const server = await startServer()
    const answer = await call(`/${path}`, { server: server.url })
    await server.stop()
    expect([answer.status, answer.text]).toEqual([200, '// An older build.'])
    expect(answer.headers.get('cache-control')).toContain('immutable')
  } finally {
    rmSync(file)
  }
})
