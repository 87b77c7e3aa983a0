import { createHash, randomBytes } from 'node:crypto'
import { query } from './sql.ts'

/** The path of a link to reset the password, as an email has it. Replaces an earlier one, like a further email. */
export function createResetLink(userId: string): Promise<string> {
  return createLink(userId, { purpose: 'reset_password', page: '/reset-password' })
}

export function createConfirmationLink(userId: string): Promise<string> {
  return createLink(userId, { purpose: 'confirm_email', page: '/confirm-email' })
}

export function createSecureLink(userId: string): Promise<string> {
  return createLink(userId, { purpose: 'secure_account', page: '/secure-account' })
}

async function createLink(
  userId: string,
  { purpose, page }: { purpose: string; page: string },
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await query(
    `INSERT INTO account_links (user_id, purpose, token_hash, email, created_at, expires_at)
     SELECT id, $3, $2, email, clock_timestamp(), clock_timestamp() + interval '1 hour' FROM users WHERE id = $1
     ON CONFLICT (user_id, purpose) WHERE purpose <> 'secure_account' DO UPDATE SET
       (token_hash, created_at, expires_at) = (excluded.token_hash, excluded.created_at, excluded.expires_at)`,
    [userId, createHash('sha256').update(token).digest(), purpose],
  )
  return `${page}?token=${token}`
}

export function tokenOf(link: string): string {
  return link.slice(link.indexOf('=') + 1)
}
