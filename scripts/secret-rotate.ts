// npm run secret:rotate [-- AUDIT_SEAL_SECRET]: puts a new secret in front of the old ones, which still verify.

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AUDIT_RETENTION_DAYS } from '#lib/watch/patterns/thresholds.ts'
import { withNewValue, writeEnvFile } from './setup/env-file.ts'
import { readEnvironment, type Variables } from './setup/environment.ts'
import { fail } from './setup/fail.ts'
import { root } from './setup/root.ts'

/** When the old secrets may go. */
const ADVICE = {
  JWT_SECRET: () =>
    'The old ones may go a day after the restart, when the mails that they sealed have been sent or given up. To end all their tokens immediately, remove them now: browsers renew theirs by themselves, and mails that wait are lost.',
  AUDIT_SEAL_SECRET: (variables: Variables) =>
    `The old ones may go when retention has dropped the events that they sealed, in ${Number(variables.AUDIT_RETENTION_DAYS ?? AUDIT_RETENTION_DAYS) + 2} days: until then, \`npm run audit:verify\` names the one that is missing.`,
}

const [first, second] = process.argv.slice(2)
const isName = (text: string | undefined): text is keyof typeof ADVICE =>
  text !== undefined && Object.hasOwn(ADVICE, text)
if (first && !isName(first) && /^\w+$/.test(first)) {
  fail(`Usage: npm run secret:rotate [-- ${Object.keys(ADVICE).join(' | ')}]`)
}
const name = isName(first) ? first : 'JWT_SECRET'
// Tests pass another folder.
const folder = resolve((isName(first) ? second : first) ?? root)
const file = join(folder, '.env.local')
const secret = randomBytes(32).toString('base64url')
const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
const rotated = withNewValue(text, name, (ring) => `${secret},${ring}`)
if (rotated === null || process.env[name]?.trim()) {
  fail(`${name} is not kept in .env.local: put a new value in front of it, and a comma, where it is set.`)
}
writeEnvFile(file, rotated)

const does = name === 'JWT_SECRET' ? 'signs' : 'seals'
console.log(
  `${name} in .env.local begins with a new secret. Restart the server: the new one ${does}, the old ones verify.`,
)
console.log(ADVICE[name](readEnvironment('production', folder)))
