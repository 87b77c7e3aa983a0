import { expect, test } from 'vitest'
import type { PlannedRequest } from './load/plan.ts'
import { mix } from './soak.ts'

const request = (path: string): PlannedRequest => ({ method: 'GET', path, headers: {} })
const target = (...paths: string[]) => ({ origin: 'http://x', requests: paths.map(request) })

test('targets have equal shares of a mixture, however many requests they have', () => {
  const one = target('/one')
  const many = target('/1', '/2', '/3', '/4')
  const paths = mix([one, many, one]).map(({ path }) => path)
  expect(paths.filter((path) => path === '/one')).toHaveLength(8)
  expect(paths.filter((path) => path !== '/one').toSorted()).toEqual(['/1', '/2', '/3', '/4'])
})
