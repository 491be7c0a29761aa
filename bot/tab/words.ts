import { tabEn } from '../../cards/text/tab-en.ts';
import { tabNl } from '../../cards/text/tab-nl.ts';
import type { Language } from '../../domain/people/actor.ts';

export type Words = typeof tabEn;

const WORDS: Record<Language, Words> = { en: tabEn, nl: tabNl };

export const wordsIn = (language: Language): Words => WORDS[language];

/** The language of a client, from its locale. */
export const languageOf = (locale: string): Language => (locale.toLowerCase().startsWith('nl') ? 'nl' : 'en');
