/** What a page may hand to the verbs of support; part of the table of `arguments.ts`. */
import * as z from 'zod'
import { MOST_TEXT } from '../format/case.ts'
import type { SupportVerbs } from './verbs.ts'

const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
const text = z.string().trim().min(1).max(MOST_TEXT)
const meeting = z
  .object({ startsAt: z.number().min(0), minutes: z.int().min(5).max(240) })
  .nullable()
const nothing = z.object({})

export const supportArguments: {
  readonly [V in keyof SupportVerbs]: z.ZodType<SupportVerbs[V]['args']>
} = {
  supportState: nothing,
  answerSupportMessage: z.object({ flag: id, answer: z.enum(['yes', 'no']) }),
  setSupportMessages: z.object({ on: z.boolean() }),
  tendCourse: z.object({ courseId: id }),
  openCase: z.object({
    helpers: z
      .array(z.object({ accountId: id, courseId: id.nullable() }))
      .min(1)
      .max(10),
    text,
    meeting,
    share: z.enum(['nothing', 'summary', 'readings']),
  }),
  readCase: z.object({ caseId: id }),
  writeToCase: z.object({ caseId: id, text, meeting }),
  noteOnCase: z.object({ caseId: id, text }),
  answerSuggestion: z.object({ caseId: id, accountId: id, share: z.boolean() }),
}
