import { isVisible } from '#lib/visible-text.ts'
import { type ChosenPart, chooseTokens } from './choose-tokens.ts'
import type { QuickTask, Token } from './quick-task.ts'
import { readParts } from './read-parts.ts'

type Reading = {
  /** `YYYY-MM-DD` where the user is. */
  today: string
  /** Texts of tokens that the user took back. They stay in the title. */
  ignored?: readonly string[]
}

/**
 * Reads one line as a task (docs/decisions/0055-quick-add.md). Any text is a task. What is not read is the title, and a
 * line of tokens alone is a title as a whole.
 */
export function readQuickTask(line: string, { today, ignored = [] }: Reading): QuickTask {
  const chosen = chooseTokens(readParts(line, { today, ignored: new Set(ignored) }))
  const title = titleOf(line, chosen)
  return isVisible(title) ? toTask(title, chosen, today) : toTask(line.trim(), [], today)
}

function toTask(title: string, parts: ChosenPart[], today: string): QuickTask {
  const find = <Kind extends Token['kind']>(kind: Kind) =>
    parts
      .map(({ token }) => token)
      .find((token): token is Extract<Token, { kind: Kind }> => token.kind === kind)
  const startOn = find('startOn')?.value ?? null
  const firstDay = parts.find((part) => part.firstDay)?.firstDay
  return {
    title,
    list: find('list')?.value ?? null,
    labels: parts.flatMap(({ token }) => (token.kind === 'label' ? token.value : [])),
    priority: find('priority')?.value ?? 0,
    dueOn: find('dueOn')?.value ?? firstDay?.(startOn && startOn > today ? startOn : today) ?? null,
    dueTime: find('dueTime')?.value ?? null,
    startOn,
    repeat: find('repeat')?.value ?? null,
    tokens: parts.map(({ token, start, end }) => ({ ...token, start, end })),
  }
}

/** The text between the tokens. A comma or a dash in front of a token goes with it. */
function titleOf(line: string, chosen: ChosenPart[]): string {
  let from = 0
  const pieces = chosen.map(({ start, end }) => {
    const piece = line.slice(from, start).trim()
    from = end
    return piece.replace(/(?:,| [-–—])$/, '').trimEnd()
  })
  return [...pieces, line.slice(from).trim()].filter((piece) => piece !== '').join(' ')
}
