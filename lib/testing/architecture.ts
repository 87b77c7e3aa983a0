import path from 'node:path'
import { type Import, importsOf, isTest, type Project, reach } from './import-graph.ts'

/** A rule of the house plan: a project in, one line per violation out. */
type Rule = (project: Project) => string[]

/** What everybody may import, since it imports nothing that could do anything. */
const SHARED = [
  'lib/actor.ts',
  'lib/result.ts',
  'lib/failure.ts',
  'lib/text-schema.ts',
  'lib/time.ts',
  'lib/page.ts',
  'lib/uuid.ts',
  'lib/auth/policy.ts',
  'lib/throttle/limits.ts',
  'lib/watch/patterns/thresholds.ts',
]

/** Where rooms count and time what they do: these know nothing of any room. */
const WATCHED = ['lib/metrics.ts', 'lib/trace.ts']

/** Which rooms of lib a room may enter, beside itself and what is shared. */
const DOORS: Record<string, string[]> = {
  'lib/gate/': ['lib/env/'],
  'lib/audit/': ['lib/db/', 'lib/env/', 'lib/log.ts', ...WATCHED],
  'lib/watch/': ['lib/audit/', 'lib/db/', 'lib/env/', 'lib/log.ts', ...WATCHED],
  'lib/throttle/': ['lib/db/', 'lib/env/', ...WATCHED],
  'lib/auth/': ['lib/gate/', 'lib/audit/', 'lib/throttle/', 'lib/db/', 'lib/env/', ...WATCHED],
  'lib/operator/': ['lib/auth/', 'lib/audit/', 'lib/throttle/', 'lib/db/'],
  'lib/tasks/': ['lib/audit/', 'lib/db/'],
  'lib/db/': ['lib/env/', ...WATCHED],
  'lib/env/': [],
}

/** The doors that are opened by name. One that nobody goes through any more is a violation too. */
export const EXCEPTIONS: { from: string; to: string; because: string }[] = [
  {
    from: 'lib/auth/actor.ts',
    to: 'lib/http/client.ts',
    because: 'asks who is signed in with this very request, and where it comes from',
  },
  { from: 'lib/auth/actor.ts', to: 'lib/http/drafts.ts', because: 'keeps typed text before it redirects' },
  {
    from: 'lib/auth/next-auth.ts',
    to: 'lib/http/session-cookies.ts',
    because: 'the auth library sets the access cookie; ours have the last word',
  },
  {
    from: 'app/api/health/route.ts',
    to: 'lib/db/outage.ts',
    because: 'asks for the state of the database, not for anything in it',
  },
]

const GATE_FILES =
  /^(middleware\.ts|lib\/gate\/.+|lib\/env\/edge\.ts|lib\/auth\/policy\.ts|lib\/(result|time)\.ts)$/
const GATE_PACKAGES = ['jose', 'zod']
const NEXT_USERS =
  /^(app\/.+|middleware\.ts|instrumentation\.ts|next\.config\.ts|lib\/gate\/.+|lib\/http\/.+|lib\/auth\/(next-auth|actor)\.ts)$/
const NEXT_IN_COMPONENTS = ['next/link', 'next/navigation']
const SERVER_ONLY =
  /^(lib\/(db|env|boot)\/|lib\/(auth\/actor|log|metrics|trace)\.ts$|node:|next\/(headers|server)$|pg$|bcryptjs$|@prisma\/)/
const ENVIRONMENT_READERS = /^(lib\/(env|testing)\/|scripts\/|e2e\/|instrumentation\.ts$|[\w-]+\.config\.ts$)/
const COMMAND_LINE = 'lib/operator/command-line.ts'
const OPERATOR_MAKERS = ['lib/actor.ts', COMMAND_LINE]
const FORBIDDEN_NAMES = ['index', 'util', 'utils', 'helper', 'helpers', 'misc', 'common', 'type', 'types']
const MAX_LINES = 200

