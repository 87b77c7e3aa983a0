import type { PlannedRequest, Target } from './plan.ts'

/** Which request comes next. With `carry`, a request returns with the token of its answer. */
export function takeTurns({ requests, carry }: Pick<Target, 'requests' | 'carry'>) {
  const waiting = [...requests]
  let taken = 0
  return {
    next(): PlannedRequest {
      const request = carry ? waiting.shift() : requests[taken++ % requests.length]
      if (!request) throw new Error('The plan has fewer requests than connections.')
      return request
    },
    finish(request: PlannedRequest, answer: string): void {
      if (!carry) return
      const token = parseObject(answer)[carry]
      waiting.push(token === undefined ? request : { ...request, body: { ...request.body, [carry]: token } })
    },
  }
}

/** The answer of an overloaded server may be a page. */
function parseObject(text: string): Record<string, unknown> {
  return text.startsWith('{') ? JSON.parse(text) : {}
}
