/** Who may ask whom for what. Bump PROTOCOL when a message changes its meaning. */
import type { FamilyId, Finding, Range } from '../code/types';
import type { ExperimentId } from '../code/vocabulary';
import type { Language } from '../l10n/language';
import type { RunRecord } from './record';

export const PROTOCOL = 5;

/** What the panel shows: one finding of one file, or none ("Open Playground" without a model). */
export interface PanelModel {
  uri: string;
  /** Relative to the workspace where there is one. */
  fileName: string;
  /** Grows with each edit that was read. */
  version: number;
  finding: Finding;
  /** All findings of the same file, in order, this one among them. */
  siblings: readonly { name: string; family: FamilyId; line: number }[];
}

/** In which a formula can be put into a file; TypeScript takes JavaScript as it is. */
export type CodeLanguage = 'python' | 'javascript';

/** A line of a derivation, counted from 0. */
export interface ReadAt {
  derivation: string;
  step: number;
}

/** `latentMap`: the page of a VAE with its latent plane in view. */
export type PanelAction = 'sample' | 'train' | 'latentMap' | 'derivation' | 'none';

/** tfjs' WASM binary: the one with SIMD, which our own kernels need too. The others want what a webview has not, or lack what VS Code's browsers have. */
export const WASM_FILES = ['tfjs-backend-wasm-simd.wasm'] as const;

export interface PageAssets {
  /** Resource URIs the page may fetch. */
  worker: string;
  wasm: Record<string, string>;
  /** Data set id → safetensors file. */
  weights: Record<string, string>;
  /** File of images that ships (SHIPPED_FILES of core/data/shipped.ts) → where it is. */
  images: Record<string, string>;
}

/** A file of images of the person's own; see core/data/own.ts. */
export interface ImageFile {
  /** Relative to the folder that was opened, with forward slashes; the name of a single file. */
  path: string;
  bytes: Uint8Array;
}

/** What the page keeps through `setState` so that the host can restore it after a reload. */
export interface PanelState {
  uri: string | null;
  findingName: string | null;
  /** Of the finding, to tell two of one name apart. */
  findingLine: number | null;
  /** Of the finding: a model that cannot be read again keeps the page of its family. */
  family: FamilyId | null;
  /** Which experiment an empty playground is of; absent in what an older version kept. */
  experiment?: ExperimentId | null;
  /** What the user changed by hand, by control id. */
  overrides: Record<string, unknown>;
  derivationStep: number;
  /** Id of the derivation that was chosen from the contents; null: that of the model. */
  chosen: string | null;
  /** A pinned panel keeps its model: lenses of its file open another panel. */
  pinned: boolean;
  /** The person's own points, as in a run record; null where there are none, or too many to keep. */
  own: { name: string; base64: string } | null;
}

export type HostMethods = {
  /** First message of the page. The host answers with its own protocol number; the page compares and shows a mismatch. */
  hello: {
    params: { protocol: number };
    result: {
      protocol: number;
      model: PanelModel | null;
      /** What the panel runs: of the model's family, or chosen for an empty playground; null for a page that is read. */
      experiment: ExperimentId | null;
      action: PanelAction;
      assets: PageAssets;
      reduceMotion: boolean;
      pinned: boolean;
      /** Of the editor. */
      language: Language;
      /** Resource URI of the words of that language, which the page fetches before it builds itself; null for English. */
      words: string | null;
      /** A run to repeat at once. */
      record: RunRecord | null;
      /** The line to open at; null: where the page was. */
      read: ReadAt | null;
    };
  };
  /** Show a range of the model's file in the editor, or of the file of settings that it names. */
  reveal: { params: { uri: string; range: Range }; result: null };
  /** Decorate every variable that holds this symbol; null clears. */
  highlight: { params: { symbol: string | null }; result: null };
  /** Show another finding of the same file in this panel; it is answered by `model`. */
  choose: { params: { line: number }; result: null };
  pin: { params: { pinned: boolean }; result: null };
  /** Ask the user for a file of points (.csv .tsv .txt .npy) and read it whole; null when the user dismissed the dialog. */
  openPoints: { params: null; result: { name: string; bytes: Uint8Array } | null };
  /** The same for weights (.safetensors). */
  openWeights: { params: null; result: { name: string; bytes: Uint8Array } | null };
  /**
   * Ask the user for files or for a folder of images (.png .jpg .idx .gz .npy) and read them; null when the user dismissed the dialog or stopped the reading. The files come as events,
   * some at a time, in the order of their paths: one message could not hold them all.
   */
  openImages: { params: { kind: 'files' | 'folder' }; result: { name: string; count: number } | null; event: { files: ImageFile[]; total: number } };
  /** A run has begun: the host keeps it for *Run Last Experiment Again*. */
  remember: { params: { record: RunRecord }; result: null };
  /** Put a link that repeats the run on the clipboard, or say why there is none. */
  copyLink: { params: { record: RunRecord }; result: { copied: boolean; problem: string | null } };
  copyText: { params: { text: string }; result: null };
  /** Put code at the cursor of the model's file, or of the editor that was used last. `problem` says why not, or what the code needs besides. */
  insertCode: { params: { uri: string | null; language: CodeLanguage; code: string; imports: string[] }; result: { problem: string | null } };
  /** Ask the user where, and write. `saved` is null when the user dismissed the dialog. */
  save: { params: { suggestedName: string; bytes: Uint8Array }; result: { saved: string | null } };
  /** For the status bar: a short label while something runs, null when nothing does. */
  status: { params: { running: string | null }; result: null };
  log: { params: { level: 'info' | 'warn' | 'error'; text: string }; result: null };
};

