/** What a symbol is worth at the step that the scrubber shows. Pure. */
import { symbolValue } from '../../core/formulas/values';
import { formatNumber } from './format';
import { shownTime, type AppState } from './state';

/** In words and numbers; null where a symbol has no value that could be shown (the network's output, fresh noise). */
export function liveValue(symbol: string, state: AppState): string | null {
  const { resolved, player } = state;
  const { quantities, settings } = resolved;
  const t = shownTime(state);
  switch (symbol) {
    case 't':
      return `${t}`;
    case 'T':
      return settings ? `${settings.T}` : null;
    case 'eta':
      return settings ? formatNumber(settings.eta) : null;
    case 'xt':
      return player.current ? cloud(player.current.points) : null;
    default:
  }
  if (!quantities || t < 1) return null;
  const value = symbolValue(symbol, { quantities, t });
  return value === null ? null : formatNumber(value);
}

/** A cloud in a line: its first point, which scrubbing moves, and its spread. */
function cloud(points: Float32Array): string {
  return `first point (${formatNumber(points[0])}, ${formatNumber(points[1])})`;
}
