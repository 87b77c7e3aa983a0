import { createHash } from 'node:crypto'
import { nodeEnv } from '#lib/env/node.ts'

const ID_BYTES = 8

/** `AUDIT_SEAL_SECRET`, newest first: the first seals, all verify (docs/decisions/0025-rotating-the-audit-seal-secret.md). */
export function sealSecrets(): string[] {
  return nodeEnv().auditSealSecrets
}

export function newestSecret(): string {
  const [newest] = sealSecrets()
  if (newest === undefined) throw new Error('AUDIT_SEAL_SECRET is empty')
  return newest
}

/** An id that a seal stores, to name a missing secret: 16 hexadecimal digits, from which nothing can be derived. */
export function secretId(secret: string): string {
  return createHash('sha256')
    .update(`taskward audit secret id v1\0${secret}`)
    .digest()
    .toString('hex', 0, ID_BYTES)
}

export function missingSecretOf(keyId: string | null): string | null {
  return keyId !== null && !sealSecrets().map(secretId).includes(keyId) ? keyId : null
}
