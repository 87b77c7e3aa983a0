import { describeToken, type Surroundings } from './describe-token.ts'
import { readQuickTask } from './read-quick-task.ts'
import { splitLines } from './split-words.ts'

/** What was read, and the texts of its tokens. */
export type Found = { label: string; texts: string[] }

export type Preview = {
  /** Of the tasks that the lines become. */
  titles: string[]
  found: Found[]
}

/** What the server will read in a text of one or several lines, each thing once. */
export function previewLines(
  text: string,
  { ignored, ...surroundings }: Surroundings & { ignored: readonly string[] },
): Preview {
  const found = new Map<string, Set<string>>()
  const titles = splitLines(text).map((line) => {
    const { title, tokens, dueOn } = readQuickTask(line, { today: surroundings.today, ignored })
    for (const token of tokens) {
      const label = describeToken(token, { ...surroundings, dueOn })
      found.set(label, (found.get(label) ?? new Set()).add(line.slice(token.start, token.end)))
    }
    return title
  })
  return { titles, found: [...found].map(([label, texts]) => ({ label, texts: [...texts] })) }
}
