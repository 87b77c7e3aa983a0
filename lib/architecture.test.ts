import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { EXCEPTIONS } from '#lib/testing/allowed-imports.ts'
import { RULES } from '#lib/testing/architecture.ts'
import { importsOf, type Project, reach, readProject } from '#lib/testing/import-graph.ts'

const project = readProject(fileURLToPath(new URL('..', import.meta.url)))

describe('this project', () => {
  test('is read completely', () => {
    for (const file of [
      'middleware.ts',
      'lib/auth/log-in.ts',
      'app/layout.tsx',
      'scripts/setup/install.mjs',
    ]) {
      expect(project.has(file)).toBe(true)
    }
    expect([...reach(project, 'middleware.ts').keys()]).toEqual(
      expect.arrayContaining(['next/server', 'jose', 'zod']),
    )
    expect([...reach(project, 'app/(auth)/login/actions.ts').keys()]).toEqual(
      expect.arrayContaining([
        'lib/auth/log-in.ts',
        'lib/db/client.ts',
        'lib/auth/password/worker.ts',
        'bcryptjs',
      ]),
    )
  })

  test.each(Object.entries(RULES))('%s', (_, rule) => {
    expect(rule(project)).toEqual([])
  })
})

/** The sources of a fixture, and the violations that the rule must report. */
type Fixture = [files: Record<string, string>, violations: string[]]

