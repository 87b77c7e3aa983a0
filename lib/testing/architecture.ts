import path from 'node:path'
import { ALLOWED_IMPORTS, EXCEPTIONS, OBSERVABILITY, SHARED } from './allowed-imports.ts'
import { type Import, importsOf, isTest, type Project, reach } from './import-graph.ts'

/** Returns one line for each violation. */
type Rule = (project: Project) => string[]

const GATE_FILES =
  /^(middleware\.ts|lib\/gate\/.+|lib\/env\/edge\.ts|lib\/auth\/policy\.ts|lib\/(result|time|escape-html|keep-newest)\.ts)$/
const GATE_PACKAGES = ['jose', 'zod']
const NEXT_USERS =
  /^(app\/.+|middleware\.ts|instrumentation\.ts|next\.config\.ts|lib\/gate\/.+|lib\/http\/.+|lib\/auth\/(next-auth|actor)\.ts)$/
const NEXT_IN_COMPONENTS = ['next/link', 'next/navigation']
const SERVER_ONLY =
  /^(lib\/(db|env|boot)\/|lib\/(auth\/actor|log|metrics|trace)\.ts$|node:|next\/(headers|server)$|pg$|bcryptjs$|@prisma\/)/
const ENVIRONMENT_READERS =
  /^(lib\/(env|testing)\/|scripts\/|e2e\/|bench\/|instrumentation\.ts$|[\w-]+\.config\.ts$)/
const COMMAND_LINE = 'lib/operator/command-line.ts'
const OPERATOR_MAKERS = ['lib/actor.ts', COMMAND_LINE]
const FORBIDDEN_NAMES = ['index', 'util', 'utils', 'helper', 'helpers', 'misc', 'common', 'type', 'types']
const MAX_LINES = 200

