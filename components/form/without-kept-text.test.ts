import { expect, test } from 'vitest'
import { INITIAL_FORM_STATE } from '#lib/form-state.ts'
import { describeFailedResponse } from '#lib/http/describe-failed-response.ts'
import { FAILURES } from '#lib/http/failures.ts'
import { withoutKeptText } from './without-kept-text.ts'

test('no message of a form that consists of buttons speaks of typed text', () => {
  const answers = [200, 401, 403, 408, 413, 429, 500, 502, 503, null].map((status) =>
    describeFailedResponse({ outcome: 'answered', status, text: null }),
  )
  const missing = (['unsent', 'unreachable'] as const).map((outcome) =>
    describeFailedResponse({ outcome, status: null, text: null }),
  )
  for (const message of [...answers, ...missing, ...Object.values(FAILURES).map(({ text }) => text)]) {
    const shown = withoutKeptText({ ...INITIAL_FORM_STATE, message }).message
    expect(shown).not.toContain('What you typed')
  }
})
