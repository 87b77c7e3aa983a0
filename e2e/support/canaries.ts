import { createHash } from 'node:crypto'
import pg from 'pg'

/** A secret that must not be found, by what it is. */
export type Canaries = Map<string, string>

/** Which secret a search found, in which disguise, and where. */
type Find = { secret: string; disguise: string; place: string }

/** What a secret looks like after what programs do to texts. */
function disguises(secret: string): Record<string, string> {
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

/** Searches a text for secrets in any disguise, and for bcrypt's hashes. */
export function findSecrets(text: string, canaries: Canaries, place: string): Find[] {
  const finds = [...canaries].flatMap(([name, secret]) =>
    Object.entries(disguises(secret))
      .filter(([, form]) => text.includes(form))
      .map(([disguise]) => ({ secret: name, disguise, place })),
  )
  return /\$2[aby]\$\d\d\$/.test(text)
    ? [...finds, { secret: 'some password', disguise: 'bcrypt', place }]
    : finds
}

/** Searches every row of every table. */
export async function findSecretsInTables(url: string, canaries: Canaries): Promise<Find[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    )
    const finds: Find[] = []
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM ${name} AS t`)
      finds.push(...findSecrets(rows.map(({ text }) => text).join('\n'), canaries, `table ${name}`))
    }
    return finds
  } finally {
    await client.end()
  }
}
