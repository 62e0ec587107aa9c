/** Calls that make a Gaussian mixture by themselves: scikit-learn's, with the library's defaults where nothing is passed. */
import type { HyperparameterKey } from '../../../types';
import { underName, type Told } from '../../training/agree';
import { argumentOf, type CallSite } from '../../training/survey';
import type { FileView, ModelCall, Settings } from '../family';

const MIXTURES = /^(GaussianMixture|BayesianGaussianMixture|GMM|VBGMM|DPGMM)$/;
const LIBRARY = /^sklearn(\.|$)/;
/** Of a page that compares ways of clustering, the mixture is one. */
const CLUSTERERS = /^(KMeans|MiniBatchKMeans|DBSCAN|AgglomerativeClustering|SpectralClustering|MeanShift|AffinityPropagation|OPTICS|Birch|HDBSCAN|BisectingKMeans|Ward|FeatureAgglomeration|KMedoids)$/;
const TOO_MANY = 3;
const COVARIANCES = new Set(['full', 'tied', 'diag', 'spherical']);

type Value = number | string | boolean;

export function mixtureCalls(view: FileView): ModelCall[] {
  const { calls, classes, functions } = view.survey;
  const sites = calls.filter((s) => MIXTURES.test(s.name) && LIBRARY.test(s.path) && !classes.has(s.name) && !functions.has(s.name));
  if (sites.length === 0) return [];
  const others = new Set(calls.filter((s) => CLUSTERERS.test(s.name)).map((s) => s.name));
  if (others.size >= TOO_MANY && !isStudied(view)) return [];
  const seen = new Set<string>();
  // The same model once more is no second one.
  return sites.flatMap((site): ModelCall[] => {
    const settings = settingsOf(view, site);
    const key = JSON.stringify([site.name, ...Object.entries(settings).map(([k, t]) => [k, t.value])]);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ site, text: `makes scikit-learn’s ${site.name}`, settings, notes: [] }];
  });
}

/** What only a mixture has is looked at: its weights and covariances, the density of the data, points drawn from it. */
function isStudied(view: FileView): boolean {
  return ['weights_', 'covariances_', 'precisions_', 'means_'].filter((w) => view.words.has(w)).length >= 2 || ['bic', 'aic'].every((w) => view.words.has(w));
}

function settingsOf(view: FileView, site: CallSite): Settings {
  const { call, name } = site;
  const open = call.args.some((a) => a.star > 0);
  const out: Settings = {};
  const put = (key: HyperparameterKey, position: number, words: readonly string[], fits: (x: Value) => boolean, otherwise: Value | null) => {
    const e = argumentOf(call, position, ...words);
    const c = view.constants.of(e);
    if (c && fits(c.value)) out[key] = { value: c.value, source: underName(c.source, words[0]) };
    else if (!e && !open && otherwise !== null) out[key] = library(site, words[0], otherwise);
  };
  const whole = (x: Value) => typeof x === 'number' && Number.isInteger(x) && x >= 1;
  const old = name === 'GMM' || name === 'VBGMM' || name === 'DPGMM';
  put('components', 0, ['n_components'], whole, null);
  put('covarianceType', old ? 1 : -1, ['covariance_type'], (x) => typeof x === 'string' && COVARIANCES.has(x), old ? 'diag' : 'full');
  put('maxIterations', -1, old ? ['n_iter'] : ['max_iter'], whole, 100);
  put('tolerance', -1, ['tol', 'thresh'], (x) => typeof x === 'number' && x > 0, 1e-3);
  return out;
}

function library(site: CallSite, name: string, value: Value): Told<Value> {
  return { value, source: { span: { from: site.call.from, to: site.call.to }, origin: 'library', name } };
}
