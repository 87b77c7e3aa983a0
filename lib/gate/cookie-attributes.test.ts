import { NextResponse } from 'next/server'
import { expect, test } from 'vitest'
import { cookieAttributesUntil } from './cookie-attributes.ts'

function lineOf(attributes: ReturnType<typeof cookieAttributesUntil>): string | null {
  const response = new NextResponse()
  response.cookies.set('session', 'value', attributes)
  return response.headers.get('set-cookie')
}

test('a kept cookie names one end in both ways', () => {
  const [, expires, maxAge] =
    /; Expires=([^;]+); Max-Age=(\d+);/.exec(
      lineOf(cookieAttributesUntil(new Date(Date.now() + 900_000))) ?? '',
    ) ?? []
  expect(Number(maxAge)).toBeGreaterThanOrEqual(898)
  expect(Number(maxAge)).toBeLessThanOrEqual(900)
  expect(Math.abs(Date.parse(expires!) - Date.now() - Number(maxAge) * 1000)).toBeLessThan(2000)
})

test('an end that has passed clears the cookie by any clock', () => {
  expect(lineOf(cookieAttributesUntil(new Date(0)))).toMatch(
    /; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0;/,
  )
})

test('a cookie that ends with the browser names no end', () => {
  expect(lineOf(cookieAttributesUntil(null))).not.toMatch(/Expires|Max-Age/i)
})
