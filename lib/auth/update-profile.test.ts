import { beforeEach, expect, test } from 'vitest'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, eventNames } from '#lib/testing/factories.ts'
import { LIMITS } from '#lib/throttle/limits.ts'
import { updateProfile } from './update-profile.ts'

beforeEach(emptyTables)

test('changes the given fields alone, and records each change', async () => {
  const actor = await createActor()
  const berlin = { name: 'Ann', timeZone: 'Europe/Berlin' }
  expect(await updateProfile(actor, berlin)).toEqual({ ok: true, value: berlin })
  expect(await updateProfile(actor, { name: null })).toEqual({ ok: true, value: { ...berlin, name: null } })
  expect(await eventNames()).toEqual(['profile_changed', 'profile_changed'])
})

test('beyond the limit changes nothing and leaves one event, so that no account fills the trail', async () => {
  const [actor, other] = [await createActor(), await createActor()]
  const { count } = LIMITS['profile.change']
  for (let i = 0; i < count; i++) await updateProfile(actor, { name: `Ann ${i}` })
  for (let i = 0; i < 3; i++) expect(await updateProfile(actor, { name: 'Eve' })).toMatchObject({ ok: false })
  expect(await eventNames()).toHaveLength(count + 1)
  expect(await updateProfile(other, { name: 'Bob' })).toMatchObject({ ok: true })
})