export const RULES: Record<string, Rule> = {
  'the gate reaches its own few files, jose and zod, and nothing else': (project) => {
    const allowed = (to: string, by: string) =>
      GATE_FILES.test(to) ||
      GATE_PACKAGES.includes(to) ||
      (to === 'next/server' && /^(middleware\.ts|lib\/gate\/.+)$/.test(by))
    return [...reach(project, 'middleware.ts')]
      .filter(([to, way]) => !allowed(to, way.at(-2) ?? ''))
      .map(([, way]) => way.join(' → '))
  },

  'next appears only at the entrances': (project) =>
    lines(
      production(project).filter(({ from, to }) => {
        if (to !== 'next' && !to.startsWith('next/')) return false
        return from.startsWith('components/') ? !NEXT_IN_COMPONENTS.includes(to) : !NEXT_USERS.test(from)
      }),
    ),

  'the auth library stays in one file': (project) =>
    lines(
      production(project).filter(
        ({ from, to }) => /^(next-auth|@auth\/)/.test(to) && from !== 'lib/auth/next-auth.ts',
      ),
    ),

  'components and forms run nothing of the server: server actions are the border': (project) => {
    const isBorder = (file: string) => /^['"]use server['"]/.test(project.get(file) ?? '')
    return [...project.keys()]
      .filter((file) => !isTest(file) && isInBrowser(file, project.get(file) ?? ''))
      .flatMap((file) => [...reach(project, file, isBorder)])
      .filter(([to]) => SERVER_ONLY.test(to))
      .map(([, way]) => way.join(' → '))
  },

  'rooms of lib enter only the rooms that they may': (project) =>
    lines(
      production(project).filter(({ from, to }) => {
        const room = Object.keys(DOORS).find((name) => from.startsWith(name))
        if (!room || !to.startsWith('lib/') || SHARED.includes(to) || isExcepted(from, to)) return false
        return ![room, ...(DOORS[room] ?? [])].some((open) => to.startsWith(open))
      }),
    ),

  'entrances ask verbs, never the database': (project) =>
    lines(
      production(project).filter(
        ({ from, to }) =>
          /^(app|components)\//.test(from) && /^lib\/(db|env)\//.test(to) && !isExcepted(from, to),
      ),
    ),

  'operators are made in two files, and the command line is used by scripts alone': (project) => [
    ...[...project]
      .filter(
        ([file, source]) =>
          !isForTests(file) && !OPERATOR_MAKERS.includes(file) && /\bas Operator\b/.test(source),
      )
      .map(([file]) => file),
    ...lines(production(project).filter(({ to }) => to === COMMAND_LINE)),
  ],

  'what is shared imports nothing but zod and what is shared': (project) =>
    lines(
      production(project).filter(
        ({ from, to }) => SHARED.includes(from) && to !== 'zod' && !SHARED.includes(to),
      ),
    ),

  'what every room counts with imports one library and nothing of ours': (project) =>
    lines(
      production(project).filter(
        ({ from, to }) => WATCHED.includes(from) && !['prom-client', '@opentelemetry/api'].includes(to),
      ),
    ),

  'nothing that runs for people imports tests': (project) =>
    lines(
      importsOf(project).filter(
        ({ from, to }) => !isForTests(from) && (isForTests(to) || /^(vitest|@playwright\/)/.test(to)),
      ),
    ),

  'the environment is read in one place': (project) =>
    [...project].flatMap(([file, source]) => {
      if (isTest(file) || ENVIRONMENT_READERS.test(file)) return []
      return source.includes('process.env') ? [file] : []
    }),

  'no barrels, and no file or folder that is named after nothing': (project) =>
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

/** Scripts are nobody's: some of them run the tests. */
function isForTests(file: string): boolean {
  // The settings of a build are not part of the server's code.
  return isTest(file) || file === 'next.config.ts' || /^(e2e|lib\/testing|scripts)\//.test(file)
}

function isInBrowser(file: string, source: string): boolean {
  return file.startsWith('components/') || file.endsWith('-form.tsx') || /^['"]use client['"]/.test(source)
}

/** The imports of what runs for people, types included: a door is a door. */
function production(project: Project): Import[] {
  return importsOf(project).filter(({ from }) => !isForTests(from))
}

function lines(imports: Import[]): string[] {
  return imports.map(({ from, to }) => `${from} → ${path.posix.normalize(to)}`)
}
