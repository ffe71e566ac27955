/**
 * How Next builds the pages and the route handlers. The server around it is app/_server/main.ts.
 */
import createNextIntlPlugin from 'next-intl/plugin'

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: import.meta.dirname },
}

export default createNextIntlPlugin('./app/_messages/request.ts')(config)
