/**
 * The document around every page: language, typeface, appearance, texts. Rendered per request, since
 * each answer carries its own CSP nonce. It must never load anything from another origin.
 */
import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { cookies } from 'next/headers'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { APPEARANCE_COOKIE, parseAppearance } from './_ui/appearance.ts'
import { Providers } from './_ui/providers.tsx'
import './globals.css'

// The Latin letters come early, with a fallback of the same measure; globals.css adds the other scripts.
const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2',
  weight: '100 900',
  variable: '--font-inter',
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
    },
  ],
})

export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: { default: 'Attune', template: '%s · Attune' },
  description: 'A video classroom that notices how the class is doing.',
  robots: { index: false },
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf9f5' },
    { media: '(prefers-color-scheme: dark)', color: '#161310' },
  ],
}

export default async function RootLayout({
  children,
}: {
  children: ReactNode
}): Promise<ReactNode> {
  const appearance = parseAppearance((await cookies()).get(APPEARANCE_COOKIE)?.value)
  return (
    <html
      lang={await getLocale()}
      className={inter.variable}
      data-theme={appearance === 'system' ? undefined : appearance}
    >
      <body>
        <NextIntlClientProvider>
          <Providers>{children}</Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  )
}
