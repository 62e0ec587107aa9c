/** The map of derivations: a row for each in reading order, and an arc from each one to those that build on it. */
import { DERIVATIONS } from '../../core/derivations';
import { mapAround, type DerivationMap, type Place } from '../../core/derivations/map';
import { linkButton } from './controls';
import { h, setAttributes } from './dom';
import { t } from './words';

/** CSS pixels; rows are this high in panel.css too. */
const ROW = 24;
const GUTTER = 84;
/** How far an arc that spans one row leaves the edge, and how much farther for each row more. */
const NEAREST = 14;
const FARTHER = 7;

const WORDS: Readonly<Record<Place, string>> = { before: 'read before', here: 'this one', next: 'builds on it', elsewhere: '' };
const SVG = 'http://www.w3.org/2000/svg';

/** @param choose opens a derivation by id. */
export function derivationMap(id: string, whole: boolean, choose: (id: string) => void): HTMLElement {
  const map = mapAround(DERIVATIONS, id, whole);
  const { svg, mark } = arcs(map);
  const rows = map.rows.map(({ derivation, place }, index) => {
    const link = linkButton(t(derivation.title), t(derivation.shows), () => choose(derivation.id));
    setAttributes(link, { 'aria-current': place === 'here' ? 'page' : null, 'data-derivation': derivation.id });
    const row = h('li', { class: `map-row ${place}` }, link, WORDS[place] === '' ? null : h('span', { class: 'map-place' }, t(WORDS[place])));
    row.addEventListener('pointerenter', () => mark(index));
    row.addEventListener('pointerleave', () => mark(null));
    row.addEventListener('focusin', () => mark(index));
    row.addEventListener('focusout', () => mark(null));
    return row;
  });
  return h('div', { class: 'map' }, svg, h('ul', {}, ...rows));
}

function arcs({ rows, edges }: DerivationMap): { svg: SVGSVGElement; mark(row: number | null): void } {
  const svg = document.createElementNS(SVG, 'svg');
  setAttributes(svg, { width: GUTTER, height: rows.length * ROW, 'aria-hidden': 'true', class: 'map-arcs' });
  const middle = (row: number): number => row * ROW + ROW / 2;
  const shape = (kind: 'path' | 'circle', attributes: Record<string, string | number>): SVGElement => {
    const element = document.createElementNS(SVG, kind);
    setAttributes(element, attributes);
    svg.append(element);
    return element;
  };
  const edge = GUTTER - 6;
  const paths = edges.map(({ from, to }) => {
    const [a, b] = [middle(from), middle(to)];
    const left = Math.max(4, edge - NEAREST - FARTHER * (to - from - 1));
    // Both control points at the same distance: three quarters of it is how far the curve comes.
    const control = edge - (edge - left) / 0.75;
    const related = rows[from].place !== 'elsewhere' && rows[to].place !== 'elsewhere' && (rows[to].place !== 'next' || rows[from].place === 'here');
    return shape('path', { d: `M ${edge} ${a} C ${control} ${a} ${control} ${b} ${edge} ${b}`, class: related ? `map-edge ${rows[to].place}` : 'map-edge elsewhere' });
  });
  rows.forEach(({ place }, row) => shape('circle', { cx: edge, cy: middle(row), r: place === 'here' ? 4.5 : 3, class: `map-dot ${place}` }));
  return {
    svg,
    mark(row) {
      paths.forEach((path, i) => path.classList.toggle('marked', row !== null && (edges[i].from === row || edges[i].to === row)));
    },
  };
}
