import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']
/** An empty script: the analysis before has loaded axe into the page. */
const LOADED = ';'
const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
]

/** Expects no violation that axe finds and no horizontal overflow, at two widths and in both themes. */
export async function expectNoViolations(page: Page): Promise<void> {
  // Without it, axe would measure colours in the middle of a transition.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  let axeSource: string | undefined
  for (const size of SIZES) {
    await page.setViewportSize(size)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, 'wider than the window').toBeLessThanOrEqual(size.width)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      // The themes differ in colours only.
      const rules =
        colorScheme === 'light'
          ? { type: 'tag' as const, values: TAGS }
          : { type: 'rule' as const, values: COLOUR_RULES }
      const { violations } = await new AxeBuilder({ page, ...(axeSource && { axeSource }) })
        .options({ runOnly: rules, resultTypes: ['violations'] })
        // The default opens a second page per analysis. It matters for frames of other origins only.
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
