import { createHash, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashToken } from '#lib/auth/hash-token.ts'
import { newRefreshToken, openSuccessor, sealSuccessor } from './refresh-token.ts'

test('creates tokens of 256 random bits', () => {
  const tokens = Array.from({ length: 100 }, newRefreshToken)
  expect(new Set(tokens).size).toBe(100)
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/)
})

test('hashes a token with SHA-256', () => {
  const token = newRefreshToken()
  expect(Buffer.from(hashToken(token))).toEqual(createHash('sha256').update(token).digest())
})

const [secret, successor, rowId] = [newRefreshToken(), newRefreshToken(), randomUUID()]

test('opens a seal with the used token', () => {
  expect(openSuccessor(sealSuccessor(successor, { secret, rowId }), { secret, rowId })).toBe(successor)
})

test.each([
  ['with another token', newRefreshToken(), rowId],
  ['with the stored hash of the used token', Buffer.from(hashToken(secret)).toString('base64url'), rowId],
  ['moved into another row', secret, randomUUID()],
])('does not open a seal %s', (_, key, row) => {
  const sealed = sealSuccessor(successor, { secret, rowId })
  expect(() => openSuccessor(sealed, { secret: key, rowId: row })).toThrow()
})

test('does not open a seal with a changed byte', () => {
  const sealed = sealSuccessor(successor, { secret, rowId })
  for (let i = 0; i < sealed.length; i += 5) {
    const spoilt = sealed.slice()
    spoilt[i]! ^= 1
    expect(() => openSuccessor(spoilt, { secret, rowId })).toThrow()
  }
  expect(() => openSuccessor(sealed.subarray(0, 20), { secret, rowId })).toThrow()
})

test('seals one successor differently each time, and never in clear text', () => {
  const seals = [1, 2].map(() => Buffer.from(sealSuccessor(successor, { secret, rowId })))
  expect(seals[0]).not.toEqual(seals[1])
  expect(seals[0]!.includes(successor)).toBe(false)
})
