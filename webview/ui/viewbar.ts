/** The bar over the picture: which process, which field, whose paths, which run is kept beside. */
import { h, setAttributes, setHidden } from './dom';
import { button, select } from './controls';
import type { Runner } from './run';
import { OWN_POINTS } from '../experiments/ddpm/manifest';
import { spreadPoints } from './scene';
import { hasStandIn, hasTrained, isBusy, networkFor, type AppState, type FieldMode } from './state';
import type { Store } from './store';
import { t } from './words';

export const FIELD_CHOICES: readonly { value: FieldMode; label: string }[] = [
  { value: 'none', label: 'No field' },
  { value: 'predicted', label: 'Network' },
  { value: 'exact', label: 'Exact' },
  { value: 'both', label: 'Network + exact' },
  { value: 'difference', label: 'Difference' },
];

export function viewBar(store: Store<AppState>, runner: Runner): HTMLElement {
  const forward = button({ label: t('Forward'), icon: 'forward', appearance: 'secondary', title: t('Noise the real data step by step: q(x_t | x_{t−1})'), onPress: () => void runner.start('forward') });
  const field = select({ id: 'view-field', label: t('Field'), hint: t('Arrows of −ε̂(x, t), towards likelier points'), choices: FIELD_CHOICES.map(({ value, label }) => ({ value, label: t(label) })), onChange: (value) => store.set({ fieldMode: value as FieldMode }) });
  const follow = button({
    label: t('Follow'), appearance: 'secondary',
    onPress: () => {
      const { followed, player } = store.get();
      store.set({ followed: followed.length > 0 ? [] : spreadPoints((player.current?.points.length ?? 0) / 2) });
    },
  });
  const keep = button({
    label: t('Keep as A'), appearance: 'secondary',
    onPress: () => {
      const { kept, player, ran, measures } = store.get();
      store.set({ kept: kept || !ran ? null : { player, ran, measures } });
    },
  });
  const network = select({
    id: 'view-network', label: t('Network'), hint: t('Which network is sampled'), choices: [{ value: 'stand-in', label: t('Stand-in') }, { value: 'trained', label: t('Trained here') }],
    onChange: (value) => store.set({ networkChoice: value as AppState['networkChoice'] }),
  });
  const networkHolder = h('span', { class: 'view-network' }, network.element);

  store.on(['phase', 'player', 'tick', 'ran', 'kept', 'followed', 'fieldMode', 'resolved', 'training', 'networkChoice', 'own'], (state) => {
    const { player, kept, followed, fieldMode, resolved, ran, phase } = state;
    const idle = phase !== 'loading' && !isBusy(state);
    forward.set({ disabled: !idle || !resolved.settings || (resolved.values.data === OWN_POINTS && !state.own) });
    field.set(fieldMode);
    follow.set({
      label: followed.length > 0 ? t('Clear paths') : t('Follow points'), disabled: followed.length === 0 && player.count < 2,
      title: followed.length > 0 ? t('Forget the chosen points') : t('Draw the paths of eight points; or click points in the picture'),
    });
    const keepable = phase === 'finished' && ran?.direction === 'reverse';
    keep.set({
      label: kept ? t('Drop A') : t('Keep as A'), disabled: !kept && !keepable,
      title: kept ? t('Show one run again') : t('Keep this run and lay the next over it: same seed, same start noise'),
    });
    setHidden(networkHolder, !(hasTrained(state) && hasStandIn(resolved.values.data)));
    network.set(networkFor(state) === 'trained' ? 'trained' : 'stand-in');
  });
  setAttributes(field.element, { 'aria-label': t('Field') });
  return h('div', { class: 'view-bar', role: 'toolbar', 'aria-label': t('Picture') }, forward.element, h('span', { class: 'view-field' }, field.element), follow.element, keep.element, networkHolder);
}
