/** The bound in numbers, term by term, while it trains: −ELBO = reconstruction + divergence, of the batches and of held-out examples, and the importance weighted bound beside it. */
import { firstOf } from '../../../core/math/examples';
import { impliedBeta } from '../../experiments/vae/manifest';
import type { Bound } from '../../experiments/vae/runtime/types';
import { select } from '../controls';
import { h, setHidden, setText } from '../dom';
import { formatNumber } from '../format';
import { Latest } from '../latest';
import type { Store } from '../store';
import { symbolColour } from '../theme';
import { t } from '../words';
import type { VaeCompute } from './compute';
import { isVaeTraining, type VaeState } from './state';

/** Numbers of importance samples that can be chosen. */
const SAMPLES = [1, 2, 5, 10, 50] as const;
/** Of which the bounds are measured. */
const EXAMPLES = 64;

export function boundTerms(store: Store<VaeState>, compute: VaeCompute, log: (text: string) => void): HTMLElement {
  const row = (name: string, hint: string) => {
    const [sum, reconstruction, kl] = ['elbo', 'reconstructionTerm', 'kl'].map((id) => h('td', { class: `term term-${id}` }));
    const element = h('tr', {}, h('th', { scope: 'row', title: hint }, name), sum, reconstruction, kl);
    return {
      element,
      draw(terms: { reconstruction: number; kl: number } | null) {
        setText(sum, terms ? written(terms.reconstruction + terms.kl) : '–');
        setText(reconstruction, terms ? written(terms.reconstruction) : '–');
        setText(kl, terms ? written(terms.kl) : '–');
      },
    };
  };
  const batch = row(t('batch'), t('A running mean over the last batches of the training'));
  const test = row(t('held out'), t('Examples that are never trained on'));
  const head = (id: string, ...words: string[]) => h('th', { scope: 'col', style: id ? `color: ${symbolColour(id)}` : '' }, ...words);
  const table = h('table', { class: 'bound-terms' },
    h('caption', { class: 'visually-hidden' }, t('The bound, term by term, in nats per example')),
    h('thead', {}, h('tr', {}, head('', ''), head('elbo', t('−ELBO')), head('reconstructionTerm', t('= reconstruction')), head('kl', t('+ divergence')))),
    h('tbody', {}, batch.element, test.element));
  const beta = h('p', { class: 'implied-beta' });
  const tighter = h('p', { class: 'tighter', role: 'status' });
  let k: number = 10;
  const samples = select({
    id: 'bound-samples', label: t('Importance samples of the tighter bound'), hint: t('k of the importance weighted bound: the more samples, the nearer to log p(x)'), choices: SAMPLES.map((value) => ({ value: String(value), label: `k = ${value}` })),
    onChange: (value) => {
      k = Number(value);
      ask();
    },
  });
  samples.set(String(k));

  const latest = new Latest<{ revision: number; k: number }>(async (question) => {
    const { data, trained, resolved } = store.get();
    if (!data || !trained || trained.noise === 'no') return;
    const { values, count } = firstOf(data.test, EXAMPLES);
    const bound = await compute.bound(resolved.device, values, count, [question.k], trained.seed);
    if (store.get().revision === question.revision) store.set({ bound });
  }, (error) => log(`bound: ${String(error)}`));
  const ask = () => {
    const { revision, step, phase } = store.get();
    if (step > 0 && phase !== 'starting') latest.ask({ revision, k });
  };
  store.on(['revision'], ask);
  store.on(['tick', 'step', 'histories'], ({ histories }) => {
    const smooth = histories.latest?.smooth;
    batch.draw(smooth ? { reconstruction: smooth.reconstruction, kl: smooth.klDivergence } : null);
  });
  store.on(['preview'], ({ preview }) => test.draw(preview?.bound ?? null));
  store.on(['bound', 'trained'], ({ bound, trained }) => {
    setText(tighter, trained?.noise === 'no' ? t('Without noise in z there is no bound: this is an autoencoder.') : bound ? tighterInWords(bound) : '');
  });
  store.on(['resolved', 'data'], ({ resolved, data }) => {
    const { settings } = resolved;
    const implied = settings && data ? impliedBeta(settings, data.train.size) : null;
    setHidden(beta, implied === null || settings === null);
    if (implied === null || !settings) return;
    setText(beta, settings.noise === 'no' ? '' : implied === 1 ? t('The terms are added up alike: this is the ELBO (β = 1).')
      : settings.beta === implied ? t('β = {0}: the divergence weighs {0} times as much as in the ELBO.', formatNumber(implied))
        : t('The terms are added up unlike: what is minimised is a β-VAE with β = {0}, where the file says {1}.', formatNumber(implied), formatNumber(settings.beta)));
  });
  store.on(['phase'], (state) => setHidden(samples.element, state.phase === 'none' && !isVaeTraining(state)));
  return h('section', { class: 'terms', 'aria-label': t('The bound in numbers') }, table, beta, h('div', { class: 'tighter-row' }, samples.element, tighter));
}

function tighterInWords({ reconstruction, kl, importance, count }: Bound): string {
  const [found] = importance;
  if (!found) return '';
  const elbo = -(reconstruction + kl);
  return t('−ELBO {0} · with k = {1} samples the bound is {2}: {3} nats nearer to −log p(x) ({4} examples)', written(-elbo), found.k, written(-found.bound), written(found.bound - elbo), count);
}

/** Nats to two digits after the point. */
const written = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : String(value)).replace('-', '−');
