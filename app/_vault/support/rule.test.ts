import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SUPPORT_RULE, supportRule, type SupportRule } from '../../_wire/notices.ts'
import { countClass, flagOf, isLow, type RuleClass, type RuleReading } from './rule.ts'

const reading = (interval: number, kind: 'negative' | 'good' | 'unclear'): RuleReading => ({
  stream: 'aa',
  sequence: interval,
  interval,
  clear: kind !== 'unclear',
  negative: kind === 'negative',
})

/** A class with so many negative and other clear readings. */
const lesson = (negative: number, other: number, unclear = 0): RuleReading[] => [
  ...Array.from({ length: negative }, (_, i) => reading(i, 'negative')),
  ...Array.from({ length: other }, (_, i) => reading(negative + i, 'good')),
  ...Array.from({ length: unclear }, (_, i) => reading(negative + other + i, 'unclear')),
]
const rule = DEFAULT_SUPPORT_RULE
const attended = (classes: readonly RuleReading[][]): RuleClass[] =>
  classes.map((readings, i) => ({ classId: `c${String(i)}`, startedAt: i, readings }))

const anyReading = fc.record({
  stream: fc.constantFrom('aa', 'bb', 'cc'),
  sequence: fc.nat(60),
  interval: fc.nat(40),
  clear: fc.boolean(),
  negative: fc.boolean(),
})
/** A record's identity is its stream and sequence: no two records share one. */
const readings = fc.uniqueArray(anyReading, {
  maxLength: 80,
  selector: ({ stream, sequence }) => `${stream}/${String(sequence)}`,
})
const rules: fc.Arbitrary<SupportRule> = fc.record({
  count: fc.integer({ min: 3, max: 14 }),
  classesLookedAt: fc.integer({ min: 1, max: 4 }),
  classesBefore: fc.integer({ min: 3, max: 6 }),
})

describe('a low class', () => {
  it.each([
    [8, 7, true],
    [7, 8, false],
    [14, 16, false],
    [15, 15, true],
    [4, 4, true],
    [3, 5, false],
    [7, 0, false],
    [8, 0, true],
    [0, 0, false],
  ])('with %i negative and %i other clear readings: %s', (negative, other, low) => {
    expect(isLow(lesson(negative, other), rule)).toBe(low)
  })

  it('is what the contract says, for every number of readings and every count', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(30), rules, (negative, other, unclear, some) => {
        const clear = negative + other
        const wanted = clear >= 8 && negative * 15 > some.count * clear
        expect(isLow(lesson(negative, other, unclear), some)).toBe(wanted)
      }),
    )
  })

  it('does not come or go by unclear readings, gaps, order or repeats', () => {
    fc.assert(
      fc.property(readings, fc.nat(20), (some, gap) => {
        const low = isLow(some, rule)
        expect(isLow([...some].reverse(), rule)).toBe(low)
        expect(isLow([...some, ...some], rule)).toBe(low)
        expect(
          isLow(
            some.map((one) => ({ ...one, interval: one.interval + gap })),
            rule,
          ),
        ).toBe(low)
        const unclear = { stream: 'dd', sequence: 0, clear: false, negative: true }
        expect(isLow([...some, { ...unclear, interval: 3 }], rule)).toBe(low)
        expect(isLow([...some, { ...unclear, interval: 99 }], rule)).toBe(low)
      }),
    )
  })

  it('counts one reading an interval, whatever the number of devices', () => {
    fc.assert(
      fc.property(readings, (some) => {
        const { clear, negative } = countClass(some)
        expect(clear).toBe(new Set(some.filter((one) => one.clear).map((one) => one.interval)).size)
        expect(negative).toBeLessThanOrEqual(clear)
      }),
    )
    const [own] = lesson(1, 0)
    const second = { ...reading(0, 'good'), stream: 'bb' }
    expect(countClass([second, own ?? second])).toEqual({ clear: 1, negative: 1 })
  })

  it('does not become one by a reading that is not negative', () => {
    fc.assert(
      fc.property(readings, rules, (some, any) => {
        if (isLow(some, any) || countClass(some).clear < 8) return
        expect(isLow([...some, { ...reading(99, 'good'), sequence: 99 }], any)).toBe(false)
      }),
    )
  })
})

describe('a flag', () => {
  const low = lesson(8, 2)
  const fine = lesson(0, 10)
  const without = lesson(0, 0, 12)

  it('waits until the course has had more than three classes', () => {
    expect(flagOf(3, attended([fine, fine, low]), rule)).toBeNull()
    expect(flagOf(4, attended([fine, fine, fine, low]), rule)).toBe('c3')
    expect(flagOf(4, attended([low]), rule)).toBe('c0')
  })

  it('looks at the last classes that were attended, and at no others', () => {
    const twice = { ...rule, classesLookedAt: 2 }
    expect(flagOf(5, attended([low, low, fine]), rule)).toBeNull()
    expect(flagOf(5, attended([fine, low, low]), twice)).toBe('c2')
    expect(flagOf(5, attended([low, fine, low]), twice)).toBeNull()
    expect(flagOf(5, attended([low]), twice)).toBeNull()
    expect(flagOf(6, attended([low, low, []]), twice)).toBe('c1')
  })

  it('takes a class without clear readings for one that was attended and not low', () => {
    expect(flagOf(5, attended([low, without]), rule)).toBeNull()
  })

  it('names the same class as long as the student attends no other', () => {
    fc.assert(
      fc.property(fc.array(readings, { maxLength: 5 }), rules, fc.nat(4), (list, some, missed) => {
        const classes = attended(list)
        const absent = attended(Array.from({ length: list.length + missed }, () => [])).slice(
          list.length,
        )
        const flag = flagOf(10, classes, some)
        expect(flagOf(10 + missed, [...absent, ...classes], some)).toBe(flag)
        expect(flagOf(10, [...classes].reverse(), some)).toBe(flag)
        if (flag !== null) expect(classes.at(-1) ? flag : null).not.toBeNull()
      }),
    )
  })

  it('has defaults and limits that the form and web share', () => {
    expect(supportRule.parse(DEFAULT_SUPPORT_RULE)).toEqual({
      count: 7,
      classesLookedAt: 1,
      classesBefore: 3,
    })
    expect(supportRule.safeParse({ ...rule, classesBefore: 2 }).success).toBe(false)
  })
})
