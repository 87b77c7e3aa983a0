import { once } from 'node:events'
import { z } from 'zod'

/** The commands of WebDriver BiDi, with the parts of their results that the tests read. */
const RESULTS = {
  'session.new': z.object({}),
  'session.subscribe': z.object({}),
  'browser.createUserContext': z.object({ userContext: z.string() }),
  'browser.close': z.object({}),
  'browsingContext.create': z.object({ context: z.string() }),
  'browsingContext.getTree': z.object({
    contexts: z.tuple([z.object({ context: z.string(), url: z.string() })], z.unknown()),
  }),
  'browsingContext.locateNodes': z.object({
    nodes: z.array(
      z.object({ sharedId: z.string(), value: z.object({ localName: z.string().optional() }).optional() }),
    ),
  }),
  'browsingContext.navigate': z.object({}),
  'browsingContext.setViewport': z.object({}),
  'browsingContext.traverseHistory': z.object({}),
  'input.performActions': z.object({}),
  'script.evaluate': z.object({ result: z.object({ value: z.unknown().optional() }).optional() }),
}

type Commands = typeof RESULTS

const message = z.union([
  z.object({ type: z.literal('success'), id: z.number(), result: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.number(), error: z.string(), message: z.string() }),
  z.object({ type: z.literal('event'), method: z.string(), params: z.unknown() }),
])

const logEntry = z.object({
  level: z.string(),
  text: z.string().nullable(),
  source: z.object({ context: z.string().optional() }),
})

export type BidiConnection = {
  /** @returns the result of the command; throws if the browser rejects it */
  send: <Name extends keyof Commands>(
    name: Name,
    parameters?: Record<string, unknown>,
  ) => Promise<z.output<Commands[Name]>>
  /** Console errors and uncaught exceptions so far, by the page's context. */
  problems: { context: string | undefined; text: string }[]
}

/** Connects to a browser over WebDriver BiDi. `url` is the WebSocket of a session. */
export async function connectBidi(url: string): Promise<BidiConnection> {
  const socket = new WebSocket(url)
  await once(socket, 'open')
  const problems: BidiConnection['problems'] = []
  const pending = new Map<number, PromiseWithResolvers<unknown>>()
  let lastId = 0

  socket.addEventListener('message', ({ data }) => {
    const received = message.parse(JSON.parse(String(data)))
    if (received.type === 'event') {
      const entry = logEntry.safeParse(received.params)
      if (entry.data?.level === 'error') {
        problems.push({ context: entry.data.source.context, text: entry.data.text ?? '' })
      }
      return
    }
    const { resolve, reject } = pending.get(received.id) ?? {}
    pending.delete(received.id)
    if (received.type === 'error') reject?.(new Error(`${received.error}: ${received.message}`))
    else resolve?.(received.result)
  })

  async function send<Name extends keyof Commands>(name: Name, params: Record<string, unknown> = {}) {
    const id = ++lastId
    const answer = Promise.withResolvers<unknown>()
    pending.set(id, answer)
    socket.send(JSON.stringify({ id, method: name, params }))
    return RESULTS[name].parse(await answer.promise) as z.output<Commands[Name]>
  }

  return { send, problems }
}
