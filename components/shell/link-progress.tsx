'use client'

import { useLinkStatus } from 'next/link'

/** Inside a Link: a thin bar on top of the window while its page loads. */
export function LinkProgress() {
  return useLinkStatus().pending && <span className="link-progress" />
}
