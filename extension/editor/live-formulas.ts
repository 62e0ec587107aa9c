/** Formulas with the file's own numbers: typeset while the editor runs, in the worker of TeX hovers, ahead of the pointer. */
import * as vscode from 'vscode';
import type { Finding } from '../../core/code/types';
import { liveSpoken, liveTex, scheduleOf, type FileSchedule, type Live } from '../../core/formulas/live';
import { liveOfSymbol } from '../../core/formulas/live-symbols';
import { PLACEHOLDERS } from '../../core/formulas/svg';
import type { SymbolId } from '../../core/formulas/symbols';
import { languageOf } from '../../core/l10n/language';
import type { PictureIndex } from '../../core/derivations/pictures';
import { liveOfFamily } from '../../core/formulas/of-family';
import { formulaIdOf } from './formula-hover';
import { imageOf } from './pictures';
import type { TexService } from './tex-service';

/** How long a hover waits for a picture; with what it has to do besides it stays below a tenth of a second. */
const BUDGET_MS = 60;
/** When the hover is shown. */
const AFTER_HOVER_MS = 300;
const AFTER_READING_MS = 500;
/** A picture alone in its text, which is cut at 100,000 characters. */
const LONGEST = 90_000;

export class LiveFormulas {
  private readonly schedules = new WeakMap<Finding['hyperparameters'], FileSchedule | null>();
  /** One preparation after the other: the worker sets one formula at a time, and a hover should not wait for many. */
  private preparing: Promise<void> = Promise.resolve();

  constructor(private readonly service: TexService) {}

  /** The symbol of a variable in a file's numbers. */
  ofSymbol(index: PictureIndex, finding: Finding, symbol: string, holds?: string): Live | null {
    const schedule = this.scheduleOf(finding);
    return schedule && liveOfSymbol(symbol as SymbolId, formulaIdOf(index, symbol, finding), holds, schedule);
  }

  /** In Markdown; empty where it is not ready in time. Then it is the next time, for the service remembers it. */
  async image(live: Live | null): Promise<string> {
    if (!live) return '';
    if (!this.service.ready) {
      // To start the worker takes longer than a hover may, and takes the processor from it.
      setTimeout(() => void this.typeset(live), AFTER_HOVER_MS);
      return '';
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), BUDGET_MS)));
    const outcome = await Promise.race([this.typeset(live), late]);
    clearTimeout(timer);
    if (!outcome || !('typeset' in outcome)) return '';
    const image = imageOf(outcome.typeset.picture, outcome.typeset.glyphs, liveSpoken(live, languageOf(vscode.env.language)));
    return image.length <= LONGEST ? image : '';
  }

  /** Typesets what hovers over these models may show, in the background; what was typeset before costs nothing. */
  prepare(index: PictureIndex, findings: readonly Finding[]): Promise<void> {
    return (this.preparing = this.preparing.then(async () => {
      // The editor has other things to do with a file that was just opened.
      await new Promise((resolve) => setTimeout(resolve, AFTER_READING_MS));
      for (const finding of findings) {
        const held = new Map(finding.symbols.map((binding) => [`${binding.symbol} ${binding.holds ?? ''}`, binding]));
        const lives = [...[...held.values()].map(({ symbol, holds }) => this.ofSymbol(index, finding, symbol, holds)), liveOfFamily(finding)];
        for (const live of lives) if (live) await this.typeset(live);
      }
    }));
  }

  private typeset(live: Live) {
    return this.service.typeset(liveTex(live, { colours: PLACEHOLDERS }), true);
  }

  private scheduleOf({ hyperparameters }: Finding): FileSchedule | null {
    let schedule = this.schedules.get(hyperparameters);
    if (schedule === undefined) this.schedules.set(hyperparameters, (schedule = scheduleOf(hyperparameters)));
    return schedule;
  }
}
