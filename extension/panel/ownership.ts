/**
 * Which playground panel shows which model. Pure, so that it is tested without an editor.
 *
 * One panel a file: a lens of another file opens another panel, a second model of the same file switches that file's
 * panel. A pinned panel keeps its model, as a pinned state of Lean's infoview does; then a lens opens a new panel.
 */
import type { ExperimentId } from '../../core/code/vocabulary';
import { inEnglish, type Translate } from '../../core/l10n/translate';

/** What there is to know of an open panel here. */
export interface Slot {
  /** The file the panel is about, also while its model cannot be read; null for an empty playground. */
  readonly uri: string | null;
  /** What it runs; null for a page that is read. */
  readonly experiment: ExperimentId | null;
  readonly pinned: boolean;
  /** Grows whenever a panel becomes active: the largest was active last. */
  readonly lastActive: number;
}

/** The panel that commands act on: the one that is active, or else was last. */
export function currentOf<S extends Slot>(slots: readonly S[]): S | undefined {
  return slots.reduce<S | undefined>((last, slot) => (last && last.lastActive >= slot.lastActive ? last : slot), undefined);
}

/** The panel to show a model of this file in; undefined asks for a new one. An empty playground is taken over. */
export function panelForFile<S extends Slot>(slots: readonly S[], uri: string): S | undefined {
  const free = slots.filter(({ pinned }) => !pinned);
  return currentOf(free.filter((slot) => slot.uri === uri)) ?? emptyPanel(free);
}

/** A playground without a model, to run something that has none: of one experiment, or of any. */
export function emptyPanel<S extends Slot>(slots: readonly S[], experiment?: ExperimentId): S | undefined {
  return currentOf(slots.filter((slot) => slot.uri === null && !slot.pinned && (experiment === undefined || slot.experiment === experiment)));
}

/** What *Stop* stops: the active panel's run, or all when the active editor is something else or that panel is idle. */
export function panelsToStop<S extends { readonly active: boolean; readonly running: string | null }>(slots: readonly S[]): readonly S[] {
  const active = slots.find((slot) => slot.active && slot.running !== null);
  return active ? [active] : slots.filter(({ running }) => running !== null);
}

export interface Titled {
  /** Relative to the workspace; null for an empty playground. */
  readonly fileName: string | null;
  /** In short, as "DDPM"; null where it was not kept, and for an empty playground of diffusion. */
  readonly family: string | null;
  readonly modelName: string;
  /** How many models the file holds. */
  readonly models: number;
  readonly pinned: boolean;
}

/** `DDPM · model.py`; with the folder where another panel's file has the same name, and the model's name where the file does not tell. */
export function titleOf(panel: Titled, others: readonly Titled[], t: Translate = inEnglish): string {
  if (panel.fileName === null) return panel.family === null ? 'Marginalia' : `Marginalia · ${t(panel.family)}`;
  const { fileName } = panel;
  const clash = others.some((other) => other.fileName !== null && other.fileName !== fileName && lastParts(other.fileName, 1) === lastParts(fileName, 1));
  const name = panel.pinned || panel.models > 1 ? ` · ${panel.modelName}` : '';
  const title = `${panel.family === null ? 'Marginalia' : t(panel.family)} · ${lastParts(fileName, clash ? 2 : 1)}${name}`;
  return panel.pinned ? t('{0} (pinned)', title) : title;
}

/** The status bar's text and tooltip; null while nothing runs. */
export function statusOf(running: readonly { title: string; label: string }[], t: Translate = inEnglish): { text: string; tooltip: string } | null {
  if (running.length === 0) return null;
  const [{ label }] = running;
  if (running.length === 1) return { text: label, tooltip: t('{0} is running. Click to stop.', running[0].title) };
  return { text: t('{0} runs', running.length), tooltip: [...running.map((run) => t('{0}: {1}', run.title, run.label)), t('Click to stop the active one, or all.')].join('\n') };
}

const lastParts = (fileName: string, count: number): string => fileName.split(/[\\/]/).slice(-count).join('/');