const fixtures: Record<string, Fixture[]> = {
  'middleware.ts reaches only the gate, jose and zod': [
    [
      {
        'middleware.ts': `import { NextResponse } from 'next/server'\nimport { a } from '#lib/gate/a.ts'`,
        'lib/gate/a.ts': `import { jwtVerify } from 'jose'\nimport type { Db } from '#lib/db/client.ts'`,
      },
      [],
    ],
    [
      {
        'middleware.ts': `import {\n  a,\n} from '#lib/gate/a.ts'`,
        'lib/gate/a.ts': `export { b } from './b.ts'`,
        'lib/gate/b.ts': `const c = await import('bcryptjs')`,
      },
      ['middleware.ts → lib/gate/a.ts → lib/gate/b.ts → bcryptjs'],
    ],
    [
      {
        'middleware.ts': `import '#lib/gate/a.ts'`,
        'lib/gate/a.ts': `import { type Db } from '#lib/db/client.ts'\nimport { headers } from 'next/headers'`,
        'lib/db/client.ts': '',
      },
      ['middleware.ts → lib/gate/a.ts → lib/db/client.ts', 'middleware.ts → lib/gate/a.ts → next/headers'],
    ],
  ],
  'only entrances, lib/gate and lib/http import next': [
    [
      {
        'lib/http/a.ts': `import { headers } from 'next/headers'`,
        'components/a.tsx': `import L from 'next/link'`,
      },
      [],
    ],
    [
      { 'lib/auth/log-in.ts': `import { headers } from 'next/headers'` },
      ['lib/auth/log-in.ts → next/headers'],
    ],
    [
      { 'lib/tasks/a.ts': `import type { NextRequest } from 'next/server'` },
      ['lib/tasks/a.ts → next/server'],
    ],
    [{ 'components/a.tsx': `import { cookies } from 'next/headers'` }, ['components/a.tsx → next/headers']],
  ],
  'only lib/auth/next-auth.ts imports the auth library': [
    [{ 'app/a.ts': `import { signOut } from 'next-auth/react'` }, ['app/a.ts → next-auth/react']],
  ],
  'components and forms reach server code only through server actions': [
    [
      {
        'app/log-in-form.tsx': `import { logInAction } from './actions.ts'\nimport type { Db } from '#lib/db/client.ts'`,
        'app/actions.ts': `'use server'\nimport { db } from '#lib/db/client.ts'`,
        'lib/db/client.ts': `import pg from 'pg'`,
      },
      [],
    ],
    [
      {
        'app/log-in-form.tsx': `import { logInAction } from './actions.ts'`,
        'app/actions.ts': `import { db } from '#lib/db/client.ts'`,
      },
      ['app/log-in-form.tsx → app/actions.ts → lib/db/client.ts'],
    ],
    [
      {
        'components/tasks/list.tsx': `import { getActor } from '#lib/auth/actor.ts'`,
        'app/island.tsx': `'use client'\nimport { createHash } from 'node:crypto'`,
      },
      ['components/tasks/list.tsx → lib/auth/actor.ts', 'app/island.tsx → node:crypto'],
    ],
  ],
  'each schema of a page forbids zod to compile code before it is made': [
    [
      {
        'components/a.ts': `const schema = await import('#lib/a.ts')\nimport { b } from './actions.ts'`,
        'components/actions.ts': `'use server'\nimport { z } from 'zod'`,
        'lib/a.ts': `import { z } from 'zod'\nimport { b } from './b.ts'`,
        'lib/b.ts': `import { z } from 'zod'\nimport './jitless-zod.ts'`,
        'lib/jitless-zod.ts': `import { config } from 'zod'`,
        'lib/server.ts': `import { z } from 'zod'`,
      },
      [],
    ],
    [
      {
        'components/a.ts': `import { a } from '#lib/a.ts'\nimport '#lib/jitless-zod.ts'`,
        'lib/a.ts': `import { z } from 'zod'`,
        'lib/jitless-zod.ts': `import { config } from 'zod'`,
      },
      ['lib/a.ts'],
    ],
  ],
  'a folder of lib imports only the folders that it may': [
    [
      {
        'lib/tasks/a.ts': `import { ok } from '#lib/result.ts'\nimport type { Actor } from '#lib/actor.ts'`,
        'lib/auth/actor.ts': `import { clientOf } from '#lib/http/client.ts'`,
      },
      [],
    ],
    [
      {
        'lib/tasks/a.ts': `import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'`,
        'lib/tasks/b.ts': `import { parse } from '#lib/http/parse.ts'`,
        'lib/audit/a.ts': `import { consume } from '#lib/throttle/consume.ts'`,
        'lib/audit/seal/a.ts': `import { runChecks } from '#lib/watch/run-checks.ts'`,
        'lib/auth/log-in.ts': `import { clientOf } from '../http/client.ts'`,
        'lib/throttle/a.ts': `import { record } from '#lib/audit/record.ts'`,
        'lib/db/a.ts': `import { log } from '#lib/log.ts'`,
        'lib/http/client.ts': '',
      },
      [
        'lib/tasks/a.ts → lib/auth/session/authenticate.ts',
        'lib/tasks/b.ts → lib/http/parse.ts',
        'lib/audit/a.ts → lib/throttle/consume.ts',
        'lib/audit/seal/a.ts → lib/watch/run-checks.ts',
        'lib/auth/log-in.ts → lib/http/client.ts',
        'lib/throttle/a.ts → lib/audit/record.ts',
        'lib/db/a.ts → lib/log.ts',
      ],
    ],
  ],
  'pages, actions, routes and components import neither database nor environment': [
    [{ 'app/a/page.tsx': `import { db } from '#lib/db/client.ts'` }, ['app/a/page.tsx → lib/db/client.ts']],
    [{ 'app/api/health/route.ts': `import { currentHealth } from '#lib/db/outage.ts'` }, []],
  ],
  'two files make operators, and only scripts import the command line': [
    [
      {
        'lib/actor.ts': `return { userId, client } as Operator`,
        'scripts/admin.ts': `import { COMMAND_LINE } from '#lib/operator/command-line.ts'`,
        'lib/audit/a.test.ts': `const operator = {} as Operator`,
      },
      [],
    ],
    [
      {
        'app/(admin)/admin/actions.ts': `import { COMMAND_LINE } from '#lib/operator/command-line.ts'`,
        'lib/audit/a.ts': `const operator = { client, userId: null } as Operator`,
        'lib/operator/command-line.ts': '',
      },
      ['lib/audit/a.ts', 'app/(admin)/admin/actions.ts → lib/operator/command-line.ts'],
    ],
  ],
  'shared files import only zod and each other': [
    [{ 'lib/text-schema.ts': `import { z } from 'zod'` }, []],
    [
      { 'lib/auth/policy.ts': `import { nodeEnv } from '#lib/env/node.ts'` },
      ['lib/auth/policy.ts → lib/env/node.ts'],
    ],
  ],
  'metrics and tracing import one library each and nothing else': [
    [
      {
        'lib/metrics.ts': `import { Counter } from 'prom-client'`,
        'lib/trace.ts': `import { trace } from '@opentelemetry/api'`,
      },
      [],
    ],
    [{ 'lib/metrics.ts': `import { db } from '#lib/db/client.ts'` }, ['lib/metrics.ts → lib/db/client.ts']],
  ],
  'production code imports no tests': [
    [{ 'lib/a.test.ts': `import { test } from 'vitest'`, 'lib/testing/a.ts': `import 'vitest'` }, []],
    [
      { 'lib/a.ts': `import { aUser } from '#lib/testing/factories.ts'` },
      ['lib/a.ts → lib/testing/factories.ts'],
    ],
  ],
  'only lib/env and configuration files read process.env': [
    [{ 'instrumentation.ts': `process.env.NODE_ENV`, 'lib/env/edge.ts': `process.env.JWT_SECRET` }, []],
    [
      { 'middleware.ts': `process.env.JWT_SECRET`, 'lib/log.ts': `process.env.NODE_ENV` },
      ['middleware.ts', 'lib/log.ts'],
    ],
  ],
  'no barrels, and no file or folder named utils, helpers, misc, common or types': [
    [{ 'lib/auth/errors.ts': '', 'components/ui/icon.tsx': '', 'app/index-page.tsx': '' }, []],
    [
      {
        'lib/auth/index.ts': '',
        'lib/utils/date.ts': '',
        'components/helpers.tsx': '',
        'lib/types.test.ts': '',
      },
      ['lib/auth/index.ts', 'lib/utils/date.ts', 'components/helpers.tsx', 'lib/types.test.ts'],
    ],
  ],
  'no source is longer than 200 lines': [
    [{ 'lib/a.ts': 'x\n'.repeat(200), 'lib/a.test.ts': 'x\n'.repeat(500) }, []],
    [{ 'lib/a.ts': 'x\n'.repeat(201) }, ['lib/a.ts: 201']],
  ],
  'every exception is still needed': [[{}, EXCEPTIONS.map(({ from, to }) => `${from} → ${to}`)]],
}

