import { cookieNames } from './cookie-names.ts'

export type Cookie = { name: string; value: string }

/** Names are compared byte for byte, as browsers guard `__Host-`: a name that only resembles one may be planted. */
export function parseCookies(headers: Headers): Cookie[] {
  return (headers.get('cookie') ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? [] : [{ name: trimBlanks(pair.slice(0, at)), value: trimBlanks(pair.slice(at + 1)) }]
  })
}

export function hasTaskwardCookie(headers: Headers): boolean {
  const names = Object.values(cookieNames())
  return parseCookies(headers).some(({ name }) => names.includes(name))
}

export function readDraftToken(headers: Headers): string | undefined {
  return readFirst(headers, cookieNames().draft)
}

export function readFlashMessage(headers: Headers): string | undefined {
  return readFirst(headers, cookieNames().flash)
}

/** The secret of the mailed link that the browser opened last; undefined also for a broken link. */
export function readLinkToken(headers: Headers): string | undefined {
  return readFirst(headers, cookieNames().link) || undefined
}

export function countRedirects(headers: Headers): number {
  const count = readFirst(headers, cookieNames().redirects) ?? ''
  return /^[1-9]$/.test(count) ? Number(count) : 0
}

export function replaceTokens(headers: Headers, tokens: { access: string; refresh: string }): string {
  const names = cookieNames()
  const others = parseCookies(headers).filter(({ name }) => name !== names.access && name !== names.refresh)
  const pairs = [
    ...others,
    { name: names.access, value: tokens.access },
    { name: names.refresh, value: tokens.refresh },
  ]
  return pairs.map(({ name, value }) => `${name}=${value}`).join('; ')
}

function readFirst(headers: Headers, wanted: string): string | undefined {
  return parseCookies(headers).find(({ name }) => name === wanted)?.value
}

/** Trims spaces and tabs alone (RFC 6265bis section 5.6): `trim()` would drop sixteen further characters. */
function trimBlanks(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && isBlank(text[start])) start++
  while (end > start && isBlank(text[end - 1])) end--
  return text.slice(start, end)
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}
