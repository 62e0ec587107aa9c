/** Continuous bag of words: the neighbours of a word, averaged or added up, predict it. Mikolov et al. 2013. */
import type { Family, FileView, ModelCall } from '../family';
import { cluesFor } from './evidence';
import { libraryCalls } from './gensim';
import { SKIP_GRAM } from './skip-gram';
import { WORD_RULES, wordSettings } from './settings';

export const CBOW: Family = {
  id: 'cbow',
  needs: SKIP_GRAM.needs,
  seeds: SKIP_GRAM.seeds,
  clues: (view) => cluesFor(view, 'cbow'),
  calls: (view: FileView): ModelCall[] => libraryCalls(view, 'cbow'),
  named: WORD_RULES,
  settings: wordSettings,
  foreign: /skip_?gram|glove|classif|lstm|rnn/i,
};
