const WORDS = /^[a-z0-9]+(_[a-z0-9]+)*$/

/** A migration's folder, named as Prisma does (`20261120221500_add_due_dates`), or null if the name is not made of words. */
export function migrationFolderName(name: string | undefined, now: Date): string | null {
  const words =
    name
      ?.trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_') ?? ''
  if (!WORDS.test(words)) return null
  const timestamp = now.toISOString().replaceAll(/\D/g, '').slice(0, 14)
  return `${timestamp}_${words}`
}
