// npm run secret:rotate: puts a new secret in front of JWT_SECRET. The new one signs, the old ones still verify.

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ACCESS_TOKEN_TTL_SECONDS } from '#lib/auth/policy'
import { withNewValue, writeEnvFile } from './env-file.ts'
import { readEnvironment } from './environment.ts'
import { fail } from './fail.ts'
import { root } from './root.ts'

// Another folder for the tests; people rotate the secret of this one.
const folder = resolve(process.argv[2] ?? root)
const file = join(folder, '.env.local')
const secret = randomBytes(32).toString('base64url')
const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
const rotated = withNewValue(text, 'JWT_SECRET', (ring) => `${secret},${ring}`)
if (rotated === null || process.env.JWT_SECRET?.trim()) {
  fail('JWT_SECRET is not kept in .env.local: put a new value in front of it, and a comma, where it is set.')
}
writeEnvFile(file, rotated)

const seconds = Number(
  readEnvironment('production', folder).ACCESS_TOKEN_TTL_SECONDS ?? ACCESS_TOKEN_TTL_SECONDS,
)
console.log(
  'JWT_SECRET in .env.local begins with a new secret. Restart the server: the new one signs, the old ones verify.',
)
console.log(
  `The old ones may go ${Math.ceil(seconds / 60)} minutes after the restart, when the last token that they signed has ended. To end all their tokens at once, remove them now: browsers renew theirs by themselves.`,
)
