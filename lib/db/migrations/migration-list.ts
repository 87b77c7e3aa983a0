import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm'

const LOCK_FILE = 'migration_lock.toml'

export function migrationsFolder(): string {
  return path.join(process.cwd(), 'prisma', 'migrations')
}

/** In the order in which they apply. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsFolder(), { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

export async function readMigrationList(): Promise<MigrationList> {
  const folder = migrationsFolder()
  const names = await migrationNames()
  const directories = names.map(async (name) => {
    const value = await readFile(path.join(folder, name, 'migration.sql'), 'utf8')
    return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } }
  })
  const content = await readFile(path.join(folder, LOCK_FILE), 'utf8').catch(() => null)
  return {
    baseDir: folder,
    lockfile: { path: LOCK_FILE, content },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(directories),
  }
}
