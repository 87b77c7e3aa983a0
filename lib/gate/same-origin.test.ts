import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

let isSameOrigin: (headers: Headers) => boolean
let isCrossOriginLoad: (headers: Headers) => boolean
let isSameOriginForm: (headers: Headers) => boolean
let classifyForeignForm: (headers: Headers) => string
let getCanonicalAddress: (headers: Headers) => string | null

beforeEach(async () => {
  vi.resetModules()
  vi.stubEnv('APP_URL', 'https://tasks.example.org')
  ;({ isSameOrigin, isCrossOriginLoad, isSameOriginForm, classifyForeignForm, getCanonicalAddress } =
    await import('./same-origin.ts'))
})
afterEach(() => vi.unstubAllEnvs())

const OURS = 'https://tasks.example.org'

describe('from a page of this site', () => {
  test.each<[string, Record<string, string>]>([
    ['our origin', { origin: OURS }],
    ['the browser reports same-origin', { 'sec-fetch-site': 'same-origin' }],
    ['both', { origin: OURS, 'sec-fetch-site': 'same-origin' }],
    [
      'a form under a proxy’s Referrer-Policy: no-referrer',
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    ],
    [
      'another name of this server, opened as such',
      { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000', 'sec-fetch-site': 'same-origin' },
    ],
  ])('%s', (_, headers) => {
    expect(isSameOrigin(new Headers(headers))).toBe(true)
  })
})

describe('from elsewhere', () => {
  test.each<[string, Record<string, string>]>([
    ['neither header', {}],
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['an opaque origin, cross-site', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['an opaque origin, same-site', { origin: 'null', 'sec-fetch-site': 'same-site' }],
    ['an opaque origin, typed by hand', { origin: 'null', 'sec-fetch-site': 'none' }],
    [
      'another origin, same-origin claimed',
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ],
    ['a subdomain', { origin: 'https://x.tasks.example.org' }],
    ['our name as a prefix', { origin: 'https://tasks.example.org.evil.example' }],
    ['our name as user', { origin: 'https://tasks.example.org@evil.example' }],
    ['our name without TLS', { origin: 'http://tasks.example.org' }],
    ['another port', { origin: 'https://tasks.example.org:8443' }],
    ['a path behind it', { origin: 'https://tasks.example.org/' }],
    ['same site only', { 'sec-fetch-site': 'same-site' }],
    ['cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['typed by hand', { 'sec-fetch-site': 'none' }],
    ['a forged Host with a foreign origin', { origin: 'https://evil.example', host: 'evil.example' }],
    ['an empty origin', { origin: '', 'sec-fetch-site': 'same-origin', host: 'tasks.example.org' }],
  ])('%s', (_, headers) => {
    expect(isSameOrigin(new Headers(headers))).toBe(false)
  })
})

describe('loads of another site', () => {
  test.each<[string, Record<string, string>]>([
    ['an image', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['a neighbour’s call', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
    ['a call of a browser without fetch metadata', { origin: 'https://evil.example' }],
    [
      'a form',
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    ],
  ])('%s', (_, headers) => {
    expect(isCrossOriginLoad(new Headers(headers))).toBe(true)
  })

  test.each<[string, Record<string, string>]>([
    ['not: a link from there', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
    ['not: an address typed by hand', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
    ['not: our own page’s call', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }],
    ['not: our own form', { origin: OURS, 'sec-fetch-site': 'same-origin' }],
    ['not: a client without fetch metadata', {}],
  ])('%s', (_, headers) => {
    expect(isCrossOriginLoad(new Headers(headers))).toBe(false)
  })
})

test('accepts a form of this origin, or of the hidden origin "null"', () => {
  const ours = { 'sec-fetch-site': 'same-origin' }
  expect(isSameOriginForm(new Headers({ origin: OURS }))).toBe(true)
  expect(isSameOriginForm(new Headers({ origin: 'null', ...ours }))).toBe(true)
  expect(isSameOriginForm(new Headers(ours))).toBe(false)
  expect(isSameOriginForm(new Headers({ origin: 'null' }))).toBe(false)
})

test.each([
  ['http://192.168.1.5:3000', '192.168.1.5:3000', 'WRONG_ADDRESS'],
  ['http://tasks.example.org', 'tasks.example.org', 'WRONG_ADDRESS'],
  ['https://evil.example', 'tasks.example.org', 'FOREIGN_FORM'],
  ['null', '192.168.1.5:3000', 'FOREIGN_FORM'],
])('a form of %s, sent to the host %s, is refused as %s', (origin, host, why) => {
  expect(classifyForeignForm(new Headers({ origin, host }))).toBe(why)
})

test('refuses a form without origin and host as foreign', () => {
  expect(classifyForeignForm(new Headers())).toBe('FOREIGN_FORM')
})

describe('where a page was opened', () => {
  test.each([
    ['192.168.1.5:3000'],
    ['tasks.lan'],
    ['localhost.example.org'],
    ['127.0.0.1.example.org'],
    ['app:3000'],
  ])('at %s, without fetch metadata, it names its address', (host) => {
    expect(getCanonicalAddress(new Headers({ host }))).toBe(OURS)
  })

  test.each([
    ['tasks.example.org'],
    ['Tasks.Example.org'],
    ['localhost'],
    ['localhost:3000'],
    ['localhost.'],
    ['app.localhost:3000'],
    ['127.0.0.1:3000'],
    ['127.9.9.9'],
    ['[::1]:3000'],
  ])('returns null at %s', (host) => {
    expect(getCanonicalAddress(new Headers({ host }))).toBeNull()
  })

  test('returns null for a browser with Fetch Metadata behind a proxy that replaces the host', () => {
    expect(getCanonicalAddress(new Headers({ host: 'app:3000', 'sec-fetch-site': 'none' }))).toBeNull()
    expect(getCanonicalAddress(new Headers())).toBeNull()
  })
})
