/** Data that cannot be used. What is wrong, where (file, byte) and what to do is said in the language of whoever shows it. */
import { inEnglish, type Said } from '../l10n/translate';

export class DataError extends Error {
  override name = 'DataError';

  constructor(readonly said: Said) {
    super(said.in(inEnglish));
  }
}
