import { randomBytes, randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { edgeEnv } from '#lib/env/edge.ts'
import { openMail, sealMail } from './seal-mail.ts'

const MAIL = {
  to: 'ann@example.org',
  subject: 'Ünïcode',
  text: 'the secret link',
  html: '<p>the secret link</p>',
}
const env = edgeEnv()
const secrets = env.jwtSecrets
const newSecret = () => randomBytes(32).toString('base64url')

afterEach(() => {
  env.jwtSecrets = secrets
})

test('opens what was sealed for the same row', async () => {
  const id = randomUUID()
  const sealed = await sealMail(MAIL, id)
  expect(Buffer.from(sealed).includes('secret')).toBe(false)
  expect(Buffer.from(sealed).includes('ann@')).toBe(false)
  expect(await openMail(sealed, id)).toEqual(MAIL)
  expect(await openMail(sealed, randomUUID())).toBeNull()
})

test('seals the same mail differently each time', async () => {
  const id = randomUUID()
  expect(await sealMail(MAIL, id)).not.toEqual(await sealMail(MAIL, id))
})

test('returns null for a seal that was changed or cut', async () => {
  const id = randomUUID()
  const sealed = await sealMail(MAIL, id)
  const changed = sealed.slice()
  changed[20] = (changed[20] ?? 0) ^ 1
  expect(await openMail(changed, id)).toBeNull()
  expect(await openMail(sealed.slice(0, 15), id)).toBeNull()
  expect(await openMail(new Uint8Array(), id)).toBeNull()
})

test('opens a mail after the secret was rotated, until the old one is removed', async () => {
  const id = randomUUID()
  const sealed = await sealMail(MAIL, id)
  const rotated = [newSecret(), ...secrets]
  env.jwtSecrets = rotated
  expect(await openMail(sealed, id)).toEqual(MAIL)
  const later = await sealMail(MAIL, id)
  env.jwtSecrets = rotated.slice(0, 1)
  expect(await openMail(sealed, id)).toBeNull()
  expect(await openMail(later, id)).toEqual(MAIL)
})
