// npm run docs: writes docs/derivations.md from the derivations.
import { writeFileSync } from 'node:fs';
import { DERIVATION_GROUPS } from '../core/derivations';
import { derivationsDocument } from '../core/derivations/document';

writeFileSync('docs/derivations.md', derivationsDocument(DERIVATION_GROUPS));
