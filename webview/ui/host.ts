/** The page's end of the channel to the extension host, and what the page keeps across a reload. */
import { FAMILIES, type FamilyId } from '../../core/code/vocabulary';
import { DERIVATIONS } from '../../core/derivations';
import type { Range } from '../../core/code/types';
import { Channel, type Handlers, type Port } from '../../core/protocol/channel';
import type { HostMethods, PageMethods, PanelState } from '../../core/protocol/messages';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

export type HostChannel = Channel<PageMethods, HostMethods>;

/** Shows a place of the model's file in the editor, or of the file of settings that it names. */
export type Reveal = (range: Range) => void;

export interface Host {
  channel: HostChannel;
  saved: PanelState | null;
  keep(state: PanelState): void;
}

/** VS Code lets a page take its API object once; so this is called once, by main. */
export function connectHost(handlers: Handlers<PageMethods>): Host {
  const api = acquireVsCodeApi();
  const port: Port = {
    post: (message) => api.postMessage(message),
    listen(receive) {
      const listener = (event: MessageEvent) => receive(event.data);
      window.addEventListener('message', listener);
      return () => window.removeEventListener('message', listener);
    },
  };
  return {
    channel: new Channel<PageMethods, HostMethods>(port, handlers, (text) => console.warn(text)),
    saved: readState(api.getState()),
    keep: (state) => api.setState(state),
  };
}

/** State that an older version kept, or that was damaged, is dropped rather than half used. */
export function readState(value: unknown): PanelState | null {
  if (typeof value !== 'object' || value === null) return null;
  const { uri, findingName, findingLine, family, experiment, overrides, derivationStep, chosen, pinned, own } = value as Partial<PanelState>;
  if (uri !== null && typeof uri !== 'string') return null;
  if (findingName !== null && typeof findingName !== 'string') return null;
  if (typeof overrides !== 'object' || overrides === null || Array.isArray(overrides)) return null;
  if (typeof derivationStep !== 'number' || !Number.isInteger(derivationStep) || derivationStep < 0) return null;
  return { uri, findingName, findingLine: typeof findingLine === 'number' ? findingLine : null, family: isFamily(family) ? family : null, experiment: experiment === 'vae' || experiment === 'ddpm' ? experiment : null, overrides, derivationStep, chosen: isDerivation(chosen) ? chosen : null, pinned: pinned === true, own: isKeptPoints(own) ? own : null };
}

/** One that an older or newer version knew may be gone. */
const isDerivation = (value: unknown): value is string => DERIVATIONS.some(({ id }) => id === value);

const isFamily = (value: unknown): value is FamilyId => typeof value === 'string' && Object.hasOwn(FAMILIES, value);

const isKeptPoints = (value: unknown): value is NonNullable<PanelState['own']> =>
  typeof value === 'object' && value !== null && typeof (value as { name?: unknown }).name === 'string' && typeof (value as { base64?: unknown }).base64 === 'string';
