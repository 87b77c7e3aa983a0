'use client'

import { useEffect } from 'react'
import {
  joinChannel,
  SESSION_CHANNEL,
  TYPED_TEXT,
  withSessionStorage,
} from '#components/browser/optional-apis.ts'

/** On the log-in page: makes the other tabs check their session, and deletes what was typed in this one. */
export function SessionChangeBroadcast() {
  useEffect(() => {
    const channel = joinChannel(SESSION_CHANNEL)
    channel.post('changed')
    channel.close()
    withSessionStorage((storage) => storage.removeItem(TYPED_TEXT))
  }, [])
  return null
}
