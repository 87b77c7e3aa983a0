import { beforeEach, expect, test } from 'vitest'
import { type AuthenticatedActor, authenticate } from '#lib/auth/session/authenticate.ts'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { db } from '#lib/db/client.ts'
import { previewImport } from '#lib/tasks/import/preview-import.ts'
import { discardUpload, getUploadPreview, saveUpload } from '#lib/tasks/import/uploads.ts'
import { undoBatch } from '#lib/tasks/journal/undo-batch.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser, makeClient } from '#lib/testing/factories.ts'
import { importUpload } from './import-upload.ts'
import { readFile } from './read-file.ts'

const now = new Date()
let actor: AuthenticatedActor

beforeEach(async () => {
  await emptyTables()
  const { access } = await withAccessToken(await createSession(await createUser()), now)
  const authenticated = await authenticate(access.token, { client: makeClient(), now })
  if (!authenticated.ok) throw new Error(authenticated.error.code)
  actor = authenticated.value
})

/** As the page does. @returns the id that its button sends */
async function upload(text: string): Promise<string> {
  const file = Buffer.from(text)
  const read = await readFile(actor, file, { now })
  if (!read.ok) throw new Error(read.error.code)
  await saveUpload(actor, { file, preview: await previewImport(actor, read.value), now })
  return (await getUploadPreview(actor, now))?.id ?? ''
}

test('a form that is sent twice, at the same moment or later, imports once and is answered alike', async () => {
  const id = await upload('title\nA\n')
  const answers = await Promise.all([importUpload(actor, { id, now }), importUpload(actor, { id, now })])
  answers.push(await importUpload(actor, { id, now }))
  expect(answers).toEqual(Array(3).fill({ ok: true, value: null }))
  expect([await db().task.count(), await getUploadPreview(actor, now)]).toEqual([1, null])
  expect(await undoBatch(actor, id, { now })).toMatchObject({ value: { undone: { length: 1 }, skipped: [] } })
})

test('a file that was replaced, discarded or never there imports nothing', async () => {
  const first = await upload('title\nA\n')
  const second = await upload('title\nB\n')
  await discardUpload(actor, second)
  for (const id of [first, second, actor.userId]) {
    expect(await importUpload(actor, { id, now })).toEqual({ ok: false, error: { code: 'UPLOAD_NOT_FOUND' } })
  }
  expect(await db().task.count()).toBe(0)
})

test('a file stays where a quota refuses it, and where the database fails', async () => {
  const id = await upload('title\nA\n')
  await db().taskCounter.create({ data: { userId: actor.userId, seq: 0, openTasks: 20_000 } })
  expect(await importUpload(actor, { id, now })).toMatchObject({ error: { code: 'QUOTA_EXCEEDED' } })
  await db().taskCounter.deleteMany()
  await db().$executeRaw`ALTER TABLE tasks ADD CONSTRAINT broken CHECK (title <> 'A') NOT VALID`
  const failed = importUpload(actor, { id, now }).finally(
    () => db().$executeRaw`ALTER TABLE tasks DROP CONSTRAINT broken`,
  )
  await expect(failed).rejects.toThrow('broken')
  expect(await importUpload(actor, { id, now })).toMatchObject({ ok: true })
})

test('a file of any characters can be previewed', async () => {
  await upload('TYPE,CONTENT,DATE\ntask,A,"never\0 \u{1b}\u{85}😀"\ntask,\0,\nsection,\0,\n')
  const { preview } = (await getUploadPreview(actor, now)) ?? {}
  expect(preview).toMatchObject({ tasks: 0, problemCount: 3 })
  expect(preview?.problems[0]?.issue).toBe('is not a date that we can read: “never 😀”')
})
