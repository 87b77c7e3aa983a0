import { afterEach, expect, test, vi } from 'vitest'
import { checkSession } from './check-session.ts'

afterEach(() => void vi.unstubAllGlobals())

test('an answer that comes after the router has led to another page leaves that page alone', async () => {
  const location = { pathname: '/tasks', search: '', replace: vi.fn(), reload: vi.fn() }
  vi.stubGlobal('window', { location })
  vi.stubGlobal('document', { forms: [] })
  vi.stubGlobal('fetch', async () => {
    location.pathname = '/login'
    return new Response(null, { status: 401 })
  })
  expect(await checkSession('ada')).toBe('unknown')
  expect(location.replace).not.toHaveBeenCalled()
  expect(await checkSession('ada')).toBe('ended')
  expect(location.replace).toHaveBeenCalledOnce()
})
