import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { courseSettings, DEFAULT_COURSE_SETTINGS } from '../../../_wire/settings.ts'
import { checkDraft, draftOf } from './settings-draft.ts'

const draft = draftOf(DEFAULT_COURSE_SETTINGS)

describe('checkDraft', () => {
  it('gives back the settings that a draft was made of', () => {
    expect(checkDraft(draft, 2).settings).toEqual(DEFAULT_COURSE_SETTINGS)
  })

  it.each(['', '4', '601', '12.5', '1e2', '-5', 'ten', ' 0x10'])(
    'refuses an interval of %j',
    (text) => {
      expect(checkDraft({ ...draft, intervalSeconds: text }, 2).errors).toEqual({
        intervalSeconds: true,
      })
    },
  )

  it('holds the school’s floor for the minimum group', () => {
    expect(checkDraft({ ...draft, minimumGroup: '4' }, 5).errors).toEqual({ minimumGroup: true })
    expect(checkDraft({ ...draft, minimumGroup: '5' }, 5).settings?.minimumGroup).toBe(5)
  })

  it('names every field that is wrong', () => {
    const wrong = { ...draft, intervalSeconds: '0', minimumGroup: '1', retentionDays: '0' }
    expect(checkDraft(wrong, 2).errors).toEqual({
      intervalSeconds: true,
      minimumGroup: true,
      retentionDays: true,
    })
  })

  it('never lets through what the server would refuse', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (interval, group, days) => {
        const { settings } = checkDraft(
          { ...draft, intervalSeconds: interval, minimumGroup: group, retentionDays: days },
          2,
        )
        if (settings !== undefined) expect(courseSettings.safeParse(settings).success).toBe(true)
      }),
    )
  })
})
