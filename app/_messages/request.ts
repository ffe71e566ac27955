/**
 * Tells next-intl which language a request is answered in. There is one so far; it must never be
 * guessed from a person's address.
 */
import { getRequestConfig } from 'next-intl/server'
import { LANGUAGES, messagesOf } from './index.ts'

export default getRequestConfig(() => {
  const locale = LANGUAGES[0]
  return { locale, messages: messagesOf(locale), timeZone: 'UTC' }
})
