import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type PageRefusalCode, refusePage, toPageRefusal } from './refuse-page.ts'
import { REFUSAL_PAGE_POLICY, renderRefusalPage } from './render-refusal.ts'

const CODES: PageRefusalCode[] = [
  'BAD_REQUEST',
  'MALFORMED_FORM',
  'FOREIGN_FORM',
  'WRONG_ADDRESS',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'REQUEST_TIMEOUT',
  'PAYLOAD_TOO_LARGE',
  'HEADERS_TOO_LARGE',
  'FORM_UNANSWERED',
]

test.each(CODES)('%s is a page, or its text alone for the router', (code) => {
  const page = toPageRefusal(code, false)
  expect(page.headers).toMatchObject({
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': REFUSAL_PAGE_POLICY,
    'Cache-Control': 'no-store, no-transform',
  })
  expect(page.body).toMatch(
    /^<!doctype html>\n<html lang="en">[\s\S]*<h1>[^<]+<\/h1>\n<p>[^<]+<\/p>\n<p><a href="/,
  )
  expect(page.body).not.toMatch(/<script|<link|<img|undefined/)

  const text = toPageRefusal(code, true)
  expect(text.status).toBe(page.status)
  // Exactly this type: with a charset Next.js's router drops the text.
  expect(text.headers['Content-Type']).toBe('text/plain')
  expect(text.body).toMatch(/^[A-Z][^<]+\.$/)
  expect(page.body).toContain(text.body)
  // The form that gets the text is still there.
  expect(text.body).not.toContain('Go back')
})

test('a page that cannot be shown now links to itself', () => {
  expect(toPageRefusal('PAGE_UNAVAILABLE', false).body).toContain('<a href="">Try again</a>')
})

test('the policy allows the page’s own style sheet', () => {
  const style =
    /<style>([^<]*)<\/style>/.exec(renderRefusalPage('x', 'x', { href: '/', text: 'x' }))?.[1] ?? ''
  expect(style).not.toBe('')
  const hash = createHash('sha256').update(style).digest('base64')
  expect(REFUSAL_PAGE_POLICY).toContain(`style-src 'sha256-${hash}'`)
})

test('escapes what it shows', () => {
  const page = renderRefusalPage('<b>&', '"<i>"', { href: '"><a>', text: '<u>' })
  expect(page).not.toMatch(/<b>|<i>|<u>|"><a>/)
})

test('links to the configured address, never to that of the request', () => {
  expect(toPageRefusal('WRONG_ADDRESS', false).body).toContain('<a href="http://localhost:3000/">')
  expect(toPageRefusal('WRONG_ADDRESS', true).body).toMatch(
    /^The address of this site is http:\/\/localhost:3000\. /,
  )
})

test('sends a text to an action call and a page to a visit, both with the further headers', async () => {
  const answer = (headers: Record<string, string>) =>
    refusePage('METHOD_NOT_ALLOWED', { headers: new Headers(headers) }, { Allow: 'GET' })
  expect(await answer({ 'next-action': 'x' }).text()).not.toContain('<')
  expect(await answer({}).text()).toContain('<h1>')
  expect(answer({}).headers.get('allow')).toBe('GET')
})
