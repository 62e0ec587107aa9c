/** What the reconstruction of the model is worth: its squared error beside those of the mean image and of principal components, on one axis. */
import { linkButton } from '../../../ui/controls';
import { h } from '../../../ui/dom';
import { formatNumber } from '../../../ui/format';
import { t } from '../../../ui/words';
import type { VaeLinks } from './links';
import { errorRows, type ErrorRow } from './series';
import { Shell } from './shell';
import type { VaeBaselines, VaeScene, VaeView } from './types';

export function baselineView(links: VaeLinks): VaeView {
  let scene: VaeScene | null = null;
  let visible = false;
  let shown = '';
  const shell = new Shell('baseline', t('Reconstruction beside its baselines'));
  const chart = h('div', { class: 'vae-baseline-chart' });
  const words = h('div', { class: 'vae-notice' });
  const why = linkButton(t('Why no linear autoencoder does better'), t('Read the derivation: principal components and the linear autoencoder'), () => links.read('pca-linear-autoencoder'));
  const body = h('div', { class: 'vae-bound-body' }, chart, words, h('p', {}, why));
  shell.stage.append(body);

  const refresh = () => {
    if (!scene || !visible) return;
    const { baseline } = scene;
    baseline.want();
    const { found, problem, model, others, autoencoder } = baseline;
    // Training tells many times a second what changes nothing here.
    const now = JSON.stringify([found && [found.components, found.count, found.pca, found.mean], problem, model, others, autoencoder]);
    if (now === shown) return;
    shown = now;
    shell.setEmpty(found ? null : (problem ?? t('The principal components are computed …')));
    if (!found) return;
    chart.replaceChildren(bars(errorRows(baseline, found)));
    words.replaceChildren(...sentencesOf(baseline).map((sentence) => h('p', {}, sentence)));
    shell.say(t('Means over {0} held-out examples of ‖x − x̂‖², x̂ decoded from the posterior mean; the components are of {1} training examples.', found.count, found.trainedOn));
  };

  return {
    element: shell.element,
    set(next) {
      scene = next;
      refresh();
    },
    setTheme: () => undefined,
    show(now) {
      visible = now;
      refresh();
    },
  };
}

/** All bars begin at 0. */
function bars(rows: readonly ErrorRow[]): HTMLElement {
  const name = t('Squared error per held-out example');
  return h('figure', { class: 'vae-figure', 'aria-label': name }, h('figcaption', {}, name), h('div', { class: 'vae-rows wide' }, ...rows.flatMap(({ kind, name: run, components, error, share }) => {
    const label = kind === 'mean' ? t('mean of the training examples') : kind === 'pca' ? t('PCA, {0} components', components) : kind === 'model' ? t('this model') : run;
    const value = error === null ? '–' : formatNumber(error);
    const bar = h('div', { class: `vae-segment ${kind}` });
    bar.style.width = `${100 * share}%`;
    return [h('span', { title: label }, label), h('div', { class: 'vae-track', role: 'img', 'aria-label': t('{0}: {1}', label, value) }, bar), h('span', { class: 'vae-value' }, value)];
  })));
}

/** What the numbers say. */
function sentencesOf({ found, model, autoencoder }: VaeBaselines): string[] {
  if (!found) return [];
  const said = [t('{0} principal components keep {1} % of the variance of the training examples. On those, no linear autoencoder with as many units has a smaller squared error (Eckart and Young 1936).', found.components, formatNumber(100 * found.explainedShare))];
  if (model === null) said.push(t('Train to see the model on the same axis.'));
  else if (model < found.pca) said.push(t('The model loses {0} % less than PCA: that is what its nonlinear layers are worth.', formatNumber(100 * (1 - model / found.pca))));
  else if (found.pca > 0) {
    const times = formatNumber(model / found.pca);
    said.push(autoencoder ? t('The model loses {0} times as much as PCA: it has not been trained for long enough, or its layers are too narrow.', times)
      : t('The model loses {0} times as much as PCA: noise and divergence keep it from using all of its latent variables, and it may not have been trained for long enough.', times));
  }
  if (model !== null) {
    said.push(autoencoder ? t('It is an autoencoder: nothing but the reconstruction is trained, and its latent space is no density to draw samples from.')
      : t('For the autoencoder on this axis keep this run, then train with β = 0 and without noise.'));
  }
  return said;
}
