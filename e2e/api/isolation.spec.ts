import { test } from '@playwright/test'
import { testIsolation } from '../support/isolation.ts'
import { MAIN } from '../support/run.ts'

// In order, in one worker: two accounts for the whole file.
test.describe.configure({ mode: 'default' })

testIsolation(() => MAIN)
