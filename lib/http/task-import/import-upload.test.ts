import { beforeEach, expect, test } from 'vitest'
import { type AuthenticatedActor, authenticate } from '#lib/auth/session/authenticate.ts'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { db } from '#lib/db/client.ts'
import { previewImport } from '#lib/tasks/import/preview-import.ts'
import { getUploadPreview, saveUpload } from '#lib/tasks/import/uploads.ts'
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

test('a form that is sent twice imports once', async () => {
  const id = await upload('title\nA\n')
  const answers = await Promise.all([importUpload(actor, { id, now }), importUpload(actor, { id, now })])
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(answers).toContainEqual({ ok: false, error: { code: 'UPLOAD_NOT_FOUND' } })
  expect([await db().task.count(), await getUploadPreview(actor, now)]).toEqual([1, null])
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
