import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']
/** The page has axe from the analysis before. */
const LOADED = ';'
const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
]

/** No finding on the page as it is, and nothing wider than the window: narrow and wide, by day and by night. */
export async function expectNoViolations(page: Page): Promise<void> {
  // A colour that is still on its way to the other theme is no finding.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  let axeSource: string | undefined
  for (const size of SIZES) {
    await page.setViewportSize(size)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, 'wider than the window').toBeLessThanOrEqual(size.width)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      // The themes differ in colours alone.
      const rules =
        colorScheme === 'light'
          ? { type: 'tag' as const, values: TAGS }
          : { type: 'rule' as const, values: COLOUR_RULES }
      const { violations } = await new AxeBuilder({ page, ...(axeSource && { axeSource }) })
        .options({ runOnly: rules, resultTypes: ['violations'] })
        // The default opens a second page for every analysis. It differs for frames of other origins alone.
        .setLegacyMode()
        .analyze()
      axeSource = LOADED
      const found = violations.map(({ id, help, nodes }) => ({
        id,
        help,
        where: nodes.map(({ html }) => html),
      }))
      expect(found, `${size.width} px, ${colorScheme}`).toEqual([])
    }
  }
}
