import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Source texts by path, relative to the root. */
export type Project = ReadonlyMap<string, string>

/** `to` is a file of the project, or a package's specifier as written. */
export type Import = { from: string; to: string; typeOnly: boolean }

const FOLDERS = ['app', 'bench', 'components', 'e2e', 'lib', 'scripts']
const SOURCE = /\.(ts|tsx|mjs)$/
/** Generated code, and what the benchmark installs and builds for itself. */
const FOREIGN = /^(lib\/db\/generated|bench\/node_modules|bench\/peers\/\.next)\//
const COMMENT = /^\s*(\/\*[\s\S]*?\*\/|\/\/.*$)/gm
const STATIC = /^(?:import|export)\s+(?:(type)\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]/gm
const DYNAMIC = /(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]/g
/** Bundlers find a worker's file by this form. The empty group means a missing `type`. */
const BY_URL = /()new URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g

/** All sources below `root`, with tests and without generated code. */
export function readProject(root: string): Project {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.posix.join(folder, file.replaceAll(path.sep, '/')),
    ),
  )
  const files = [...readdirSync(root), ...inFolders].filter(
    (file) => SOURCE.test(file) && !file.endsWith('.d.ts') && !FOREIGN.test(file),
  )
  return new Map(files.sort().map((file) => [file, readFileSync(path.join(root, file), 'utf8')]))
}

export function isTest(file: string): boolean {
  return /\.(test|spec)\.ts$/.test(file)
}

/** To read all files takes a tenth of a second, and rules ask for each file of the browser. */
const known = new WeakMap<Project, Import[]>()

/** Finds static, dynamic and type imports, re-exports, and workers started by URL. */
export function importsOf(project: Project): Import[] {
  const imports = known.get(project) ?? findImports(project)
  known.set(project, imports)
  return imports
}

function findImports(project: Project): Import[] {
  return [...project].flatMap(([from, source]) => {
    const code = source.replace(COMMENT, '')
    return [STATIC, DYNAMIC, BY_URL].flatMap((pattern) =>
      [...code.matchAll(pattern)].map(([, type, specifier = '']) => ({
        from,
        to: resolve(specifier, from),
        typeOnly: Boolean(type),
      })),
    )
  })
}

/**
 * Follows the run-time imports from `start`, but none of a file for which `isBorder` is true.
 * @returns the path of imports that leads to each file and package
 */
export function reach(
  project: Project,
  start: string,
  isBorder: (file: string) => boolean = () => false,
): Map<string, string[]> {
  const byFile = Map.groupBy(
    importsOf(project).filter(({ typeOnly }) => !typeOnly),
    ({ from }) => from,
  )
  const ways = new Map([[start, [start]]])
  for (const [file, way] of ways) {
    if (isBorder(file)) continue
    for (const { to } of byFile.get(file) ?? []) if (!ways.has(to)) ways.set(to, [...way, to])
  }
  return ways
}

function resolve(specifier: string, from: string): string {
  if (/^#(app|components|lib)\//.test(specifier)) return specifier.slice(1)
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : specifier
}
