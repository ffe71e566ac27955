/**
 * Words of a crisis, by language: a message with one of these is answered with people to call, before any model
 * is asked. The list errs on the side of help: a false alarm costs a glance, a missed one may cost a life. It must
 * never be used for anything else: a hit is told to nobody and kept nowhere.
 *
 * How to read it: each line is a phrase of words in small letters without accents or apostrophes; `*` stands for any
 * ending of a word, ` .. ` for up to three words in between. A message is brought to the same form before it is looked
 * at. To add a language add its key; phrases of all languages are looked for in every message, since people do not
 * always write in the language of the page.
 */
export const CRISIS_PHRASES: Readonly<Record<string, readonly string[]>> = {
  en: [
    'suicid*',
    'kill .. myself',
    'killing myself',
    'kms',
    'end my life',
    'ending my life',
    'end it all',
    'take my own life',
    'taking my own life',
    'want to die',
    'wanna die',
    'wish i was dead',
    'wish i were dead',
    'better off dead',
    'better off without me',
    'dont want to live',
    'do not want to live',
    'dont want to be alive',
    'do not want to be alive',
    'dont want to be here anymore',
    'dont want to wake up',
    'no reason to live',
    'nothing to live for',
    'hurt myself',
    'hurting myself',
    'harm myself',
    'harming myself',
    'self harm*',
    'selfharm*',
    'cut myself',
    'cutting myself',
    'overdos*',
    'jump off .. bridge',
    'hang myself',
    'hanging myself',
    'being abused',
    'abuses me',
    'raped',
    'was assaulted',
    'hits me at home',
  ],
  de: [
    'suizid*',
    'selbstmord*',
    'selbsttotung*',
    'umbringen',
    'bring mich um',
    'bringe mich um',
    'mir das leben nehmen',
    'nehme mir das leben',
    'mein leben beenden',
    'will sterben',
    'mochte sterben',
    'will nicht mehr leben',
    'mochte nicht mehr leben',
    'nicht mehr leben',
    'lieber tot',
    'ware ich tot',
    'wunschte ich ware tot',
    'will nicht mehr aufwachen',
    'keinen sinn mehr',
    'ritze mich',
    'mich ritzen',
    'mich selbst verletz*',
    'verletze mich selbst',
    'selbstverletz*',
    'mir etwas antun',
    'uberdosis',
    'erhangen',
    'missbraucht',
    'vergewaltigt',
    'schlagt mich zu hause',
  ],
  fr: [
    'suicid*',
    'me tuer',
    'me tue',
    'en finir avec la vie',
    'envie den finir',
    'mettre fin a mes jours',
    'mettre fin a ma vie',
    'envie de mourir',
    'veux mourir',
    'voudrais mourir',
    'voudrais etre mort*',
    'plus envie de vivre',
    'veux plus vivre',
    'ne plus vivre',
    'mieux sans moi',
    'plus de raison de vivre',
    'aucune raison de vivre',
    'me faire du mal',
    'me fais du mal',
    'me mutil*',
    'automutil*',
    'me scarif*',
    'scarification*',
    'surdose',
    'overdose',
    'me pendre',
    'me jeter .. pont',
    'violee',
    'viole par',
    'abuse de moi',
    'me frappe a la maison',
  ],
  es: [
    'suicid*',
    'matarme',
    'me mato',
    'me voy a matar',
    'quitarme la vida',
    'acabar con mi vida',
    'terminar con mi vida',
    'acabar con todo',
    'quiero morir*',
    'quisiera morir*',
    'ganas de morir*',
    'quiero estar muert*',
    'ojala estuviera muert*',
    'no quiero vivir',
    'no quiero seguir viviendo',
    'sin ganas de vivir',
    'no tengo ganas de vivir',
    'estarian mejor sin mi',
    'hacerme dano',
    'me hago dano',
    'lastimarme',
    'autolesion*',
    'cortarme',
    'me corto',
    'sobredosis',
    'ahorcarme',
    'me violaron',
    'abusan de mi',
    'abuso de mi',
    'me pega en casa',
  ],
  it: [
    'suicid*',
    'uccidermi',
    'mi uccido',
    'farla finita',
    'togliermi la vita',
    'voglio morire',
    'non voglio piu vivere',
    'farmi del male',
    'mi taglio',
    'autolesion*',
  ],
  pt: [
    'suicid*',
    'me matar',
    'matar me',
    'tirar a minha vida',
    'quero morrer',
    'nao quero mais viver',
    'nao quero viver',
    'me machucar',
    'me cortar',
    'automutil*',
  ],
  nl: [
    'zelfmoord*',
    'suicid*',
    'mezelf van kant',
    'wil dood',
    'niet meer leven',
    'mezelf pijn doen',
    'mezelf snij*',
    'einde aan mijn leven',
  ],
}

/** Small letters and digits in words, one space between; accents, apostrophes and signs gone. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[\p{M}\u200b-\u200d\ufeff'’‘ʼ`´]/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const patterns = Object.values(CRISIS_PHRASES)
  .flat()
  .map((phrase) => {
    const words = phrase.replaceAll('*', '\\p{L}*').replaceAll(' .. ', ' (?:\\S+ ){0,3}')
    return new RegExp(`(?:^| )${words}(?: |$)`, 'u')
  })

/** True when a message has words of a crisis, in any of the languages. */
export function speaksOfCrisis(text: string): boolean {
  const words = plain(text)
  return patterns.some((pattern) => pattern.test(words))
}
