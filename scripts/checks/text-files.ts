import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { root } from '../setup/root.ts'

const FOLDERS = ['app', 'bench', 'components', 'docs', 'e2e', 'lib', 'prisma', 'scripts']
const TEXT = /\.(?:ts|tsx|mjs|css|md|yml|prisma|example)$/
/** Generated and installed code, other projects' test vectors, and migrations, which may no longer change. */
const EXCLUDED =
  /^(?:lib\/db\/generated|lib\/testing\/vectors|prisma\/migrations|bench\/node_modules|bench\/peers\/\.next)\/|next-env\.d\.ts$/

/** @returns the texts of this project by their path from the root; of the changelog only the next version's part */
export function readTextFiles(): Map<string, string> {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      `${folder}/${file}`.replaceAll(sep, '/'),
    ),
  )
  const files = [...readdirSync(root), ...inFolders].filter((file) => TEXT.test(file) && !EXCLUDED.test(file))
  return new Map(files.sort().map((file) => [file, read(file)]))
}

function read(file: string): string {
  const text = readFileSync(join(root, file), 'utf8')
  return file === 'CHANGELOG.md' ? (text.split(/^## (?!\[Unreleased\])/m)[0] ?? '') : text
}
