import { config } from 'zod'

// zod would try to compile code when a schema is made, which the pages' Content-Security-Policy reports as a violation.
config({ jitless: true })
