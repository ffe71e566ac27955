/**
 * How far this machine is behind, from look to look: it takes two bad looks to go a level up, and a
 * longer calm to come down again, so that nothing swings. Pure but for what it remembers.
 */

/** 0: keeps up; 1 and 2: leave out more and more. */
export type Strain = 0 | 1 | 2

const BAD_LOOKS = 2
const CALM_LOOKS = 6

export class StrainGauge {
  #level: Strain = 0
  #bad = 0
  #calm = 0

  /** @returns the level after this look */
  look(strained: boolean): Strain {
    this.#bad = strained ? this.#bad + 1 : 0
    this.#calm = strained ? 0 : this.#calm + 1
    if (this.#bad >= BAD_LOOKS && this.#level < 2) this.#move(this.#level === 0 ? 1 : 2)
    else if (this.#calm >= CALM_LOOKS && this.#level > 0) this.#move(this.#level === 2 ? 1 : 0)
    return this.#level
  }

  #move(level: Strain): void {
    this.#level = level
    this.#bad = 0
    this.#calm = 0
  }
}
