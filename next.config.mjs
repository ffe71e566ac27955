/** How Next builds and serves the pages; headers and the security policy are app/_server/web's. */
import createNextIntlPlugin from 'next-intl/plugin'

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  images: { unoptimized: true },
  // Types are checked by `npm run types`; a build on a school's server need not do it again.
  typescript: { ignoreBuildErrors: true },
  turbopack: {
    root: import.meta.dirname,
    // Texts come compiled (app/_messages/compile.ts), and their parser stays on the server.
    resolveAlias: {
      'use-intl/format-message':
        './node_modules/use-intl/dist/esm/production/format-message/format-only.js',
    },
  },
  serverExternalPackages: ['pino', 'pg', 'libsodium-wrappers', 'libsodium-wrappers-sumo'],
}

export default createNextIntlPlugin('./app/_messages/request.ts')(config)
