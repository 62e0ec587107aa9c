/** Help texts, and the error for a command line that cannot be understood (exit code 2). */

export class UsageError extends Error {}

export const USAGE = `marginalia: a math-aware playground for generative models, on the command line

Usage
  marginalia recognise FILE…  [--json]
      Which models a Python, TypeScript or JavaScript file holds, with hyper-parameters, lines and evidence.
  marginalia sample ddpm [options] [--json]
      Sample the shipped 2-D network at any schedule, T and sampler.
  marginalia --help | --version

Options of sample ddpm
  --data NAME              moons | gaussians8 | swiss-roll | checkerboard        (moons)
  --schedule NAME          linear | linear_scaled | scaled_linear | cosine | sigmoid | sigmoid_alpha_bar  (cosine)
  --T N                    steps of the forward process            (200; linear, scaled_linear, sigmoid: 1000)
  --beta-start B, --beta-end B   end points, where the schedule has them          (1e-4, 0.02)
  --sampler NAME           ddpm | ddim                                            (ddpm)
  --steps N                sampling steps                        (ddpm: T, ddim: 50)
  --prediction-type NAME   epsilon | sample | v_prediction                        (epsilon)
  --variance-type NAME     fixed_small | fixed_large                              (fixed_small)
  --eta X                  DDIM's η, 0 … 1                                        (0)
  --timestep-spacing NAME  leading | linspace | trailing                          (leading)
  --seed N                 same seed and device: same bytes                       (1)
  --n N                    points                                                 (2000)
  --device NAME            auto | wasm | cpu                                      (auto)
  --weights FILE           a network of the same shape instead of the shipped one (safetensors)
  --out FILE               write the points as CSV with header x,y

Exit codes: 0 done · 1 failed · 2 the command line or an input is wrong
`;