export type PageMethods = {
  /** The file was edited, or another finding was chosen; null when the file or the finding is gone. */
  model: { params: { model: PanelModel | null; action: PanelAction }; result: null };
  /** Commands *Sample from DDPM*, *Train DDPM* and *Train VAE*, *Open Latent Map*, *Pause or Resume Training* and *Stop*. */
  run: { params: null; result: null };
  latentMap: { params: null; result: null };
  train: { params: null; result: null };
  pause: { params: null; result: null };
  stop: { params: null; result: null };
  /** Repeat this run, now. */
  openRun: { params: { record: RunRecord }; result: null };
  /** The panel was pinned or unpinned by a command; the page keeps it in its state. */
  pinned: { params: { pinned: boolean }; result: null };
  showDerivation: { params: null; result: null };
  /** Open a derivation at one of its lines. */
  readAt: { params: ReadAt; result: null };
  /** The cursor stands on a variable that holds this symbol. */
  cursorSymbol: { params: { symbol: string | null }; result: null };
  /** Settings, ᾱ and the state of the run; commands and tests read it. */
  snapshot: { params: null; result: PanelSnapshot };
};

export interface PanelSnapshot {
  /** `reading` for families that have a derivation and no experiment: there is nothing to run, and `state` is `idle`. */
  page: 'playground' | 'vae' | 'reading';
  /** Id of the derivation that is shown, and the index of its line. */
  derivation: string;
  derivationStep: number;
  state: 'loading' | 'idle' | 'running' | 'finished' | 'failed';
  device: string | null;
  /** Of the playground, what would run; on a reading page the values that the file says, by key. */
  settings: Record<string, unknown>;
  alphasCumprod: number[];
  /** Final sample, x and y interleaved; empty before the first run ends. */
  points: number[];
  training: TrainingSnapshot;
  /** Of the page `vae`; null or absent on the others. */
  vae?: VaeSnapshot | null;
}

/** What a VAE is made of and how far its training is. Of the last step: null before the first. */
export interface VaeSnapshot {
  latentSize: number;
  widths: { encoder: number[]; decoder: number[] };
  step: number;
  steps: number;
  /** Per example, in nats; `loss` with the file's β and reductions, in units of the reconstruction. */
  loss: number | null;
  reconstruction: number | null;
  kl: number | null;
  /** −ELBO of held-out examples, in nats; null before the first time it was measured. */
  heldOut: number | null;
  /** The latent variables that were decoded last by hand; null where none were. */
  point: number[] | null;
  /** Id of the picture that is in sight. */
  view: string;
}

export interface TrainingSnapshot {
  step: number;
  /** How many steps are asked for. */
  steps: number;
  /** Of the last step; null before the first. */
  loss: number | null;
  state: 'none' | 'running' | 'paused' | 'finished' | 'failed';
}
