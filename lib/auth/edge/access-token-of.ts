/**
 * The access token that a request presents. With an `Authorization` header cookies are ignored, valid or not
 * (contract 2.1): a client that means to use a bearer token is never let in by a cookie.
 */
export function accessTokenOf(
  headers: Headers,
  cookieName: string,
): { token: string | null; source: 'header' | 'cookie' | 'none' } {
  const authorization = headers.get('authorization')
  if (authorization !== null) {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1] ?? null
    return { token, source: 'header' }
  }
  const token = cookieValue(headers.get('cookie') ?? '', cookieName)
  return token === null ? { token, source: 'none' } : { token, source: 'cookie' }
}

/** A cookie's value in a Cookie header, as it stands there; null without one. */
export function cookieValue(cookies: string, name: string): string | null {
  const prefix = `${name}=`
  const pair = cookies.split(';').find((candidate) => candidate.trim().startsWith(prefix))
  return pair?.trim().slice(prefix.length) ?? null
}
