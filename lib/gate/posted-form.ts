import { KNOWN_ACTIONS_HEADER } from './internal-headers.ts'

const ROUTER_CALL = 'next-action'
const ACTION_ID = /^[0-9a-f]{42}$/
const BOUND_ACTION = /^\{"id":"([0-9a-f]{42})","bound":"\$@1"\}$/

export type PostedForm = {
  actionId: string | null
  fields: Record<string, string>
}

type Entries = [name: string, text: string][]

/** Whether Next.js would run a server action for a request to a page. */
export function isActionCall(headers: Headers): boolean {
  return headers.has(ROUTER_CALL) || /^multipart\/form-data/i.test(headers.get('content-type') ?? '')
}

/** Null for a form that is not of this site: React's decoder also takes references, streams, files and chunks. */
export async function readPostedForm(request: Request): Promise<PostedForm | null> {
  try {
    const entries = await readTexts(request)
    const called = request.headers.get(ROUTER_CALL)
    return entries && (called === null ? readPlainPost(entries) : readRouterCall(entries, called))
  } catch {
    // Not multipart, cut short, or nested deeper than the stack.
    return null
  }
}

/** True also if the server did not list the actions of its build: Next.js then decides. */
export function isKnownAction(headers: Headers, actionId: string): boolean {
  const known = headers.get(KNOWN_ACTIONS_HEADER)
  return known === null || known.split(' ').includes(actionId)
}

async function readTexts(request: Request): Promise<Entries | null> {
  const entries = [...(await request.formData())]
  const texts = entries.filter((entry): entry is Entries[number] => typeof entry[1] === 'string')
  return texts.length === entries.length ? texts : null
}

/** `action(state, form)`: "0" lists the arguments, and the form's own fields have a prefix. */
function readRouterCall(entries: Entries, actionId: string): PostedForm | null {
  const lists = entries.filter(([name]) => name === '0')
  const fields = entries.filter(([name]) => name.startsWith('_1_'))
  const [state, form, ...more] = toArray(lists[0]?.[1])
  const isComplete = lists.length === 1 && lists.length + fields.length === entries.length
  if (!ACTION_ID.test(actionId) || !isComplete || form !== '$K1' || more.length > 0) return null
  if (!isPlain(state)) return null
  return { actionId, fields: toFields(fields.map(([name, text]) => [name.slice('_1_'.length), text])) }
}

/** Hidden fields name the action and contain the form's last state. A form that returned with its page has none. */
function readPlainPost(entries: Entries): PostedForm | null {
  const marks = entries.filter(([name]) => name.startsWith('$'))
  const fields = toFields(entries.filter(([name]) => !name.startsWith('$')))
  if (marks.length === 0) return { actionId: null, fields }
  const texts = toFields(marks)
  const [, position] =
    /^\$ACTION_REF_(\d{1,4})$/.exec(marks.find(([name]) => name.includes('_REF_'))?.[0] ?? '') ?? []
  const names = [`$ACTION_REF_${position}`, `$ACTION_${position}:0`, `$ACTION_${position}:1`, '$ACTION_KEY']
  const isComplete = marks.length === names.length && names.every((name) => name in texts)
  const [, actionId] = BOUND_ACTION.exec(texts[`$ACTION_${position}:0`] ?? '') ?? []
  const bound = toArray(texts[`$ACTION_${position}:1`])
  if (!position || !isComplete || !actionId || bound.length !== 1 || !isPlain(bound[0])) return null
  return { actionId, fields }
}

function toArray(json: string | undefined): unknown[] {
  const value: unknown = json === undefined ? null : JSON.parse(json)
  return Array.isArray(value) ? value : []
}

/** Whether React's decoder keeps the value as it is. A text that begins with one "$" is an instruction to it. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return /^(?!\$)|^\$\$|^\$undefined$/.test(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, part]) => key !== '__proto__' && isPlain(part))
}

/** Forms have CRLF line ends, the rest of the application LF. */
function toFields(entries: Entries): Record<string, string> {
  return Object.fromEntries(entries.map(([name, text]) => [name, text.replaceAll('\r\n', '\n')]))
}
