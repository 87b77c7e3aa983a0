import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { derivePepperId, pepperPassword } from './pepper.ts'
import { bcryptHash } from './pool.ts'

const pepper = () => randomBytes(32).toString('base64url')
const OLD = pepper()
const NEW = pepper()
const MATCH = { matches: true, outdated: false }
const NO_MATCH = { matches: false, outdated: false }

/** Imports both functions as in a process that started with these settings. */
async function startedWith(peppers: string[], cost = 4) {
  vi.resetModules()
  vi.stubEnv('JWT_SECRET', pepper())
  vi.stubEnv('AUDIT_SEAL_SECRET', pepper())
  vi.stubEnv('PASSWORD_PEPPER', peppers.join(','))
  vi.stubEnv('BCRYPT_COST', String(cost))
  const { hashPassword } = await import('./hash-password.ts')
  const { verifyPassword } = await import('./verify-password.ts')
  return { hash: hashPassword, verifyPassword }
}

afterEach(() => vi.unstubAllEnvs())

describe('with one pepper', () => {
  test('a password matches its own hash only', async () => {
    const { hash, verifyPassword } = await startedWith([NEW])
    const stored = await hash('Sunny-day7')
    expect(stored).toEqual({
      hash: expect.stringMatching(/^\$2b\$04\$/),
      scheme: 2,
      cost: 4,
      pepperId: derivePepperId(NEW),
    })
    expect(await verifyPassword('Sunny-day7', stored)).toEqual(MATCH)
    expect(await verifyPassword('Sunny-day8', stored)).toEqual(NO_MATCH)
  })

  test.each([
    ['the 73rd byte', 'a'.repeat(73), `${'a'.repeat(72)}b`],
    ['the 128th character', `${'a'.repeat(127)}x`, `${'a'.repeat(127)}y`],
    ['the last of 128 emoji', `${'😀'.repeat(127)}😀`, `${'😀'.repeat(127)}😁`],
    ['what follows a NUL', 'secret\0one', 'secret\0two'],
    ['a NUL at the end', 'secret\0', 'secret'],
    ['case', 'Sunny-day7', 'sunny-day7'],
    ['a space at the end', 'Sunny-day7 ', 'Sunny-day7'],
    ['a letter that only NFKC would fold', 'ﬁsh and Ⅳ', 'fish and IV'],
  ])('distinguishes passwords by %s', async (_, password, other) => {
    const { hash, verifyPassword } = await startedWith([NEW])
    const stored = await hash(password)
    expect(await verifyPassword(password, stored)).toEqual(MATCH)
    expect(await verifyPassword(other, stored)).toEqual(NO_MATCH)
  })

  test.each([
    ['an accent', 'caf\u00e9 au lait'],
    ['two accents on one letter', 'Vi\u1ec7t Nam qu\u00ea h\u01b0\u01a1ng'],
    ['Hangul', '\ud55c\uad6d\uc5b4 \ube44\ubc00\ubc88\ud638'],
    ['a sign with two code points', 'K\u212b \u2126'],
  ])('%s matches in every Unicode form that a keyboard may send', async (_, password) => {
    const { hash, verifyPassword } = await startedWith([NEW])
    for (const set of ['NFC', 'NFD'] as const) {
      const stored = await hash(password.normalize(set))
      for (const typed of ['NFC', 'NFD'] as const)
        expect(await verifyPassword(password.normalize(typed), stored)).toEqual(MATCH)
    }
  })

  test('an unknown account never matches', async () => {
    const { verifyPassword } = await startedWith([NEW])
    expect(await verifyPassword('', null)).toEqual(NO_MATCH)
    expect(await verifyPassword('Sunny-day7', null)).toEqual(NO_MATCH)
  })

  test('an unknown account takes as long as a wrong password', async () => {
    const { hash, verifyPassword } = await startedWith([NEW], 8)
    const stored = await hash('Sunny-day7')
    const timesMs = { known: [] as number[], unknown: [] as number[] }
    for (let round = 0; round < 25; round++) {
      for (const kind of ['known', 'unknown'] as const) {
        const started = performance.now()
        await verifyPassword('wrong', kind === 'known' ? stored : null)
        timesMs[kind].push(performance.now() - started)
      }
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[12]!
    const ratio = median(timesMs.unknown) / median(timesMs.known)
    // Without the dummy's comparison it would be about 0.01; a busy machine blurs it by a factor of less than two.
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(2)
  }, 120_000)

  test('parallel verifications each return their own result', async () => {
    const { hash, verifyPassword } = await startedWith([NEW])
    const passwords = Array.from({ length: 20 }, (_, i) => `password ${i}`)
    const stored = await Promise.all(passwords.map(hash))
    const answers = await Promise.all(
      passwords.flatMap((password, i) => [
        verifyPassword(password, stored[i]!),
        verifyPassword(password, stored[(i + 1) % 20]!),
      ]),
    )
    expect(answers).toEqual(passwords.flatMap(() => [MATCH, NO_MATCH]))
  })
})

describe('after a change of the settings', () => {
  const OUTDATED = { matches: true, outdated: true }

  test('a hash under an older pepper matches and is outdated', async () => {
    const stored = await (await startedWith([OLD])).hash('Sunny-day7')
    const { verifyPassword } = await startedWith([NEW, OLD])
    expect(await verifyPassword('Sunny-day7', stored)).toEqual(OUTDATED)
    expect(await verifyPassword('wrong', stored)).toMatchObject({ matches: false })
  })

  test.each([
    ['raised', 4, 5],
    ['lowered', 5, 4],
  ])('a hash from before the cost was %s is outdated', async (_, before, after) => {
    const stored = await (await startedWith([NEW], before)).hash('Sunny-day7')
    const { verifyPassword } = await startedWith([NEW], after)
    expect(await verifyPassword('Sunny-day7', stored)).toEqual(OUTDATED)
  })

  test('a hash of scheme 1 matches byte for byte and is outdated', async () => {
    const { verifyPassword } = await startedWith([NEW])
    const decomposed = 'cafe\u0301 au lait'
    const hash = await bcryptHash(pepperPassword(decomposed, { pepper: NEW, scheme: 1 }), 4)
    const stored = { hash, scheme: 1, cost: 4, pepperId: derivePepperId(NEW) }
    expect(await verifyPassword(decomposed, stored)).toEqual(OUTDATED)
    expect(await verifyPassword(decomposed.normalize('NFC'), stored)).toMatchObject({ matches: false })
  })

  test('the same hash under another pepper does not match', async () => {
    const stored = await (await startedWith([OLD])).hash('Sunny-day7')
    const { verifyPassword } = await startedWith([NEW])
    expect(await verifyPassword('Sunny-day7', { ...stored, pepperId: derivePepperId(NEW) })).toEqual(NO_MATCH)
  })

  test('throws for an unknown pepper or scheme instead of rejecting the password', async () => {
    const { hash, verifyPassword } = await startedWith([NEW])
    const stored = await hash('Sunny-day7')
    await expect(verifyPassword('x', { ...stored, pepperId: derivePepperId(OLD) })).rejects.toThrow('lacks')
    await expect(verifyPassword('x', { ...stored, scheme: 3 })).rejects.toThrow('scheme')
  })
})
