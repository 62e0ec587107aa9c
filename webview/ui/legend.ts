/** The key over the picture: which cloud is which, and how long the longest arrow is. */
import type { KeyEntry } from '../experiments/ddpm/view';
import { append, h, setHidden, setText } from './dom';
import { cloudMark } from './plots/marks';
import type { AppState, Ran } from './state';
import { t } from './words';

export interface Legend {
  element: HTMLElement;
  /** Returns the entries in words, for an exported picture. */
  set(state: AppState, arrows: string | null): KeyEntry[];
}

export function legend(): Legend {
  const clouds = h('span', { class: 'legend-clouds' });
  const arrowText = h('span', { class: 'legend-arrows' });
  const element = h('p', { class: 'legend', 'aria-hidden': 'true' }, clouds, arrowText);
  let shown = '';
  return {
    element,
    set(state, arrows) {
      const entries = entriesOf(state);
      const now = JSON.stringify(entries);
      if (now !== shown) {
        shown = now;
        clouds.replaceChildren();
        append(clouds, entries.flatMap(({ mark, text }) => [mark === 'field' ? null : cloudMark(mark), h('span', { class: 'legend-text' }, text)]));
      }
      setText(arrowText, arrows ? `${t(FIELD_WORDS[state.fieldMode])} · ${arrows}` : '');
      setHidden(arrowText, arrows === null);
      return entries;
    },
  };
}

const FIELD_WORDS: Record<AppState['fieldMode'], string> = {
  none: '', predicted: '−ε̂, the network', exact: '−ε, exact', both: '−ε̂ over exact', difference: 'network − exact',
};

function entriesOf({ drawn, kept, ran, player, previewing, preview }: AppState): KeyEntry[] {
  if (drawn) return [];
  const entries: KeyEntry[] = [];
  const forward = ran?.direction === 'forward' && !previewing;
  if (kept && !forward) entries.push({ mark: 'A', text: named('A', runName(kept.ran)) });
  if (previewing && preview) entries.push({ mark: kept ? 'B' : 'A', text: named(kept && 'B', t('sample at step {0}', preview.step.toLocaleString('en-US'))) });
  else if (forward && player.count > 0) entries.push({ mark: 'forward', text: 'xₜ ~ q(xₜ | xₜ₋₁)' });
  else if (ran && player.count > 0) entries.push({ mark: kept ? 'B' : 'A', text: kept ? named('B', runName(ran)) : t('sample xₜ') });
  return [...entries, { mark: 'data', text: t('real data') }];
}

/** With the letter of the run, where there are two. */
const named = (letter: string | null, text: string): string => (letter ? t('{0}: {1}', letter, text) : text);

/** "DDIM, 50 steps" */
export function runName({ resolved, trainedSteps }: Ran): string {
  const { sampler, steps, eta } = resolved.values;
  const name = `${String(sampler).toUpperCase()}${sampler === 'ddim' && Number(eta) > 0 ? ` η = ${eta}` : ''}`;
  return trainedSteps > 0 ? t('{0}, {1} steps, trained {2}', name, steps, trainedSteps) : t('{0}, {1} steps', name, steps);
}
