import { createHash } from 'node:crypto'
import pg from 'pg'

/** Secrets that must not appear anywhere, by their descriptions. */
export type Canaries = Map<string, string>

type Match = { secret: string; encoding: string; place: string }

/** A secret in the encodings and hashes in which programs may write it. */
function encodingsOf(secret: string): Record<string, string> {
  const bytes = Buffer.from(secret)
  const hash = createHash('sha256').update(secret).digest()
  return {
    plain: secret,
    'URL-encoded': encodeURIComponent(secret),
    'form-encoded': new URLSearchParams({ x: secret }).toString().slice(2),
    base64: bytes.toString('base64').replace(/=+$/, ''),
    base64url: bytes.toString('base64url'),
    hex: bytes.toString('hex'),
    'SHA-256 in hex': hash.toString('hex'),
    'SHA-256 in base64': hash.toString('base64').replace(/=+$/, ''),
    'SHA-256 in base64url': hash.toString('base64url'),
  }
}

/** Searches a text for secrets in any encoding, and for bcrypt hashes. */
export function findSecrets(text: string, canaries: Canaries, place: string): Match[] {
  const matches = [...canaries].flatMap(([name, secret]) =>
    Object.entries(encodingsOf(secret))
      .filter(([, form]) => text.includes(form))
      .map(([encoding]) => ({ secret: name, encoding, place })),
  )
  return /\$2[aby]\$\d\d\$/.test(text)
    ? [...matches, { secret: 'some password', encoding: 'bcrypt', place }]
    : matches
}

/** Searches every row of every table of the database at `url`. */
export async function findSecretsInTables(url: string, canaries: Canaries): Promise<Match[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    )
    const matches: Match[] = []
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM ${name} AS t`)
      matches.push(...findSecrets(rows.map(({ text }) => text).join('\n'), canaries, `table ${name}`))
    }
    return matches
  } finally {
    await client.end()
  }
}
