/**
 * The words between a page and the vault about results submitted for review: types alone. `openResult` is the one
 * answer that carries what somebody else's picture was read as: that person sealed it to this account, by wish.
 */
import type { ResultContent } from './content.ts'

export interface ResultRecipient {
  readonly accountId: string
  readonly name: string
  /** Of the account's public keys, to be compared with what the admin's own page of submitted results says. */
  readonly fingerprint: string
  /** `vouched`: named by the course's signed roster. The others: a school admin, whom nobody signs for. */
  readonly trust: 'vouched' | 'first-use' | 'known' | 'changed'
}

export interface OpenedResult extends ResultContent {
  readonly senderName: string
  readonly sentAt: number
}

export interface ResultVerbs {
  resultRecipients: {
    args: { courseId: string | null }
    answer: { recipients: readonly ResultRecipient[] }
  }
  /** Sends a result to the recipients that the person saw, with their fingerprints as shown. */
  submitResult: {
    args: {
      courseId: string | null
      recipients: readonly { accountId: string; fingerprint: string }[]
      content: ResultContent
    }
    answer: { id: string }
  }
  /** Fingerprint of this account's public keys, for others to compare. */
  ownFingerprint: { args: Record<string, never>; answer: { fingerprint: string } }
  /** Opens a result that was submitted to this account. */
  openResult: { args: { id: string }; answer: OpenedResult }
}
