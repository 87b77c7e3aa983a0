import type { Token } from './quick-task.ts'
import type { Part } from './read-parts.ts'

export const MAX_LABELS = 50

/** A day after one of these belongs to the title: "Prepare slides for Thursday", "Sit in the sun". */
const BINDING = new RegExp(
  '^(?:the|a|an|of|for|to|and|or|with|about|after|before|in|since|than|last|vs|' +
    'until|til|till|through|thru|ending|except|excluding|but|not)$',
)
const DASH = /^[-–—]$/

export type ChosenPart = Part & { token: Token }

/**
 * Chooses which parts are tokens, each kind once. Days count at the start, then at the end, then after a word such as "on".
 * A time counts next to such a day first, and without a day not at all.
 * @returns the tokens in their order
 */
export function chooseTokens(parts: readonly Part[]): ChosenPart[] {
  const chosen = new Set<Part>()
  const taken = new Set<string>()
  const timesAtEnds: Part[] = []

  function take(part: Part | undefined): boolean {
    if (!part?.token) return false
    if (isTime(part)) return timesAtEnds.push(part) > 0
    if (chosen.has(part)) return true
    const slot = part.token.kind === 'label' ? `@${part.token.value}` : part.token.kind
    const labels = [...taken].filter((name) => name.startsWith('@')).length
    if (taken.has(slot) || (slot.startsWith('@') && labels >= MAX_LABELS)) return false
    taken.add(slot)
    chosen.add(part)
    return true
  }

  const isBound = (index: number) => {
    const last = parts[index - 1]
    // "For 9am friday" is bound as "for friday" is.
    const end = last && isTime(last) ? index - 1 : index
    const [earlier, before] = [parts[end - 2], parts[end - 1]]
    if (before?.token !== null) return false
    // "Trip mon - fri", but not "Buy milk - tomorrow".
    return BINDING.test(before.key) || (DASH.test(before.key) && earlier !== undefined && isDay(earlier))
  }
  const isDayAt = (index: number) => {
    const part = parts[index]
    return part !== undefined && chosen.has(part) && isDay(part)
  }

  parts.filter(isMark).forEach(take)
  // One token that is taken back takes none of the others with it.
  const isPassed = (part: Part | undefined) => take(part) || part?.isIgnored
  let first = 0
  while (isPassed(parts[first])) first++
  let last = parts.length - 1
  while (!isBound(last) && isPassed(parts[last])) last--
  const isAnywhere = (part: Part, index: number) => part.isMarked && !isBound(index)
  parts.filter((part, index) => isAnywhere(part, index) && !isTime(part)).forEach(take)
  const time =
    parts.find((part, index) => isTime(part) && (isDayAt(index - 1) || isDayAt(index + 1))) ??
    timesAtEnds[0] ??
    parts.find((part, index) => isTime(part) && isAnywhere(part, index))
  if (time && [...chosen].some(isDay)) chosen.add(time)
  return parts.filter((part): part is ChosenPart => chosen.has(part))
}

function isTime({ token }: Part): boolean {
  return token?.kind === 'dueTime'
}

function isDay({ token }: Part): boolean {
  return token?.kind === 'dueOn' || token?.kind === 'repeat'
}

function isMark({ token }: Part): boolean {
  return token?.kind === 'list' || token?.kind === 'label' || token?.kind === 'priority'
}
