import { joinChannel } from '#components/browser/optional-apis.ts'
import { runInOneTab } from '#components/browser/run-in-one-tab.ts'
import type { SessionState } from '#components/session/check-session.ts'

const RETRY_MS = 1_500
const MAX_RETRY_MS = 60_000
/** A tab that opens asks the one with the stream for its last change. */
const QUESTION = 'last?'

type Follower = {
  userId: string
  /** The number of the last change that the page shows. */
  since: number
  onChange: (seq: number) => void
  checkSession: () => Promise<SessionState>
}

/** Reports changes of the account's tasks. The tabs of a browser share one stream. @returns ends it */
export function followChanges({ userId, since, onChange, checkSession }: Follower): () => void {
  const name = `taskward.changes ${userId}`
  let last = since
  let hasStream = false

  function take(seq: number) {
    if (!(seq > last)) return
    last = seq
    onChange(seq)
  }

  const channel = joinChannel(name, ({ data }) => {
    if (data !== QUESTION) take(Number(data))
    else if (hasStream) channel.post(String(last))
  })

  function openStream(): () => void {
    hasStream = true
    const close = keepOpen(() => `/api/${userId}/changes/stream?since=${last}`, {
      checkSession,
      onChange: (seq) => {
        take(seq)
        channel.post(String(seq))
      },
    })
    return () => {
      hasStream = false
      close()
    }
  }

  channel.post(QUESTION)
  const leave = runInOneTab(name, openStream)
  return () => {
    leave()
    channel.close()
  }
}

/** Opens the stream again whenever it ends, unless its session has ended, too. */
function keepOpen(
  address: () => string,
  { onChange, checkSession }: Pick<Follower, 'onChange' | 'checkSession'>,
) {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  let retryMs = RETRY_MS
  let isOver = false

  function open() {
    source = new EventSource(address())
    source.onopen = () => {
      retryMs = RETRY_MS
    }
    source.onerror = () => {
      source.close()
      retryLater()
    }
    for (const type of ['change', 'gap']) {
      source.addEventListener(type, ({ lastEventId }) => onChange(Number(lastEventId)))
    }
  }

  /** At a random time, because all clients of a server that stops return. */
  function retryLater() {
    timer = setTimeout(retry, retryMs * (0.5 + Math.random() / 2))
    retryMs = Math.min(2 * retryMs, MAX_RETRY_MS)
  }

  async function retry() {
    const session = await checkSession()
    if (isOver || session === 'ended') return
    if (session === 'active') open()
    else retryLater()
  }

  open()
  return () => {
    isOver = true
    clearTimeout(timer)
    source.close()
  }
}
