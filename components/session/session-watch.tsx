'use client'

import { useEffect } from 'react'
import { joinChannel } from '#components/browser/refusable'
import { TEXT_FIELDS } from '#lib/auth/edge/form-marks'
import { DRAFT_PATH } from '#lib/auth/edge/log-in-path'
import { fieldsOf, isChanged } from '../form/fields'
import { sendPlainly } from '../form/send-plainly'

const CHANNEL = 'taskward.session'

/**
 * On every page behind the gate: names its account to the other tabs, and leaves the page as soon as another tab, or
 * another device, has ended this session or replaced it by one of another account. What was typed there is kept for its
 * account (docs/decisions/0032-sessions-that-end-while-typing.md).
 */
export function SessionWatch({ userId }: { userId: string }) {
  useEffect(() => {
    async function check() {
      const answer = await fetch('/api/auth/me', { cache: 'no-store' }).catch(() => null)
      if (answer?.status === 401) leave(() => window.location.replace(`/login${returnHere()}`))
      // Another account has logged in here meanwhile.
      else if (answer?.ok && (await answer.json()).user_id !== userId) leave(() => window.location.reload())
    }
    function checkVisible() {
      if (document.visibilityState === 'visible') void check()
    }
    function checkOther({ data }: MessageEvent) {
      if (data !== userId) void check()
    }
    // A page out of the back-forward cache is a picture of the past.
    function reloadRestored({ persisted }: PageTransitionEvent) {
      if (persisted) window.location.reload()
    }
    const channel = joinChannel(CHANNEL, checkOther)
    channel.post(userId)
    document.addEventListener('visibilitychange', checkVisible)
    window.addEventListener('pageshow', reloadRestored)
    return () => {
      channel.leave()
      document.removeEventListener('visibilitychange', checkVisible)
      window.removeEventListener('pageshow', reloadRestored)
    }
  }, [userId])
  return null
}

/** On the log-in page: has the other tabs check whether they are still signed in. */
export function SessionChanged() {
  useEffect(() => {
    const channel = joinChannel(CHANNEL)
    channel.post('changed')
    channel.leave()
  }, [])
  return null
}

/** Leaves the page with its text as a draft, or by `otherwise` where no text was typed. */
function leave(otherwise: () => void) {
  const form = [...document.forms].find(holdsTypedText)
  if (form) sendPlainly(new FormData(form), DRAFT_PATH + returnHere())
  else otherwise()
}

function returnHere(): string {
  const here = window.location.pathname + window.location.search
  return `?next=${encodeURIComponent(here)}`
}

function holdsTypedText(form: HTMLFormElement): boolean {
  return fieldsOf(form).some(
    (field) => !(field instanceof HTMLSelectElement) && TEXT_FIELDS.includes(field.name) && isChanged(field),
  )
}
