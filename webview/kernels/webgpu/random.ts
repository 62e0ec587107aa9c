/**
 * Philox4x32-10 and Box–Muller in WGSL, counted as core/math/random counts.
 *
 * WGSL promises cos and sin to 2⁻¹¹ and log to 2⁻²¹ near 1, which would miss the normals by more than 1e-3. So the angle is reduced on the word's
 * bits, exactly, and polynomials do the rest: about 1e-6 everywhere.
 */
export const RANDOM = /* wgsl */ `
fn multiplyHigh(a: u32, b: u32) -> u32 {
  let aLow = a & 0xffffu;
  let aHigh = a >> 16u;
  let bLow = b & 0xffffu;
  let bHigh = b >> 16u;
  let middle = aHigh * bLow + ((aLow * bLow) >> 16u);
  let other = aLow * bHigh + (middle & 0xffffu);
  return aHigh * bHigh + (middle >> 16u) + (other >> 16u);
}

fn philox(start: vec4u, seed: vec2u) -> vec4u {
  var counter = start;
  var key = seed;
  for (var round = 0u; round < 10u; round++) {
    let high0 = multiplyHigh(0xd2511f53u, counter.x);
    let low0 = 0xd2511f53u * counter.x;
    let high1 = multiplyHigh(0xcd9e8d57u, counter.z);
    let low1 = 0xcd9e8d57u * counter.z;
    counter = vec4u(high1 ^ counter.y ^ key.x, low1, high0 ^ counter.w ^ key.y, low0);
    key += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return counter;
}

/** Words 2·pair and 2·pair + 1 of a stream. */
fn wordPair(key: vec2u, stream: vec2u, pair: u32) -> vec2u {
  let block = philox(vec4u(pair >> 1u, 0u, stream), key);
  return select(block.xy, block.zw, (pair & 1u) == 1u);
}

/** −log of (word + ½)·2⁻³², above 0: the words above one half by their distance from 1, which float32 still tells apart there. */
fn minusLog(word: u32) -> f32 {
  var x = (f32(~word) + 0.5) * 0x1p-32f;
  var halvings = 0.0;
  if (word < 0x80000000u) {
    let bits = bitcast<u32>(f32(word) + 0.5);
    halvings = f32(158 - i32(bits >> 23u));
    x = 1.0 - bitcast<f32>((bits & 0x7fffffu) | 0x3f000000u);
  }
  // −log(1 − x) = 2·artanh(x/(2 − x)), 0 ≤ x ≤ ½.
  let s = x / (2.0 - x);
  let q = s * s;
  let series = 1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0 + q * (1.0 / 11.0 + q * (1.0 / 13.0 + q / 15.0))))));
  return halvings * 0.693147180559945 + 2.0 * s * series;
}

/** cos and sin of 2π·(word + ½)·2⁻³²: the nearest quarter turn comes off the bits, the rest is within π/4. */
fn direction(word: u32) -> vec2f {
  let quarter = (word + 0x20000000u) >> 30u;
  let x = (f32(bitcast<i32>(word - (quarter << 30u))) + 0.5) * 1.4629180792671596e-9;
  let q = x * x;
  let c = 1.0 - q * (1.0 / 2.0 - q * (1.0 / 24.0 - q * (1.0 / 720.0 - q / 40320.0)));
  let s = x * (1.0 - q * (1.0 / 6.0 - q * (1.0 / 120.0 - q * (1.0 / 5040.0 - q / 362880.0))));
  let turned = select(vec2f(c, s), vec2f(-s, c), (quarter & 1u) == 1u);
  return select(turned, -turned, (quarter & 2u) == 2u);
}

/** Normals 2·pair and 2·pair + 1 of a stream. */
fn normalPair(key: vec2u, stream: vec2u, pair: u32) -> vec2f {
  let words = wordPair(key, stream, pair);
  return sqrt(2.0 * minusLog(words.x)) * direction(words.y);
}
`;
