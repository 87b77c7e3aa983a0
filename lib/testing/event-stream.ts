type StreamEvent = {
  id: number
  event: string
  data: { seq: number; task_id: string } & Record<string, unknown>
}

export type EventReader = {
  /** What has arrived so far. */
  events: StreamEvent[]
  /** The id from which a client would resume. */
  lastId: () => number | undefined
  /** When the stream ended, by `performance.now()`. */
  ended: Promise<number>
  leave: () => Promise<void>
}

/** Reads server-sent events as a browser does. */
export function readEvents(body: ReadableStream<Uint8Array>): EventReader {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const events: StreamEvent[] = []
  let lastId: number | undefined
  let rest = ''
  const take = (block: string) => {
    const fields = new Map(block.split('\n').map((line) => line.split(/: ?(.*)/s) as [string, string]))
    if (fields.has('id')) lastId = Number(fields.get('id'))
    const [event, data] = [fields.get('event'), fields.get('data')]
    if (event && data) events.push({ id: Number(fields.get('id')), event, data: JSON.parse(data) })
  }
  const readAll = async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const blocks = (rest + decoder.decode(part.value, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) take(block)
    }
    return performance.now()
  }
  return {
    events,
    lastId: () => lastId,
    ended: readAll().catch(() => performance.now()),
    leave: () => reader.cancel(),
  }
}
