/** Ten thousand generated and damaged sources, here those of all other languages: reading never throws, ends in time, tells places that are there, and says of an edited text what it says of a fresh one. */
import { fuzz } from './fuzz-suite';

fuzz(({ id }) => id !== 'python');
