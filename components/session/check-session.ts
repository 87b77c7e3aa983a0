import { leaveInTurn, TYPED_TEXT, withSessionStorage } from '#components/browser/optional-apis.ts'
import { submitNatively } from '#components/form/submit-natively.ts'
import { collectUnsaved } from '#components/form/unsaved-forms.ts'
import { DRAFT_PATH } from '#lib/gate/log-in-path.ts'

const LEAVING = 'taskward.leaving'

/** `ended`: the page is being left. `unknown`: the server did not answer, or not to this question. */
export type SessionState = 'active' | 'ended' | 'unknown'

/** Leaves the page if its session has ended, or if its browser has logged in to another account than the page's. */
export async function checkSession(userId: string): Promise<SessionState> {
  const address = getAddress()
  const answer = await fetch('/api/auth/me', { cache: 'no-store' }).catch(() => null)
  // The router has led to another page meanwhile, such as that of the log-in.
  if (address !== getAddress()) return 'unknown'
  if (answer?.status === 401) leave(() => window.location.replace(`/login${nextParameter()}`))
  else if (!answer?.ok) return 'unknown'
  else if ((await answer.json()).user_id === userId) return 'active'
  else leave(() => window.location.reload())
  return 'ended'
}

/**
 * Posts typed text as drafts, which leads to the log-in page; without typed text it calls `navigate`. Tabs take turns,
 * because each needs the draft cookie that the tab before it received. No text remains in the browser.
 */
function leave(navigate: () => void) {
  const unsaved = collectUnsaved()
  withSessionStorage((storage) => storage.removeItem(TYPED_TEXT))
  if (unsaved) leaveInTurn(LEAVING, () => submitNatively(unsaved, DRAFT_PATH + nextParameter()))
  else navigate()
}

function nextParameter(): string {
  return `?next=${encodeURIComponent(getAddress())}`
}

function getAddress(): string {
  return window.location.pathname + window.location.search
}
