import { expect, test } from 'vitest'
import { EVENT_TYPES } from '#lib/audit/catalogue.ts'
import { ROUTES } from '#lib/gate/routes.ts'
import { FAILURES } from '#lib/http/failures.ts'
import { TEMPLATES } from '#lib/mail/catalogue.ts'
import { LIMITS } from '#lib/throttle/limits.ts'
import { THRESHOLDS } from '#lib/watch/patterns/thresholds.ts'
import manifest from '../../package.json' with { type: 'json' }
import { readTextFiles } from './text-files.ts'

const texts = readTextFiles()
const read = (file: string) => texts.get(file) ?? ''
/** Next.js names a dynamic folder `[userId]`, the documents `{user_id}`. */
const documented = (route: string) => route.replace('[userId]', '{user_id}').replace(/\[\w+\]/, '{id}')

test('docs/api.md, task-api.md, account-api.md and admin-api.md have every route of the API', () => {
  const routes = ROUTES.filter((route) => /^\/api\/(?!internal)/.test(route) && !route.includes('[...'))
  const adminApi = read('docs/admin-api.md').replaceAll('/users/{id}', '/users/{user_id}')
  const api =
    read('docs/api.md') +
    read('docs/task-api.md') +
    read('docs/account-api.md') +
    adminApi.replaceAll('/blocks/{network}', '/blocks/{id}')
  expect(routes.map(documented).filter((route) => !api.includes(route))).toEqual([])
})

test('docs/api.md has every public code with its status', () => {
  const codes = Object.values(FAILURES).map(({ publicCode, status }) => `\`${publicCode}\` ${status}`)
  const rows = read('docs/api.md').replaceAll(/ *\| */g, ' ')
  expect([...new Set(codes)].filter((code) => !rows.includes(code))).toEqual([])
})

test('docs/operations/mail.md has every kind of mail', () => {
  const mail = read('docs/operations/mail.md')
  expect(Object.keys(TEMPLATES).filter((kind) => !mail.includes(`| \`${kind}\``))).toEqual([])
})

test('docs/api.md and docs/account-api.md have every type of event', () => {
  const api = read('docs/api.md') + read('docs/account-api.md')
  expect(EVENT_TYPES.filter((type) => !api.includes(`\`${type}\``))).toEqual([])
})

test.each(['docs/configuration.md', '.env.example'])('%s has every variable of lib/env', (file) => {
  const sources = read('lib/env/edge.ts') + read('lib/env/node.ts')
  const variables = [...sources.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name = '']) => name)
  expect(variables.length).toBeGreaterThan(20)
  // Set by the server itself.
  const forOperators = variables.filter((name) => name !== 'TASKWARD_OWN_ORIGIN')
  expect(forOperators.filter((name) => !read(file).includes(name))).toEqual([])
})

test('docs/configuration.md has every throttle with its default', () => {
  const rows = read('docs/configuration.md').replaceAll(/ *\| */g, ' ')
  const wrong = Object.entries(LIMITS).filter(([name, { count, seconds }]) => {
    return !rows.includes(`\`${name}\` ${count} in ${seconds === 3600 ? '1 h' : `${seconds} s`}`)
  })
  expect(wrong).toEqual([])
})

test('docs/operations/watch.md has every pattern', () => {
  const patterns = Object.keys(THRESHOLDS)
  expect(patterns.filter((name) => !read('docs/operations/watch.md').includes(`**\`${name}\`**`))).toEqual([])
})

test('CONTRIBUTING.md has every command', () => {
  const commands = Object.keys(manifest.scripts).filter((name) => !/^pre|^start$/.test(name))
  const isNamed = (name: string) =>
    new RegExp(`npm (run (--silent )?)?${name}\\b`).test(read('CONTRIBUTING.md'))
  expect(commands.filter((name) => !isNamed(name))).toEqual([])
})
