import { jwtVerify } from 'jose'

const secret = new TextEncoder().encode(process.env.JWT_SECRET)

/** @returns the user of a valid token in the header or the cookie, else null */
export async function verifyToken(headers: Headers): Promise<string | null> {
  const token =
    headers.get('authorization')?.replace('Bearer ', '') ??
    /(?:^|; )access=([^;]+)/.exec(headers.get('cookie') ?? '')?.[1]
  if (!token) return null
  try {
    const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'], issuer: 'bench' })
    return payload.sub ?? null
  } catch {
    return null
  }
}
