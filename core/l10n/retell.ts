/** Sentences that were made in English far from who reads them, found again by their pattern and told in another language. */
import type { Translate } from './translate';

const PLACE = /\{(\d+)\}/g;
const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const fixedLength = (sentence: string): number => sentence.replaceAll(PLACE, '').length;

/**
 * @param sentences with {0}, {1} … in the order in which their values stand.
 * @param isText whether the value at this place of the sentence is a text itself, which is told in turn; a name is not.
 * @returns a function that gives the sentence in the language of `t`, and as it is where it is none of them.
 */
export function retellerOf(sentences: readonly string[], isText: (sentence: string, place: number) => boolean = () => true): (text: string, t: Translate) => string {
  // What says most comes first: "{0} has no points: …" before "{0}: …", "builds on {0}" before "builds {0}".
  const patterns = [...sentences].sort((a, b) => fixedLength(b) - fixedLength(a)).map((english) => ({ english, pattern: new RegExp(`^${english.split(PLACE).map((part, i) => (i % 2 === 0 ? escaped(part) : '(.+?)')).join('')}$`, 's') }));
  const tell = (text: string, t: Translate): string => {
    const whole = t(text);
    if (whole !== text) return whole;
    for (const { english, pattern } of patterns) {
      const match = pattern.exec(text);
      if (match) return t(english, ...match.slice(1).map((value, place) => (isText(english, place) ? tell(value, t) : value)));
    }
    return text;
  };
  return tell;
}
