/** Two marks on the page's time line, for profilers and the bench: the script begins (so this is imported before all else), and a first step of sampling stands on the screen. */
import type { AppState } from './state';
import type { Store } from './store';

export const SCRIPT_MARK = 'marginalia/script';
export const FIRST_FRAME_MARK = 'marginalia/first-frame';

performance.mark(SCRIPT_MARK);

export function markFirstFrame(store: Store<AppState>): void {
  let waiting = true;
  store.on(['tick'], ({ player }) => {
    // The cloud of frame 0 is noise that nothing was computed for.
    if (!waiting || (player.last?.index ?? 0) < 1) return;
    waiting = false;
    // The picture is drawn in the next animation frame; in the one after that it has been shown.
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(FIRST_FRAME_MARK)));
  });
}
