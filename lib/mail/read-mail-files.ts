import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { mailFolder } from './write-mail-file.ts'

const NAME = /^[\w-]+\.eml$/

/** The names of all mail files, newest first. */
export async function listMailFiles(): Promise<string[]> {
  const names = await readdir(mailFolder()).catch(() => [])
  return names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
}

/** @returns null if there is no such mail; the name cannot lead out of the folder */
export async function readMailFile(name: string): Promise<string | null> {
  if (!NAME.test(name)) return null
  return readFile(path.join(mailFolder(), name), 'utf8').catch(() => null)
}
