/** Building DOM without markup strings: the page's CSP and its manners both exclude `innerHTML`. */

export type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined>;

/** Creates an element. `true` sets an empty attribute; `false`, null and undefined leave it out. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

export function append(element: Element, children: readonly Child[]): void {
  for (const child of children) if (child || child === '') element.append(child);
}

/** Sets text only where it changed, so that live regions do not repeat themselves and no layout is wasted. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setHidden(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Outlines on a 16 × 16 grid, filled with the current text colour. */
const ICONS = {
  play: 'M4 2.5v11l9-5.5z',
  train: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 3.2a2.8 2.8 0 1 1 0 5.600 2.800 2.800 0 0 1 0-5.600z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  step: 'M3 2.500v11l7-5.500zM11 3h2v10h-2z',
  forward: 'M2 7.250h9.150L7.600 3.700l1.050-1.050L14 8l-5.350 5.350-1.050-1.050 3.550-3.550H2z',
  pin: 'M6 1.500h4v1L9.500 3v4l2.500 2v1H8.500v4L8 15l-.500-1v-4H4V9l2.500-2V3L6 2.500z',
  stop: 'M3.5 3.5h9v9h-9z',
  replay: 'M8 3V.8L3.9 4 8 7.2V5a4.2 4.2 0 1 1-4.2 4.2H2A6 6 0 1 0 8 3z',
  previous: 'M10.7 2.7 5.4 8l5.3 5.3-1 1L3.4 8l6.3-6.3z',
  next: 'M5.3 13.3 10.6 8 5.3 2.7l1-1L12.6 8l-6.3 6.3z',
  reset: 'M3 2v4.5h4.5V5H5.1a4.5 4.5 0 1 1-.9 5.1l-1.4.6A6 6 0 1 0 4.500 3.600V2z',
  export: 'M7.250 1.500h1.500v7.100l2.600-2.600 1.050 1.050L8 11.450 3.600 7.050 4.650 6l2.600 2.600zM2.500 12.500h11V14h-11z',
} as const;
export type IconName = keyof typeof ICONS;

/** A decorative icon: the control that holds it carries the name. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  setAttributes(svg, { viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true', class: 'icon' });
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  path.setAttribute('fill', 'currentColor');
  svg.append(path);
  return svg;
}
