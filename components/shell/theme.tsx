/** The name of the cookie that keeps a chosen theme. It is no secret, and scripts may read and write it. */
export const THEME_COOKIE = 'taskward.theme'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** What the cookie says; `system` for anything else. */
export function parseTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system'
}
