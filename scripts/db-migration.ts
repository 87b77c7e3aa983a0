// npm run db:migration -- <name>: writes the migration from the migrations so far to prisma/schema.prisma.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { administratorUrl, startEmbedded, stopEmbeddedIfUnused } from '#lib/db/embedded/embedded.ts'
import { migrationsFolder } from '#lib/db/migrations/migration-list.ts'
import { migrationScript } from '#lib/db/migrations/migration-script.ts'
import { fail } from './setup/fail.ts'
import { migrationFolderName } from './setup/migration-name.ts'
import { root } from './setup/root.ts'

process.chdir(root)
const folderName = migrationFolderName(process.argv[2], new Date())
if (!folderName) fail('Give the migration a name of lower-case words: npm run db:migration -- add_due_dates')

await startEmbedded()
// The migrations run in a temporary database, which the application's role may not create.
const sql = await migrationScript(administratorUrl() ?? '').finally(() => stopEmbeddedIfUnused())
if (!sql) {
  console.log('Nothing to migrate: the migrations lead to prisma/schema.prisma already.')
} else {
  const folder = join(migrationsFolder(), folderName)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'migration.sql'), sql)
  console.log(`Wrote prisma/migrations/${folderName}/migration.sql: read it before you commit it.`)
}
