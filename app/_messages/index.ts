/**
 * Every sentence that a person sees, by language and by part of the product. A part's file is named
 * after it; adding a language means adding a folder here. It must never hold text from people.
 */
import support from './en/support.json' with { type: 'json' }
import account from './en/account.json' with { type: 'json' }
import admin from './en/admin.json' with { type: 'json' }
import analyze from './en/analyze.json' with { type: 'json' }
import audit from './en/audit.json' with { type: 'json' }
import auth from './en/auth.json' with { type: 'json' }
import care from './en/care.json' with { type: 'json' }
import classroom from './en/class.json' with { type: 'json' }
import common from './en/common.json' with { type: 'json' }
import connectionTest from './en/connection-test.json' with { type: 'json' }
import courseAccess from './en/course-access.json' with { type: 'json' }
import courses from './en/courses.json' with { type: 'json' }
import desk from './en/desk.json' with { type: 'json' }
import devices from './en/devices.json' with { type: 'json' }
import history from './en/history.json' with { type: 'json' }
import historyKeys from './en/history-keys.json' with { type: 'json' }
import home from './en/home.json' with { type: 'json' }
import letters from './en/letters.json' with { type: 'json' }
import moderation from './en/moderation.json' with { type: 'json' }
import modelCard from './en/model-card.json' with { type: 'json' }
import mood from './en/mood.json' with { type: 'json' }
import quality from './en/quality.json' with { type: 'json' }
import talk from './en/talk.json' with { type: 'json' }

const en = {
  support,
  account,
  admin,
  analyze,
  audit,
  auth,
  care,
  class: classroom,
  common,
  connectionTest,
  courseAccess,
  courses,
  desk,
  devices,
  history,
  historyKeys,
  home,
  letters,
  modelCard,
  moderation,
  mood,
  quality,
  talk,
}

export type Messages = typeof en

/** Languages that there are texts for; the first one is the default. */
export const LANGUAGES = ['en'] as const

export type Language = (typeof LANGUAGES)[number]

const byLanguage: Readonly<Record<Language, Messages>> = { en }

/** All texts of a language. */
export function messagesOf(language: Language): Messages {
  return byLanguage[language]
}
