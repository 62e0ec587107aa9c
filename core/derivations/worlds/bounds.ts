/** A finite set of latent variables and of examples with a random joint table, and an encoder that is another table. */
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { each, probabilities, sum, worldOf } from './world';

/** What the encoder is: any table, or the distribution that closes a gap. */
export type Closes = 'nothing' | 'posterior' | 'prior';

const [ZS, XS] = [[0.3, 1.1, -0.7, 2.2], [5, 6, 7]];

export function boundWorld(seed: number, closes: Closes = 'nothing'): World {
  const next = random(seed);
  const flat = probabilities(next, ZS.length * XS.length);
  // What is not in the table is NaN, and no line holds with it.
  const joint = (x: number, z: number): number => (XS.includes(x) && ZS.includes(z) ? flat[ZS.indexOf(z) * XS.length + XS.indexOf(x)] : NaN);
  const ofZ = (z: number): number => sum(XS.map((x) => joint(x, z)));
  const ofX = (x: number): number => sum(ZS.map((z) => joint(x, z)));
  const posterior = (z: number, x: number): number => joint(x, z) / ofX(x);
  const table = XS.map(() => probabilities(next, ZS.length));
  const own = (z: number, x: number): number => table[XS.indexOf(x)]?.[ZS.indexOf(z)] ?? NaN;
  const encoder = closes === 'posterior' ? posterior : closes === 'prior' ? (z: number, _x: number): number => ofZ(z) : own;
  const [x, z] = [XS[Math.floor(next() * XS.length)], ZS[Math.floor(next() * ZS.length)]];
  // The bound from the other end: what is left of the evidence when the gap is taken away.
  const gap = sum(ZS.map((value) => encoder(value, x) * Math.log(encoder(value, x) / posterior(value, x))));
  return worldOf({
    values: { x, latent: z, elbo: Math.log(ofX(x)) - gap },
    functions: () => ({
      modelJoint: joint,
      prior: ofZ,
      evidence: ofX,
      likelihood: (a: number, b: number) => joint(a, b) / ofZ(b),
      posterior,
      encoder,
      // Exactly 1 where the two agree: what is compared with zero leaves no room for rounding.
      densityRatio: (value: number) => (closes === 'posterior' ? 1 : (encoder(value, x) * ofX(x)) / joint(x, value)),
    }),
    outcomes: { latent: each(ZS) },
  });
}
