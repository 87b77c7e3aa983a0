import { createHash } from 'node:crypto'
import { nodeEnv } from '#lib/env/node.ts'

const ID_BYTES = 8

/** `AUDIT_SEAL_SECRET`, newest first: the first seals, all verify (decision 0025). */
export function sealSecrets(): string[] {
  return nodeEnv().auditSealSecrets
}

/** The secret that records, seals and prunes. */
export function newestSecret(): string {
  const [newest] = sealSecrets()
  if (newest === undefined) throw new Error('AUDIT_SEAL_SECRET is empty')
  return newest
}

/** What a seal keeps of its secret, to name one that is missing: 16 hexadecimal digits that say nothing about it. */
export function secretId(secret: string): string {
  return createHash('sha256')
    .update(`taskward audit secret id v1\0${secret}`)
    .digest()
    .toString('hex', 0, ID_BYTES)
}

/** The secret that a seal names, if the ring lacks it. */
export function missingSecretOf(keyId: string | null): string | null {
  return keyId !== null && !sealSecrets().map(secretId).includes(keyId) ? keyId : null
}
