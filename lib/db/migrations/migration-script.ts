import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { readMigrationList } from './migration-list.ts'
import { NO_FILTERS, withSchemaEngine } from './schema-engine.ts'

/** Uses a temporary database at `url`. @returns the SQL that leads to prisma/schema.prisma, empty if none is needed */
export async function migrationScript(url: string): Promise<string> {
  const content = await readFile(path.join(process.cwd(), 'prisma', 'schema.prisma'), 'utf8')
  const migrations = await readMigrationList()
  const { stdout } = await withSchemaEngine(url, (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...migrations },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    }),
  )
  return stdout?.includes('empty migration') ? '' : (stdout ?? '')
}
