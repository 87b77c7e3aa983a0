import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { derivedKeys } from './signing-keys.ts'

const text = new TextEncoder().encode('a text')

test('keys of one purpose decrypt and verify what they made, and those of another do not', async () => {
  const [seal, other] = await Promise.all([derivedKeys('one', 'seal'), derivedKeys('other', 'seal')])
  const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) }
  const sealed = await crypto.subtle.encrypt(algorithm, seal[0] as CryptoKey, text)
  expect(new Uint8Array(await crypto.subtle.decrypt(algorithm, seal[0] as CryptoKey, sealed))).toEqual(text)
  await expect(crypto.subtle.decrypt(algorithm, other[0] as CryptoKey, sealed)).rejects.toThrow()

  const [mac, otherMac] = await Promise.all([derivedKeys('a mac', 'mac'), derivedKeys('another', 'mac')])
  const made = await crypto.subtle.sign('HMAC', mac[0] as CryptoKey, text)
  expect(made.byteLength).toBe(32)
  expect(await crypto.subtle.verify('HMAC', mac[0] as CryptoKey, made, text)).toBe(true)
  expect(await crypto.subtle.verify('HMAC', otherMac[0] as CryptoKey, made, text)).toBe(false)
})

test('leaves the promises of the process on V8’s fast path', () => {
  const program = `
    const isFast = () => %PromiseSpeciesProtector()
    const { derivedKeys, signingKeys } = await import('./lib/gate/signing-keys.ts')
    const before = isFast()
    await Promise.all([signingKeys(), derivedKeys('a', 'mac'), derivedKeys('b', 'seal')])
    console.log(before, isFast())`
  const output = execFileSync(
    process.execPath,
    ['--allow-natives-syntax', '--input-type=module', '--eval', program],
    { cwd: join(import.meta.dirname, '..', '..'), encoding: 'utf8' },
  )
  expect(output.trim()).toBe('true true')
})
