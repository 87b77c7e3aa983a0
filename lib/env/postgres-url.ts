import { z } from 'zod'

const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']

function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)
}

/** `pg` treats an unknown mode as verify-full. */
function hasKnownSslMode(text: string): boolean {
  if (!isPostgresUrl(text)) return true
  return new URL(text).searchParams.getAll('sslmode').every((mode) => SSL_MODES.includes(mode))
}

export const postgresUrl = z
  .string()
  .refine(isPostgresUrl, 'must be a URL such as postgresql://user:password@host:5432/name.')
  .refine(
    hasKnownSslMode,
    `must have an sslmode of ${SSL_MODES.join(', ')}: verify-full for a server on another machine.`,
  )
