'use client'

import { useEffect } from 'react'
import { joinChannel, SESSION_CHANNEL } from '#components/browser/optional-apis.ts'

/** On the log-in page: makes the other tabs check their session. */
export function SessionChangeBroadcast() {
  useEffect(() => {
    const channel = joinChannel(SESSION_CHANNEL)
    channel.post('changed')
    channel.close()
  }, [])
  return null
}
