/**
 * Ties next-intl's types to the texts that exist, so that a missing key fails the type check.
 */
import type { Language, Messages } from './index.ts'

declare module 'next-intl' {
  interface AppConfig {
    Locale: Language
    Messages: Messages
  }
}
