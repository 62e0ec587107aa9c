/** The mark of a cloud as it is drawn in the picture, for legends: told apart by shape as well as by colour. */
import type { CloudId } from '../../experiments/ddpm/view-scene';
import { h } from '../dom';

export const cloudMark = (id: CloudId | 'data'): HTMLElement => h('span', { class: `cloud-mark cloud-mark-${id}`, 'aria-hidden': 'true' });