test('every rule has a fixture that violates it', () => {
  expect(Object.keys(fixtures)).toEqual(Object.keys(RULES))
  for (const list of Object.values(fixtures))
    expect(list.some(([, violations]) => violations.length > 0)).toBe(true)
})

test.each(
  Object.entries(fixtures).flatMap(([name, list]) => list.map((fixture) => [name, ...fixture] as const)),
)('fixture: %s %j', (name, files, violations) => {
  expect(RULES[name]?.(new Map(Object.entries(files)))).toEqual(violations)
})

test('finds every form of import, and none in comments and strings', () => {
  const source = `
import a from 'a'
import * as b from "b"
import c, { type C } from 'c'
import {
  d,
} from 'd'
import 'e'
export * from 'f'
export type { G } from 'g'
import type { H } from 'h'
const i = await import('i')
type J = typeof import('j')
new Worker(new URL('./k.ts', import.meta.url))
// import l from 'l'
/**
 * import m from 'm'
 */
export const n = 'n'
export function from(o = 'o') {}
`
  const sources: Project = new Map([
    ['lib/x.ts', source],
    ['lib/k.ts', ''],
  ])
  const seen = importsOf(sources).map(({ to, typeOnly }) => (typeOnly ? `type ${to}` : to))
  expect(seen.sort()).toEqual([...'abcdef', 'i', 'lib/k.ts', 'type g', 'type h', 'type j'])
})
