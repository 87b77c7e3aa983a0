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

/** For preparations: throws unless the answer is a success. @returns its JSON */
export async function ask(origin: string, request: PlannedRequest): Promise<Record<string, unknown>> {
  const { status, text } = await send(origin, request)
  if (status >= 300) throw new Error(`${request.method} ${request.path} answered ${status}: ${text}`)
  return JSON.parse(text)
}
