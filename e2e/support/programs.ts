import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The path of a program, also in folders that only root's PATH has; undefined if there is none. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin']
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file))
}
