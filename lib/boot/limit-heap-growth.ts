import { setFlagsFromString } from 'node:v8'

/**
 * On a machine with much memory V8 lets old objects take three times the space before it collects them. With 80 % more
 * the process takes 390 MB in place of 510 after 12,000 lists, for 0 to 5 % of the processor time (decision 0038).
 */
export function limitHeapGrowth(): void {
  setFlagsFromString('--heap-growing-percent=80')
}
