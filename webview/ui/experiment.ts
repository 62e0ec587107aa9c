/** A page on which something runs, as the page's frame asks it. One for each experiment. */
import type { PanelAction } from '../../core/protocol/messages';
import type { RunRecord } from '../../core/protocol/record';
import type { Theme } from './theme';

export interface ExperimentPage {
  /** From the action bar to the settings, in the order of the page. */
  elements: readonly HTMLElement[];
  /** Where derivation and glossary stand on this page. */
  readingPane: HTMLElement;
  setTheme(theme: Theme): void;
  /** What the host asks for with a model or a command. */
  act(action: PanelAction): void;
  /** Pauses training, or goes on with it. */
  pause(): void;
  /** Ends what runs. */
  stop(): void;
  /** Another model or page is shown now: what runs ends, its checkpoint stays. */
  leave(): void;
  /** Goes on with what was interrupted, or says that it can be resumed. */
  offer(): Promise<void>;
  /** Begins what the first run will need. */
  warm(): Promise<void>;
  /** Repeats a run as it was recorded. */
  repeat(record: RunRecord): Promise<void>;
}

