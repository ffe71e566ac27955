/**
 * Tells next-intl which language a request is answered in. There is one so far; it must never be
 * guessed from a person's address.
 */
import { getRequestConfig } from 'next-intl/server'
import { compileTexts } from './compile.ts'
import { LANGUAGES, messagesOf } from './index.ts'

const LOCALE = LANGUAGES[0]
const messages = compileTexts(messagesOf(LOCALE))

export default getRequestConfig(() => ({ locale: LOCALE, messages, timeZone: 'UTC' }))
