export type Send = {
  /** The name of the form. */
  form: string
  state: 'sent' | 'failed'
}

type Watcher = (send: Send) => void

const watchers = new Set<Watcher>()

/** Calls every watcher. Success is not announced: it shows in the page that follows. */
export function announceSend(send: Send): void {
  for (const watcher of watchers) watcher(send)
}

/** @returns stops watching */
export function watchSends(watcher: Watcher): () => void {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}
