/**
 * How far this machine is behind, from look to look: it takes two bad looks to go a level up, and a
 * longer calm to come down again, so that nothing swings. A machine that is at its limit soon after it
 * came down is let down less readily each time. Pure but for what it remembers.
 */

/** 0: keeps up; 1 and 2: leave out more and more. */
export type Strain = 0 | 1 | 2

const BAD_LOOKS = 2
const CALM_LOOKS = 6
/** The longest calm that is asked for, and one after which all is forgotten. */
const MOST_CALM_LOOKS = 96
/** Looks within which being behind again means that coming down was too early. */
const RELAPSE_LOOKS = 20
/** Looks for which analysis holds back after a bad one: its bursts may be minutes apart. */
const YIELD_LOOKS = 60

export class StrainGauge {
  #level: Strain = 0
  #bad = 0
  #calm = 0
  #calmLooks = CALM_LOOKS
  #sinceBad = Number.POSITIVE_INFINITY
  /** Looks since it came down; null while it has not. */
  #sinceDown: number | null = null

  /** @returns the level after this look */
  look(strained: boolean): Strain {
    this.#bad = strained ? this.#bad + 1 : 0
    this.#calm = strained ? 0 : this.#calm + 1
    this.#sinceBad = strained ? 0 : this.#sinceBad + 1
    if (this.#sinceDown !== null) this.#sinceDown += 1
    if (this.#bad >= BAD_LOOKS && this.#level < 2) this.#rise()
    else if (this.#calm >= this.#calmLooks && this.#level > 0) {
      this.#move(this.#level === 2 ? 1 : 0)
      this.#sinceDown = 0
    } else if (this.#calm >= MOST_CALM_LOOKS) this.#calmLooks = CALM_LOOKS
    return this.#level
  }

  /**
   * What analysis shall leave out: it yields before the call does. One bad look is enough, since a burst
   * that is too much for a machine is over before the next look.
   */
  get yielding(): Strain {
    return this.#level === 0 && this.#sinceBad <= YIELD_LOOKS ? 1 : this.#level
  }

  #rise(): void {
    const tooEarly = this.#sinceDown !== null && this.#sinceDown <= RELAPSE_LOOKS
    if (tooEarly) this.#calmLooks = Math.min(MOST_CALM_LOOKS, this.#calmLooks * 2)
    this.#sinceDown = null
    this.#move(this.#level === 0 ? 1 : 2)
  }

  #move(level: Strain): void {
    this.#level = level
    this.#bad = 0
    this.#calm = 0
  }
}
