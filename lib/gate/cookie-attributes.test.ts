import { NextResponse } from 'next/server'
import { expect, test } from 'vitest'
import { cookieAttributesUntil } from './cookie-attributes.ts'

function lineOf(attributes: ReturnType<typeof cookieAttributesUntil>): string | null {
  const response = new NextResponse()
  response.cookies.set('session', 'value', attributes)
  return response.headers.get('set-cookie')
}

test('writes one end of a persistent cookie as Expires and as Max-Age', () => {
  const [, expires, maxAge] =
    /; Expires=([^;]+); Max-Age=(\d+);/.exec(
      lineOf(cookieAttributesUntil(new Date(Date.now() + 900_000), new Date())) ?? '',
    ) ?? []
  expect(Number(maxAge)).toBeGreaterThanOrEqual(898)
  expect(Number(maxAge)).toBeLessThanOrEqual(900)
  expect(Math.abs(Date.parse(expires!) - Date.now() - Number(maxAge) * 1000)).toBeLessThan(2000)
})

test('clears a cookie whose end has passed, by any clock', () => {
  expect(lineOf(cookieAttributesUntil(new Date(0), new Date()))).toMatch(
    /; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0;/,
  )
})

test('writes no end for a cookie that ends with the browser', () => {
  expect(lineOf(cookieAttributesUntil(null, new Date()))).not.toMatch(/Expires|Max-Age/i)
})
