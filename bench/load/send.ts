import type { PlannedRequest } from './plan.ts'

export type Answer = { status: number; text: string; cookies: string[] }

export async function send(origin: string, { method, path, headers, body }: PlannedRequest): Promise<Answer> {
  const response = await fetch(new URL(path, origin), {
    method,
    headers: body ? { 'content-type': 'application/json', ...headers } : headers,
    ...(body && { body: JSON.stringify(body) }),
    redirect: 'manual',
  })
  return { status: response.status, text: await response.text(), cookies: response.headers.getSetCookie() }
}

const RETRY_MS = 2_000

/**
 * For preparations: throws unless the answer is a success.
 * @param options `attempts`: how often a busy server is asked, for requests that may be repeated
 * @returns its JSON
 */
export async function ask(
  origin: string,
  request: PlannedRequest,
  { attempts = 1 } = {},
): Promise<Record<string, unknown>> {
  for (let attempt = 1; ; attempt++) {
    const { status, text } = await send(origin, request)
    if (status < 300) return JSON.parse(text)
    if (status !== 503 || attempt === attempts)
      throw new Error(`${request.method} ${request.path} answered ${status}: ${text}`)
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}
