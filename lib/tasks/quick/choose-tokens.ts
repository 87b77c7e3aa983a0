import type { Token } from './quick-task.ts'
import type { Part } from './read-parts.ts'

const MAX_LABELS = 20

/** A day after one of these belongs to the title: "Prepare slides for Thursday", "Sit in the sun". */
const BINDING = /^(?:the|a|an|of|for|to|and|or|with|about|after|before|in|since|until|till|than|last|vs)$/

export type ChosenPart = Part & { token: Token }

/**
 * Chooses which parts are tokens, each kind once. Days and times count at the start, then at the end, then after a word
 * such as "on". A time needs a day.
 * @returns the tokens in their order
 */
export function chooseTokens(parts: readonly Part[]): ChosenPart[] {
  const chosen = new Set<Part>()
  const taken = new Set<string>()
  const hasDay = parts.some(isDay)

  function take(part: Part | undefined): boolean {
    if (!part?.token || (part.token.kind === 'dueTime' && !hasDay)) return false
    if (chosen.has(part)) return true
    const slot = part.token.kind === 'label' ? `@${part.token.value}` : part.token.kind
    const labels = [...taken].filter((name) => name.startsWith('@')).length
    if (taken.has(slot) || (slot.startsWith('@') && labels >= MAX_LABELS)) return false
    taken.add(slot)
    chosen.add(part)
    return true
  }

  const isBound = (index: number) => {
    const before = parts[index - 1]
    return before?.token === null && BINDING.test(before.key)
  }

  parts.filter(isMark).forEach(take)
  let first = 0
  while (take(parts[first])) first++
  let last = parts.length - 1
  while (!isBound(last) && take(parts[last])) last--
  parts.forEach((part, index) => {
    if (part.isMarked && !isBound(index)) take(part)
  })
  parts.forEach((part, index) => {
    const isNextToDay = [parts[index - 1], parts[index + 1]].some(
      (near) => near && chosen.has(near) && isDay(near),
    )
    if (part.token?.kind === 'dueTime' && isNextToDay) take(part)
  })
  const isTimed = [...chosen].some(isDay)
  return parts.filter(
    (part): part is ChosenPart => chosen.has(part) && (isTimed || part.token?.kind !== 'dueTime'),
  )
}

function isDay({ token }: Part): boolean {
  return token?.kind === 'dueOn' || token?.kind === 'repeat'
}

function isMark({ token }: Part): boolean {
  return token?.kind === 'list' || token?.kind === 'label' || token?.kind === 'priority'
}
