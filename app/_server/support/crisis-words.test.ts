import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CRISIS_PHRASES, speaksOfCrisis } from './crisis-words.ts'

describe('words of a crisis', () => {
  it.each([
    'I want to die.',
    "I DON'T WANT TO LIVE anymore",
    'i don’t want to be here anymore :(',
    'sometimes I think about suicide',
    'I could just kill all of myself',
    'I have been cutting myself',
    'Ich will nicht mehr leben!',
    'Ich möchte sterben',
    'Ich denke an Selbstmord',
    'Ich könnte mich umbringen',
    "J'ai envie d'en finir",
    'Je veux mourir',
    'je pense au suicide',
    'Je me fais du mal',
    'Quiero morirme',
    'No quiero vivir más',
    'pienso en hacerme daño',
    'me quiero suicidar',
    'voglio morire',
    'quero morrer',
    'ik wil dood',
  ])('are heard in: %s', (text) => {
    expect(speaksOfCrisis(text)).toBe(true)
  })

  it.each([
    'I am nervous about the test on Friday.',
    'My homework is killing me, what a week',
    'How do I learn vocabulary?',
    'Ich habe Angst vor der Prüfung.',
    'Je suis fatigué ce soir.',
    'Estoy triste porque perdí mi libro.',
    'The die was cast in Rome',
    'I live next to the bridge',
  ])('are not heard in: %s', (text) => {
    expect(speaksOfCrisis(text)).toBe(false)
  })

  it('are found wherever they stand, whatever the letters, accents and signs around them', () => {
    const phrases = Object.values(CRISIS_PHRASES)
      .flat()
      .map((phrase) => phrase.replaceAll('*', '').replaceAll(' .. ', ' the '))
    const around = fc.constantFrom('', 'Hello, ', '…', '(', 'äöü — ', '\n')
    fc.assert(
      fc.property(fc.constantFrom(...phrases), around, around, fc.boolean(), (one, a, b, loud) => {
        const text = `${a} ${loud ? one.toUpperCase() : one} ${b}`
        expect(speaksOfCrisis(text.replaceAll(' ', loud ? '  ' : ' '))).toBe(true)
      }),
    )
  })
})
