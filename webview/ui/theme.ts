/** The editor's theme as the page needs it: kind, resolved colours for canvases, and the symbol palette as CSS variables. */
import { PALETTE } from '../../core/formulas/palette';
import { symbolInfo } from './symbol-info';

export type ThemeKind = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

export interface Theme {
  kind: ThemeKind;
  foreground: string;
  background: string;
  /** Axis labels and what should stand back. */
  muted: string;
  /** Grid lines and axes. */
  grid: string;
  accent: string;
  /** Eight colours, by `SymbolInfo.colour`. */
  palette: readonly string[];
}

export function themeKind(classes: { contains(name: string): boolean }): ThemeKind {
  if (classes.contains('vscode-high-contrast-light')) return 'high-contrast-light';
  if (classes.contains('vscode-high-contrast')) return 'high-contrast';
  return classes.contains('vscode-light') ? 'light' : 'dark';
}

export function readTheme(): Theme {
  const kind = themeKind(document.body.classList);
  const style = getComputedStyle(document.body);
  const read = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  const isLight = kind === 'light' || kind === 'high-contrast-light';
  const isHighContrast = kind.startsWith('high-contrast');
  const foreground = read('--vscode-editor-foreground', isLight ? '#3b3b3b' : '#cccccc');
  return {
    kind,
    foreground,
    background: read('--vscode-editor-background', isLight ? '#ffffff' : '#1f1f1f'),
    muted: isHighContrast ? foreground : read('--vscode-descriptionForeground', foreground),
    // No theme colour is meant for plot grids; a share of the foreground fits every theme.
    grid: isHighContrast ? withAlpha(foreground, 0.22) : withAlpha(foreground, 0.13),
    accent: read('--vscode-focusBorder', foreground),
    palette: isLight ? PALETTE.light : PALETTE.dark,
  };
}

/** Calls `changed` at once and whenever VS Code changes the theme (it changes the class and the variables on the page). */
export function followTheme(changed: (theme: Theme) => void): () => void {
  const apply = () => {
    const theme = readTheme();
    theme.palette.forEach((colour, index) => document.documentElement.style.setProperty(`--marginalia-symbol-${index}`, colour));
    changed(theme);
  };
  const observer = new MutationObserver(apply);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  apply();
  return () => observer.disconnect();
}

/** The CSS colour of a symbol; follows the theme by itself. */
export function symbolColour(symbol: string): string {
  const info = symbolInfo(symbol);
  return info ? `var(--marginalia-symbol-${info.colour})` : 'inherit';
}

/** The palette colour of a symbol, resolved for a canvas. */
export function canvasColour(theme: Theme, symbol: string): string {
  const info = symbolInfo(symbol);
  return info ? theme.palette[info.colour] : theme.foreground;
}

/** A `#rgb`, `#rrggbb` or `rgb()` colour with another opacity; other notations come back unchanged. */
export function withAlpha(colour: string, alpha: number): string {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(colour);
  const hex = short ? `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}` : colour;
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(hex);
  if (long) return `rgba(${long.slice(1, 4).map((part) => parseInt(part, 16)).join(', ')}, ${alpha})`;
  const rgb = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(colour);
  return rgb ? `rgba(${rgb[1]}, ${rgb[2]}, ${rgb[3]}, ${alpha})` : colour;
}

/** The person's wish for stillness: the system's, or VS Code's own setting. */
export function prefersStillness(hostSays: boolean): boolean {
  return hostSays || document.body.classList.contains('vscode-reduce-motion') || matchMedia('(prefers-reduced-motion: reduce)').matches;
}