export const RULES: Record<string, Rule> = {
  'middleware.ts reaches only the gate, jose and zod': (project) => {
    const allowed = (to: string, by: string) =>
      GATE_FILES.test(to) ||
      GATE_PACKAGES.includes(to) ||
      (to === 'next/server' && /^(middleware\.ts|lib\/gate\/.+)$/.test(by))
    return [...reach(project, 'middleware.ts')]
      .filter(([to, way]) => !allowed(to, way.at(-2) ?? ''))
      .map(([, way]) => way.join(' → '))
  },

  'only entrances, lib/gate and lib/http import next': (project) =>
    lines(
      production(project).filter(({ from, to }) => {
        if (to !== 'next' && !to.startsWith('next/')) return false
        return from.startsWith('components/') ? !NEXT_IN_COMPONENTS.includes(to) : !NEXT_USERS.test(from)
      }),
    ),

  'only lib/auth/next-auth.ts imports the auth library': (project) =>
    lines(
      production(project).filter(
        ({ from, to }) => /^(next-auth|@auth\/)/.test(to) && from !== 'lib/auth/next-auth.ts',
      ),
    ),

  'components and forms reach server code only through server actions': (project) => {
    return reachInBrowser(project)
      .filter(([to]) => SERVER_ONLY.test(to))
      .map(([, way]) => way.join(' → '))
  },

  'each schema of a page forbids zod to compile code before it is made': (project) => {
    const imports = importsOf(project).filter(({ to, typeOnly }) => to === 'zod' && !typeOnly)
    const schemas = new Set(imports.map(({ from }) => from))
    const inBrowser = new Set(reachInBrowser(project).map(([to]) => to))
    return [...inBrowser].filter(
      (file) =>
        schemas.has(file) &&
        !isServerAction(file, project) &&
        file !== 'lib/jitless-zod.ts' &&
        !reach(project, file).has('lib/jitless-zod.ts'),
    )
  },

  'a folder of lib imports only the folders that it may': (project) =>
    lines(
      production(project).filter(({ from, to }) => {
        const folder = Object.keys(ALLOWED_IMPORTS).find((name) => from.startsWith(name))
        if (!folder || !to.startsWith('lib/') || SHARED.includes(to) || isExcepted(from, to)) return false
        return ![folder, ...(ALLOWED_IMPORTS[folder] ?? [])].some((allowed) => to.startsWith(allowed))
      }),
    ),

  'pages, actions, routes and components import neither database nor environment': (project) =>
    lines(
      production(project).filter(
        ({ from, to }) =>
          /^(app|components)\//.test(from) && /^lib\/(db|env)\//.test(to) && !isExcepted(from, to),
      ),
    ),

  'two files make operators, and only scripts import the command line': (project) => [
    ...[...project]
      .filter(
        ([file, source]) =>
          !isForTests(file) && !OPERATOR_MAKERS.includes(file) && /\bas Operator\b/.test(source),
      )
      .map(([file]) => file),
    ...lines(production(project).filter(({ to }) => to === COMMAND_LINE)),
  ],

  'shared files import only zod and each other': (project) =>
    lines(
      production(project).filter(
        ({ from, to }) => SHARED.includes(from) && to !== 'zod' && !SHARED.includes(to),
      ),
    ),

  'metrics and tracing import one library each and nothing else': (project) =>
    lines(
      production(project).filter(
        ({ from, to }) => OBSERVABILITY.includes(from) && !['prom-client', '@opentelemetry/api'].includes(to),
      ),
    ),

  'production code imports no tests': (project) =>
    lines(
      importsOf(project).filter(
        ({ from, to }) => !isForTests(from) && (isForTests(to) || /^(vitest|@playwright\/)/.test(to)),
      ),
    ),

  'only lib/env and configuration files read process.env': (project) =>
    [...project].flatMap(([file, source]) => {
      if (isTest(file) || ENVIRONMENT_READERS.test(file)) return []
      return source.includes('process.env') ? [file] : []
    }),

  'no barrels, and no file or folder named utils, helpers, misc, common or types': (project) =>
    [...project.keys()].filter((file) =>
      file.split('/').some((part) => FORBIDDEN_NAMES.includes(part.split('.')[0] ?? '')),
    ),

  [`no source is longer than ${MAX_LINES} lines`]: (project) =>
    [...project]
      .map(([file, source]) => ({ file, length: source.trimEnd().split('\n').length }))
      .filter(({ file, length }) => !isTest(file) && length > MAX_LINES)
      .map(({ file, length }) => `${file}: ${length}`),

  'every exception is still needed': (project) => {
    const needed = importsOf(project)
    return EXCEPTIONS.filter(({ from, to }) => !needed.some((one) => one.from === from && one.to === to)).map(
      ({ from, to }) => `${from} → ${to}`,
    )
  },
}

function isExcepted(from: string, to: string): boolean {
  return EXCEPTIONS.some((exception) => exception.from === from && exception.to === to)
}

/** Scripts count as tests, because some of them run the tests, and so does the benchmark. */
function isForTests(file: string): boolean {
  // Read by the build alone, not by the server.
  return isTest(file) || file === 'next.config.ts' || /^(bench|e2e|lib\/testing|scripts)\//.test(file)
}

function isInBrowser(file: string, source: string): boolean {
  return file.startsWith('components/') || file.endsWith('-form.tsx') || /^['"]use client['"]/.test(source)
}

function isServerAction(file: string, project: Project): boolean {
  return /^['"]use server['"]/.test(project.get(file) ?? '')
}

/** What scripts of pages import, each with the path of imports that leads to it. */
function reachInBrowser(project: Project): [string, string[]][] {
  return [...project.keys()]
    .filter((file) => !isTest(file) && isInBrowser(file, project.get(file) ?? ''))
    .flatMap((file) => [...reach(project, file, (one) => isServerAction(one, project))])
}

/** The imports of production code, type imports included. */
function production(project: Project): Import[] {
  return importsOf(project).filter(({ from }) => !isForTests(from))
}

function lines(imports: Import[]): string[] {
  return imports.map(({ from, to }) => `${from} → ${path.posix.normalize(to)}`)
}
