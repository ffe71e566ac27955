/**
 * The spotlight: one person or one shared screen that a teacher puts in front for everyone. Who
 * pins something else looks at that; nothing here may force a view.
 */
import * as z from 'zod'
import { memberIdSchema } from '../ids.ts'

export const spotlightSchema = z.object({
  memberId: memberIdSchema,
  source: z.enum(['camera', 'screen']),
})
export type Spotlight = z.infer<typeof spotlightSchema>

const shown = z.object({ spotlight: spotlightSchema.nullable() })

export const spotlightRequests = {
  /** Null takes it away. */
  setSpotlight: { request: shown, response: z.object({}) },
}

export const spotlightNotifications = { spotlight: shown }
