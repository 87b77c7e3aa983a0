import { channel } from 'node:diagnostics_channel'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { KNOWN_ACTIONS_HEADER } from '#lib/gate/internal-headers.ts'
import { readActionIds, setKnownActions } from './set-known-actions.ts'

const folder = mkdtempSync(join(tmpdir(), 'taskward-actions-'))
const list = join(folder, 'list.json')

afterAll(() => rmSync(folder, { recursive: true }))

test('sets the actions of the build on every post, whatever the client sends', () => {
  writeFileSync(list, JSON.stringify({ node: { a1: {}, b2: {} }, edge: {} }))
  setKnownActions(list)
  const mark = (method: string) => {
    const request = { method, headers: { [KNOWN_ACTIONS_HEADER]: 'mine' } }
    channel('http.server.request.start').publish({ request })
    return request.headers[KNOWN_ACTIONS_HEADER]
  }
  expect(mark('POST')).toBe('a1 b2')
  expect(mark('GET')).toBeUndefined()
})

test('rejects a list without actions', () => {
  for (const text of ['{}', '{"node":{}}']) expect(() => readActionIds(text)).toThrow('no server actions')
})
