import type { z } from 'zod'
import type { Client } from '#lib/actor.ts'
import type { AuthenticatedActor, OwnRead } from '#lib/auth/session/authenticate.ts'
import { noteDatabaseError } from '#lib/db/outage.ts'
import type { Failure } from '#lib/failure.ts'
import { RETRY_AFTER_SECONDS } from '#lib/gate/request-failures.ts'
import { logUnexpected } from '#lib/log.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type Access, authorize } from './authorize.ts'
import { clientOf } from './client.ts'
import { versionsToMatch } from './entity-tag.ts'
import type { FailureCode } from './failures.ts'
import { parse } from './parse.ts'
import { readJsonObject } from './read-json.ts'
import { type Reply, toErrorReply, toResponse } from './reply.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof METHODS)[number]

/** Next.js passes no params to a route without dynamic segments. */
type Context = { params?: Promise<Record<string, string | string[] | undefined>> }
type Handler = (request: Request, context: Context) => Promise<Response>

type Call<A extends Access, B, Q> = {
  actor: A extends 'public' ? null : AuthenticatedActor
  client: Client
  params: Record<string, string>
  body: B
  query: Q
  /** The value of `read`; null without one. */
  own: unknown
  versions: readonly number[] | undefined
  /** For a body that is not JSON. */
  request: Request
}

export type Endpoint = (
  request: Request,
  params: Record<string, string>,
  client: Client,
) => Promise<Result<Reply, Failure<FailureCode>>>

type Endpoints = Partial<Record<Exclude<Method, 'HEAD'>, Endpoint>>

type Rules<A extends Access, B, Q> = {
  access: A
  body?: z.ZodType<B>
  query?: z.ZodType<Q>
  /** What the statement that checks the session reads, too. */
  read?: (query: Q) => OwnRead | undefined
  conditional?: boolean
}

/** One method of a route. Access is decided before the query and the body are judged. */
export function endpoint<A extends Access, B = undefined, Q = undefined>(
  { access, body, query, read, conditional = false }: Rules<A, B, Q>,
  handle: (call: Call<A, B, Q>) => Promise<Result<Reply, Failure<FailureCode>>>,
): Endpoint {
  const readQuery = queryReader(query)
  return async (request, params, client) => {
    const input = readQuery(request)
    const own = input.ok ? read?.(input.value as Q) : undefined
    const actor = await authorize(request, { access, params, client, now: new Date(), read: own })
    if (!actor.ok) return actor
    if (!input.ok) return input
    const content = await parseBody(request, body)
    if (!content.ok) return content
    const versions = conditional ? versionsToMatch(request.headers) : ok(undefined)
    if (!versions.ok) return versions
    return handle({
      actor: actor.value as Call<A, B, Q>['actor'],
      client,
      params,
      body: content.value as B,
      query: input.value as Q,
      own: actor.value?.own ?? null,
      versions: versions.value,
      request,
    })
  }
}

/** The handlers of a route: its own methods, and 405 for all others. Every failure becomes the error envelope. */
export function route(
  endpoints: Endpoints,
  notAllowed: Endpoint = async () => err({ code: 'METHOD_NOT_ALLOWED' }),
): Record<Method, Handler> {
  const all: Partial<Record<Method, Endpoint>> = {
    ...endpoints,
    ...(endpoints.GET && { HEAD: endpoints.GET }),
  }
  const allow = METHODS.filter((method) => all[method]).join(', ')
  const handlers = METHODS.map((method) => [method, toHandler(all[method] ?? notAllowed, allow)])
  return Object.fromEntries(handlers) as Record<Method, Handler>
}

/** For callers who are not administrators, the methods that a route lacks are 404 too, not 405. */
export function adminRoute(endpoints: Endpoints): Record<Method, Handler> {
  const notAllowed = endpoint({ access: 'admin' }, async () => err({ code: 'METHOD_NOT_ALLOWED' }))
  return route(endpoints, notAllowed)
}

export function everyMethod(endpoint: Endpoint) {
  return { GET: endpoint, POST: endpoint, PUT: endpoint, PATCH: endpoint, DELETE: endpoint }
}

function toHandler(run: Endpoint, allow: string): Handler {
  return async (request, context) => {
    const client = clientOf(request.headers)
    const params = onlyStrings((await context.params) ?? {})
    const result = await settle(() => run(request, params, client), client)
    const reply = result.ok ? result.value : toErrorReply(result.error, client.requestId)
    if (reply.status === 405) reply.headers = { ...reply.headers, Allow: allow }
    // Next.js would neither read nor cancel it.
    if (request.method === 'HEAD' && reply.body instanceof ReadableStream) {
      await reply.body.cancel()
      reply.body = null
    }
    return toResponse(reply, client.requestId)
  }
}

async function settle(
  work: () => Promise<Result<Reply, Failure<FailureCode>>>,
  { requestId }: Client,
): Promise<Result<Reply, Failure<FailureCode>>> {
  try {
    return await work()
  } catch (error) {
    if (noteDatabaseError(error)) {
      return err({ code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: RETRY_AFTER_SECONDS })
    }
    logUnexpected(error, requestId)
    return err({ code: 'INTERNAL_SERVER_ERROR' })
  }
}

/** Most requests have no query, so its result is kept. */
function queryReader<Q>(schema: z.ZodType<Q> | undefined) {
  if (!schema) return () => ok(undefined)
  const withoutQuery = parse(schema, {})
  return ({ url }: Request) =>
    url.includes('?') ? parse(schema, Object.fromEntries(new URL(url).searchParams)) : withoutQuery
}

async function parseBody<B>(request: Request, schema: z.ZodType<B> | undefined) {
  if (!schema) return ok(undefined)
  const object = await readJsonObject(request)
  return object.ok ? parse(schema, object.value) : object
}

function onlyStrings(params: Record<string, string | string[] | undefined>): Record<string, string> {
  const strings = Object.entries(params).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(strings)
}
