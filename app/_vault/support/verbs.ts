/**
 * The words between a page and the vault about support: types alone. A page is told of a flag only on the device of the
 * student whom it concerns; nothing here asks for anybody else's.
 */
import type { CaseState } from '../../_wire/support.ts'
import type { AttachmentContent, Meeting, MessageContent } from '../format/case.ts'

export type { AttachmentContent, Meeting, MessageContent }

/** A message that asks the student whether help is welcome. */
export interface SupportMessage {
  /** The class that the flag speaks of; what an answer names. */
  readonly flag: string
  readonly courseName: string
}

export interface SupportState {
  /** What is to be shown now, if anything. */
  readonly message: SupportMessage | null
  /** False: this student turned such messages off. */
  readonly messagesOn: boolean
}

export interface CasePerson {
  readonly id: string
  readonly name: string
}

export interface CaseMessage {
  readonly id: string
  readonly author: CasePerson
  readonly mine: boolean
  readonly at: number
  /** Null where it does not open, or its signature does not hold. */
  readonly content: MessageContent | null
}

/** A case as one of its people sees it. */
export interface CaseView {
  readonly id: string
  readonly role: 'student' | 'helper'
  readonly student: CasePerson
  readonly helpers: readonly CasePerson[]
  readonly course: CasePerson | null
  readonly suggested: CasePerson | null
  readonly state: CaseState
  readonly createdAt: number
  readonly messages: readonly CaseMessage[]
  /** True: a message is missing, or they stand in another order than they were written in. */
  readonly gaps: boolean
  readonly attachment: AttachmentContent | null
  readonly notes: readonly CaseMessage[]
  /** Who read it and when. */
  readonly openings: readonly { readonly by: CasePerson | null; readonly at: number }[]
}

export interface NewCase {
  /** `courseId` null: trusted staff of the whole school. */
  readonly helpers: readonly { readonly accountId: string; readonly courseId: string | null }[]
  readonly text: string
  readonly meeting: Meeting | null
  readonly share: AttachmentContent['share']
}

type Nothing = Record<string, never>

export interface SupportVerbs {
  supportState: { args: Nothing; answer: SupportState }
  /** The student's answer to a message; it stays in this student's own vault. */
  answerSupportMessage: { args: { flag: string; answer: 'yes' | 'no' }; answer: SupportState }
  setSupportMessages: { args: { on: boolean }; answer: SupportState }
  /** A teacher's device opens a course: classes that ended without their notices get them. */
  tendCourse: { args: { courseId: string }; answer: Nothing }
  openCase: { args: NewCase; answer: { caseId: string } }
  /** Opens a case. A helper's opening is recorded, and the student sees it. */
  readCase: { args: { caseId: string }; answer: CaseView }
  writeToCase: {
    args: { caseId: string; text: string; meeting: Meeting | null }
    answer: CaseMessage
  }
  /** A note that the helpers of a case alone can read. */
  noteOnCase: { args: { caseId: string; text: string }; answer: CaseMessage }
  /** The student's answer to a suggested helper. */
  answerSuggestion: {
    args: { caseId: string; accountId: string; share: boolean }
    answer: Nothing
  }
}

export interface SupportEvents {
  /** What a page is to show has changed. */
  support: SupportState
}
