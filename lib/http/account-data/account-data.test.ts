import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { AccountData } from './open-account-data.ts'
import { toJson } from './to-json.ts'
import { toZip } from './to-zip.ts'

async function* pagesOf(...pages: object[][]) {
  yield* pages
}

function makeData(): AccountData {
  return {
    profile: { email: 'ann@example.com', name: null },
    lists: {
      tasks: pagesOf([{ title: '=1+1', done: false }], [{ title: 'a "b"\nc', done: true }]),
      lists: pagesOf([]),
      changes: pagesOf([]),
      sessions: pagesOf([]),
      events: pagesOf([{ at: new Date('2026-11-29T12:00:00Z'), details: { n: 1 } }], []),
    },
  }
}

async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const part of parts) text += part
  return text
}

test('the JSON file has every row of every page, and an empty list', async () => {
  expect(JSON.parse(await textOf(toJson(makeData())))).toEqual({
    profile: { email: 'ann@example.com', name: null },
    tasks: [
      { title: '=1+1', done: false },
      { title: 'a "b"\nc', done: true },
    ],
    lists: [],
    changes: [],
    sessions: [],
    events: [{ at: '2026-11-29T12:00:00.000Z', details: { n: 1 } }],
  })
})

test('the ZIP file has a CSV file of each list, without formulas', async () => {
  const chunks: Uint8Array[] = []
  for await (const chunk of toZip(makeData())) chunks.push(chunk)
  const files = Object.entries(unzipSync(Buffer.concat(chunks))).map(([name, bytes]) => [
    name,
    new TextDecoder().decode(bytes),
  ])
  expect(Object.fromEntries(files)).toEqual({
    'profile.csv': '"email","name"\r\n"ann@example.com",""\r\n',
    'tasks.csv': '"title","done"\r\n"\'=1+1","false"\r\n"a ""b""\\u{a}c","true"\r\n',
    'lists.csv': '',
    'changes.csv': '',
    'sessions.csv': '',
    'events.csv': '"at","details"\r\n"2026-11-29T12:00:00.000Z","{""n"":1}"\r\n',
  })
})
